// The leaves of a camt message: an amount with its direction, a day, a text joined from several.
// Shared by the reader of statements (camt.cpp) and that of entries (camt_entry.cpp); nobody else
// includes it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/bank/statement.h"
#include "ledger/bank/xml.h"

namespace deodat::bank::camt {

// A refusal of the whole file that says where: "relevé 2, mouvement 14".
Refusal damaged(const std::string& place, const std::string& why);

struct SignedAmount {
    Money amount;
    std::string currency;
};

// Amt and CdtDbtInd of a balance or an entry; refuses with statement_damaged.
Result<SignedAmount> signed_amount(const XmlElement& holder, const std::string& place);

// What a bank wrote where a day stands.
struct WrittenDay {
    std::optional<Day> day;       // when it exists
    std::optional<Day> proposed;  // else the last day of its month, when that exists
    std::string text;             // as written; empty when absent
};

// A holder of Dt or DtTm. An hour in UTC becomes the day in Paris; any other is taken as the bank
// wrote it, since its own calendar decides its booking days.
WrittenDay written_day(const XmlElement& holder);

// The texts of these elements with one space between.
std::string joined(const std::vector<XmlElement>& elements);

std::string text_of(const XmlElement& element);

// How the entries of one file are read: the bank's profile, and how much of the texts of grouped
// entries their lines may still repeat. Beyond, a file of a megabyte would be repeated into
// gigabytes: no bank's is.
struct Reading {
    ReversalSign reversal_sign;
    std::size_t repeated_bytes_left = std::size_t{16} << 20U;
};

// The lines of one Ntry, appended to the statement.
Result<Done> read_entry(const XmlElement& entry, Reading& reading, Statement& statement);

}  // namespace deodat::bank::camt
