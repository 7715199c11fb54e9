// Entries: how one is drafted, posted, reversed and read. Nothing posted is ever changed.
//
// Posting is refused when the draft does not sum to zero, has no leg and no digest, or is dated
// outside what may be posted. What the account requires (dossier, funder, contractor) but the leg
// does not name is our own fault, a broken invariant.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/id.h"
#include "ledger/base/result.h"
#include "ledger/journal/chart.h"
#include "ledger/store/store.h"

namespace deodat::journal {

// What happened, as in the table of events (events.h). Names are stable: they are in the hashed
// bytes.
enum class Event : std::uint8_t {
    fund_paid_in,
    grant_notified,
    grant_refused,
    works_ordered,
    works_order_finished,
    household_share_called,
    household_receipt,
    household_early_receipt,
    household_early_receipt_applied,
    order_approved,
    order_released,
    transfer_paid,
    transfer_returned,
    claim_filed,
    claim_title_issued,
    claim_received,
    claim_reduced,
    loss_borne,
    retention_released,
    dossier_closed,
    reversal,
    opening_balance_taken,
    plan_signed,
    dossier_abandoned,
    period_closed,
    personal_data_erased,
};
inline constexpr std::size_t event_count = 26;
std::string_view event_name(Event event);
std::optional<Event> event_of(std::string_view name);
// As people read it: "Subvention notifiée".
std::string_view event_label(Event event);
// The code of the journal an event is kept in: TR treasury, MA mandates, TI titles, HB off balance,
// AN opening, OD the rest.
std::string_view event_journal(Event event);

// A funder as a leg needs it: who, and which account family.
struct FunderRef {
    FunderId id;
    FunderFamily family = FunderFamily::other;
};

// One leg: a signed amount on the account of a role, debit above zero, and what it is about.
struct Leg {
    Role role;
    Money amount;
    DossierId dossier = {};
    FunderRef funder = {};
    ContractorId contractor = {};
    BatchId batch = {};
};

// The programme as entries need it.
struct ProgrammeRef {
    ProgrammeId id;
    std::string operation;  // digits appended to 4581 and 4582
};

struct EntryDraft {
    Day day;
    Event event;
    // Both are our own words, references and numbers, never what a person typed: the chain keeps
    // them for ever.
    std::string label;
    std::string piece;       // the document behind it
    ProgrammeRef programme;  // none only where there are no legs
    PersonId person;
    std::vector<Leg> legs;
    std::string digest = {};  // 32 bytes of SHA-256 of what a decision was about, or empty
};

// Posts in the command's transaction: entry, balances and hash together.
Result<EntryId> post(store::Transaction& tx, const EntryDraft& draft);

// Posts the opposite of an entry at its own day. The reason, which a person typed, stands beside
// the journal and not in it: it can be erased. Refuses an entry that is unknown, reversed before,
// or has nothing to reverse, and an unclean reason. What else the event changed (a claim, a
// transfer) is for the calling command to change back: `deodat verify` compares the two.
Result<EntryId> reverse(store::Transaction& tx, EntryId entry, Day day, std::string_view why,
                        PersonId person);

struct PostingRow {
    std::string role;
    std::string account;
    std::string account_label;
    DossierId dossier;
    FunderId funder;
    ContractorId contractor;
    BatchId batch;
    Money amount;
};

struct EntryRow {
    EntryId number;
    Day day;
    Instant recorded_at;
    std::string journal;
    std::string event;
    std::string label;
    std::string piece;
    ProgrammeId programme;
    PersonId person;
    EntryId reverses;
    std::string digest;
    std::string hash;
    std::vector<PostingRow> postings;
};

// All entries up to one, in recording order, handed over one by one.
template <class Visitor>
void for_each_entry(store::Database& db, EntryId up_to, Visitor visit);

// The newest day of a dossier's entries.
std::optional<Day> last_day_of(store::Database& db, DossierId dossier);
std::vector<EntryRow> entries_of_dossier(store::Database& db, DossierId dossier);
std::optional<EntryRow> find_entry(store::Database& db, EntryId number);
// The number of the last entry; 0 when there is none.
EntryId last_entry(store::Database& db);

// ---- templates

namespace detail {
// Entries and their postings, each read once, side by side.
class EntryReader {
  public:
    EntryReader(store::Database& db, EntryId up_to);
    std::optional<EntryRow> next();

  private:
    store::Rows entries_;
    store::Rows postings_;
    bool at_posting_;
};
}  // namespace detail

template <class Visitor>
void for_each_entry(store::Database& db, EntryId up_to, Visitor visit) {
    detail::EntryReader reader(db, up_to);
    while (const auto entry = reader.next()) visit(*entry);
}

}  // namespace deodat::journal
