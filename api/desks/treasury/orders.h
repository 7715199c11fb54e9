// The treasury's desk: invoices, acceptance, payment orders under four eyes, and the file for the
// bank.
#pragma once
#include <string>
#include <vector>

#include "api/desks/desk.h"
#include "ledger/bank/status_booking.h"
#include "ledger/payments/contractor_alerts.h"
#include "ledger/payments/transfer.h"
#include "reports/transfers/transfer_file.h"

namespace deodat::treasury_desk {

struct InvoiceEntry {
    std::string number;
    Day issued_on;
    std::vector<dossiers::WorksLine> lines;
    Money retention;
};
Result<InvoiceId> register_invoice(desks::Desk& desk, std::int64_t works_order,
                                   const InvoiceEntry& invoice);
Result<Done> accept_works(desks::Desk& desk, InvoiceId invoice, Day household_signed_on);

Result<OrderId> make_order(desks::Desk& desk, InvoiceId invoice);
Result<OrderId> make_retention_order(desks::Desk& desk, InvoiceId invoice);
Result<Done> make_order_again(desks::Desk& desk, OrderId order);

// What the authorising officer reads before approving: the order, its gates, what to know of the
// contractor, and the hash that an approval binds.
struct OrderToApprove {
    payments::PaymentOrder order;
    std::vector<treasury::Gate> gates;
    std::vector<payments::Alert> alerts;
    std::string hash;
};
Result<OrderToApprove> read_order(desks::Desk& desk, OrderId order, Day day);
Result<EntryId> approve_order(desks::Desk& desk, OrderId order, const std::string& hash);
Result<Done> release_order(desks::Desk& desk, OrderId order);

// The file as the bank takes it, in the format of the programme's channel.
struct BankFile {
    payments::TransferFile file;
    std::string xml;
    std::vector<reports::SentText> changes;  // texts that leave otherwise than they were given
};
// Gathers the released orders for the next day the settlement system is open. All or nothing: a
// transfer that a bank would refuse refuses the file.
Result<BankFile> make_bank_file(desks::Desk& desk, ProgrammeId programme);

struct HandedFile {
    std::string xml;
    std::int64_t times_before;  // that the same bytes were handed out
};
// The same bytes again, from what was frozen; noted each time.
Result<HandedFile> hand_over_bank_file(desks::Desk& desk, std::int64_t file);

// What the bank or the accountant's software says became of our files.
Result<bank::StatusOutcome> import_payment_status(desks::Desk& desk, std::string_view file);

Result<EntryId> close_dossier(desks::Desk& desk, DossierId dossier);

}  // namespace deodat::treasury_desk
