// Payment statuses applied to our transfers.
//
// A report is matched by identifiers alone, never by amount or date: of pain.002, MsgId, PmtInfId
// and EndToEndId; of PES, the SIRET, the exercice and number of the bordereau, the number of the
// mandat. Of all that a report says of a transfer, the most specific counts; a rejection that
// something as specific contradicts changes nothing (doubtful): freeing an order that is paid would
// pay it twice. A transfer only moves on: a status repeated, or less far than the last one, changes
// nothing. None is a payment. A rejected transfer frees its order.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ledger/bank/payment_status.h"
#include "ledger/payments/transfer.h"

namespace deodat::bank {

struct StatusChange {
    std::int64_t transfer;
    std::string end_to_end_id;
    std::string order_number;
    Money amount;
    Stage before;  // unknown: nothing was told yet
    Stage after;
    std::string told;  // the reasons, in French
};

struct StatusOutcome {
    std::string report;  // its identification
    std::vector<StatusChange> changes;
    std::size_t unchanged = 0;           // transfers of ours that it tells nothing new of
    std::vector<std::string> unmatched;  // what it says of things that are not ours
    std::vector<Refusal> remarks;        // doubts, and what the sender did against its format
};

// `content` is the file, whose hash makes a second import impossible. Refuses what was imported
// before (status_already_imported) and what is about nothing of ours (status_unmatched).
Result<StatusOutcome> import_payment_status(store::Transaction& tx, const StatusReport& report,
                                            std::string_view content, PersonId public_accountant);

// How far a transfer is by what was told last; unknown when nothing was.
struct TransferStanding {
    Stage stage = Stage::unknown;
    std::string reason;  // the first reason's code
    std::string told;
    std::optional<Day> day;
};
TransferStanding standing_of(store::Database& db, std::int64_t transfer);

}  // namespace deodat::bank
