// Transfers: released orders gathered into one file, frozen as it will leave, and what became of
// each.
//
// A file is made once: what it is rendered from (names, accounts, amounts, texts, the channel of
// that day) is kept beside it and never changed, so that it has the same bytes for ever; their hash
// is kept when it is made and compared each time that the bytes are handed out. An order is in one
// living file at most: it may leave again once its transfer was rejected or returned, as a new
// attempt with new identifiers.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/payments/payment_channel.h"
#include "ledger/payments/payment_order.h"

namespace deodat::payments {

// rejected: never executed, the bank or the accountant said no. returned: executed, and come back.
enum class TransferState : std::uint8_t { sent, paid, returned, rejected };

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
    std::string creditor_siret;
    std::string invoice_number;
    std::string dossier_reference;
    std::string order_number;
    std::string remittance;
    bool retention;
    std::string account;   // the mandat's, at the day of the file
    std::int64_t mandate;  // its number in the year; 0 where the format has none
    Day execution_on;      // asked of the bank
};

struct TransferFile {
    std::int64_t id;
    std::string message_id;  // unique for ever
    ProgrammeId programme;
    Day execution_on;
    Instant made_at;
    // Frozen from the programme and its channel when the file was made.
    FileFormat format = FileFormat::pain001_09;
    AddressForm address = AddressForm::town_and_country;
    std::string initiator_name;
    std::string debtor_name;
    std::string debtor_iban;
    std::string debtor_bic;
    std::optional<Collectivity> collectivity;
    int year = 0;                // of the bordereau
    std::int64_t bordereau = 0;  // its number in the year; 0 where the format has none
    Money earlier;               // of the year's bordereaux before it
    std::vector<Transfer> transfers;
};

// Gathers every released order of a programme into a file, to be executed today or later. Refuses
// when none is released, one is no longer what was approved, or its payee has since asked to be
// paid on another account.
Result<TransferFile> make_transfer_file(store::Transaction& tx, ProgrammeId programme,
                                        Day execution_on, PersonId public_accountant);
// None when it does not exist, or was made before files were frozen.
std::optional<TransferFile> find_transfer_file(store::Database& db, std::int64_t id);
std::optional<TransferFile> transfer_file_by_message_id(store::Database& db,
                                                        std::string_view message_id);
std::optional<Transfer> last_transfer_of(store::Database& db, OrderId order);
std::optional<Transfer> transfer_by_end_to_end_id(store::Database& db,
                                                  std::string_view end_to_end_id);

struct RenderedFile {
    std::string_view bytes;
    std::int64_t count;
    Money sum;
};
// Keeps the hash of the bytes that a file was rendered to, in the command that makes it. Refuses a
// file that has one (duplicate).
Result<Done> seal_transfer_file(store::Transaction& tx, std::int64_t file,
                                const RenderedFile& rendered);

// Notes that the bytes are handed to a public accountant, once more if they were before, and
// answers how often they were before. Refuses bytes that are not those of the hash
// (payment_file_changed), a file of which a transfer was rejected or a payee has since asked to be
// paid on another account, and any while payments are suspended.
Result<std::int64_t> hand_over_transfer_file(store::Transaction& tx, std::int64_t file,
                                             std::string_view bytes, PersonId public_accountant);

// Events 7, 8b and 17, when the bank's debit is matched.
Result<EntryId> transfer_paid(store::Transaction& tx, std::int64_t transfer, Day day,
                              std::string_view piece, PersonId accountant);
// Event 8, when the bank returns a paid transfer.
Result<EntryId> transfer_returned(store::Transaction& tx, std::int64_t transfer,
                                  std::string_view reason, Day day, std::string_view piece,
                                  PersonId accountant);

// Who rejects: the bank refuses the transfer and the mandat stays taken in charge; the accountant's
// software refuses the mandat itself.
enum class Rejection : std::uint8_t { of_transfer, of_mandate };
// A transfer that a status says will not be executed. The order is free again (« rejeté »). A
// rejected mandat is no longer taken in charge: event 6 is reversed, unless the order was paid
// before (a second attempt settles what came back, no mandat) or its retention has an order of its
// own. Refuses a transfer that is not on its way.
Result<Done> transfer_rejected(store::Transaction& tx, std::int64_t transfer, Rejection rejection,
                               std::string_view reason, PersonId accountant);

}  // namespace deodat::payments
