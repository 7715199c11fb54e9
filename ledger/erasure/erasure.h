// Erasure: what is personal of a household, or of a person who acted, is forgotten for good, and
// the forgetting is told by a chained entry.
//
//   const auto seen = assess_dossier(db, dossier, today);
//       what would go, what would stay, what stands in the way
//   const auto done = store.write(
//       [&](Transaction& tx) { return erase_dossier(tx, dossier, asked); });
//   store.scrub();
//       out of the files too
//
// The rows and columns are those of personal_data.h. Each is emptied by the command, so that the
// record chain drops the salt of what it held: the digest stays and can no longer be guessed
// from. Amounts, entries, references and days stay; the whole still proves.
//
// The entry has no posting. Its digest is SHA-256 of the erasure's canonical bytes, version 1, in
// the forms of ledger/base/canonical.h:
//
//   8 bytes    "DEODATE" and the version, 0x01
//   text       reference, subject ("dossier", "person")
//   int64      the subject's number
//   text       ground ("request", "period_over"), the day it was asked on
//   int64      who erased
//   uint32     number of rows, then for each, by table and key:
//                text   table, key
//                int64  the record whose digest is of what was erased
//                text   that digest
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/result.h"
#include "ledger/erasure/keeping.h"
#include "ledger/erasure/personal_data.h"
#include "ledger/store/store.h"

namespace deodat::erasure {

enum class Ground : std::uint8_t {
    request,      // who the data are about asked for it (GDPR, article 17)
    period_over,  // the keeping time is over (GDPR, article 5.1.e)
};
std::string_view ground_name(Ground ground);
std::string_view ground_label(Ground ground);
std::optional<Ground> ground_of(std::string_view name);

// What an erasure would do, and whether it may.
struct Assessment {
    struct Part {
        std::string what;
        std::string why;
        std::int64_t rows;
    };
    struct Kept {
        std::string why;
        Day until;  // the first day it no longer holds
    };
    std::string name;  // "dossier D26-0001", "personne n° 4"
    std::vector<Part> goes;
    std::vector<std::string> stays;
    std::vector<Kept> kept;  // none before the dossier has ended
    std::vector<Refusal> obstacles;
    std::optional<Day> possible_from() const;
};
// Refuses what does not exist (not_found) or was erased already (erased).
Result<Assessment> assess_dossier(store::Database& db, DossierId dossier, Day today);
Result<Assessment> assess_person(store::Database& db, PersonId person, Day today);

struct Asked {
    PersonId administrator;
    Ground ground;
    Day asked_on;
};

struct ErasedRow {
    std::string table;
    std::string key;
    std::int64_t record;
    std::string digest;  // of what it held
};
struct Erasure {
    std::string reference;  // "E26-0001"
    Subject subject;
    std::int64_t subject_id;
    Ground ground;
    Day asked_on;
    PersonId by;
    EntryId entry;
    std::vector<ErasedRow> rows;
};
std::string canonical_bytes(const Erasure& erasure);
// "dossier", "person".
std::string_view subject_name(Subject subject);

// Cannot be undone. Refuses what an assessment refuses or finds in the way, all of it in one
// sentence: a dossier in progress (state_forbids), an account that is not nil (balance_not_nil), an
// order not settled (state_forbids), a bank movement that names it and is not matched
// (gate_closed), a keeping time that runs (retention_runs; the fact possible_from). Refuses anybody
// but an administrator, and an administrator's own account (same_person).
Result<Erasure> erase_dossier(store::Transaction& tx, DossierId dossier, const Asked& asked);
Result<Erasure> erase_person(store::Transaction& tx, PersonId person, const Asked& asked);

// All of them, in order.
std::vector<Erasure> erasures(store::Database& db);
std::optional<Erasure> erasure_of(store::Database& db, Subject subject, std::int64_t id);

}  // namespace deodat::erasure
