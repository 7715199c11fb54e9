// The treasury's desk: invoices that arrive as files, held against the works order that a person
// chose. The file gives the number, the day, the lines and their VAT; the person gives the order
// and the retention.
//
// An account read in a file is compared, said, and forgotten: what is paid goes to the account that
// a person entered and another confirmed (ledger/payments/contractor_account.h).
#pragma once
#include <string_view>
#include <vector>

#include "api/desks/desk.h"
#include "ledger/payments/electronic/checks.h"
#include "ledger/payments/works_order.h"

namespace deodat::treasury_desk {

// An invoice as it would be registered, and what its file and its order say against it.
struct ReceivedInvoice {
    payments::electronic::ElectronicInvoice invoice;
    // The checks of the file, then what does not go with the order: another contractor, a credit
    // note, a deposit taken off, totals that the lines cannot be brought to.
    payments::electronic::Checks checks;
    // At most a cent a line off their VAT, so that they come to the total of the file; reductions
    // of the whole are taken off the lines of their rate. None while there is an obstacle.
    std::vector<dossiers::WorksLine> lines;
    Money ordered;  // incl. VAT, amendments included
    Money left;     // of the order, to be invoiced: this invoice is not counted
};

// Reads a file beside the order, as of a day; nothing is kept. Refuses an order that does not
// exist, and what read_invoice refuses.
Result<ReceivedInvoice> read_electronic_invoice(desks::Desk& desk, std::int64_t works_order,
                                                std::string_view file, Day day);
// Registers it as received today. Refuses the highest of its obstacles
// (refusal_codes.inc), and what register_invoice
// refuses: a number used before, a total beyond what is left of the order.
Result<InvoiceId> register_electronic_invoice(desks::Desk& desk, std::int64_t works_order,
                                              std::string_view file, Money retention);

}  // namespace deodat::treasury_desk
