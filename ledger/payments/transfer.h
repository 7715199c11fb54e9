// Transfers: released orders gathered into one file for the bank, and what became of each.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/payments/payment_order.h"

namespace deodat::payments {

enum class TransferState : std::uint8_t { sent, paid, returned };

struct Transfer {
    std::int64_t id;
    OrderId order;
    std::int64_t attempt;
    std::string end_to_end_id;  // "D25-0001-P26-0001-A1": dossier, order, attempt
    std::string iban;
    Money amount;
    TransferState state;
    Day made_on;
    std::optional<Day> paid_on;
    std::string creditor_name;
    std::string creditor_town;
    std::string creditor_country;
    std::string invoice_number;
    std::string dossier_reference;
};

struct TransferFile {
    std::int64_t id;
    std::string message_id;  // unique for ever
    ProgrammeId programme;
    Day execution_on;
    Instant made_at;
    std::vector<Transfer> transfers;
};

// Gathers every released order of a programme into a file, to be executed today or later. Refuses
// when none is released, or one is no longer what was approved.
Result<TransferFile> make_transfer_file(store::Transaction& tx, ProgrammeId programme,
                                        Day execution_on, PersonId public_accountant);
std::optional<TransferFile> find_transfer_file(store::Database& db, std::int64_t id);
std::optional<Transfer> transfer_by_end_to_end_id(store::Database& db,
                                                  std::string_view end_to_end_id);

// Events 7, 8b and 17, when the bank's debit is matched.
Result<EntryId> transfer_paid(store::Transaction& tx, std::int64_t transfer, Day day,
                              std::string_view piece, PersonId accountant);
// Event 8, when the bank returns a paid transfer.
Result<EntryId> transfer_returned(store::Transaction& tx, std::int64_t transfer,
                                  std::string_view reason, Day day, std::string_view piece,
                                  PersonId accountant);

}  // namespace deodat::payments
