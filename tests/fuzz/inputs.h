// What each fuzzer feeds its bytes to: every parser of what comes from outside. The same functions
// replay the kept inputs in the default suite (tests/fuzz/replay_test.cpp), compiled as everything
// else is.
//
// Each throws std::logic_error when the program breaks a promise that no sanitizer would see.
#pragma once
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace deodat::fuzz {

inline void promise(bool kept, const char* what) {
    if (!kept) throw std::logic_error(what);
}

// The bytes as a rule text: refused with places, or understood; what is understood is planned and
// explained for a few dossiers.
void try_rules(std::string_view bytes);

// The bytes as facts: refused with a sentence, or read; what is read is planned and explained by
// the rules inside the program.
void try_facts(std::string_view bytes);

// The bytes as what may be asked of a plan (changes, notified grants, a calendar): refused with a
// sentence, or read and answered for a few dossiers.
void try_requests(std::string_view bytes);

// The bytes as a bank's message (camt) and as a file of transfers (pain.001): refused with a
// sentence, or read; what may be booked adds up.
void try_xml(std::string_view bytes);

// The bytes as a CFONB120 file: refused at a line, or read; what may be booked adds up.
void try_cfonb(std::string_view bytes);

// The bytes as any payment file (pain.001, pain.002, PES Aller, Acquit, Retour): refused with a
// sentence, or read and shown; a sum is that of its lines, an item of a status names its level's
// thing.
void try_payments(std::string_view bytes);

// The bytes as a bank's export by two mappings; and as a table: what is read is read again once
// written out. Then as an opening balance and as the list of RGE companies, taken into a ledger or
// refused, and in no case kept there.
void try_csv(std::string_view bytes);
// Only the two imports.
void take_csv(std::string_view bytes);

// The bytes as an electronic invoice of any syntax: refused with a sentence, or read, checked and
// shown; what may be registered adds up.
void try_invoice(std::string_view bytes);

// The bytes as a PDF, and as the packed invoice of one: refused with a sentence, or taken out
// within its bounds.
void try_pdf(std::string_view bytes);

// The bytes as an exported chain, for the verifier that is handed out; and as what an entry or a
// record seals, chained around them with true hashes. A chain that it accepts it refuses once a
// sealed byte is changed.
void try_chain(std::string_view bytes);
// Whether the verifier accepts the file.
bool is_chain(const std::string& file);
// One that it accepts: a record, and so many entries that move nothing.
std::string chain_of_bare_entries(std::size_t count);

}  // namespace deodat::fuzz
