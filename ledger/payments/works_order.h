// Works orders, invoices against them, and the acceptance of works.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/dossiers/works.h"
#include "ledger/payments/contractor.h"

namespace deodat::payments {

struct WorksOrder {
    std::int64_t id;
    std::string reference;  // "W26-0001"
    DossierId dossier;
    QuoteId quote;
    ContractorId contractor;
    Money amount;  // incl. VAT, amendments included
    Day signed_on;
    std::optional<Day> finished_on;
    Money given_up;  // ordered, and never to be invoiced: not nil once finished
};

// Event 2: the household signs a quote. Refuses while a gate of works_order_gates is closed, or a
// quote already ordered.
Result<std::int64_t> order_works(store::Transaction& tx, QuoteId quote, Day signed_on,
                                 PersonId adviser);
struct AmendWorksOrder {
    std::int64_t works_order;
    std::string reference;  // of the amendment: "Avenant 1"
    Money more;             // incl. VAT
    Day signed_on;
    PersonId adviser;
};
// Event 2b: the household signs an amendment that raises the order. Refuses while a gate of
// works_order_gates is closed, an order that is finished, a reference it has already.
Result<EntryId> amend_works_order(store::Transaction& tx, const AmendWorksOrder& command);
struct Amendment {
    std::string reference;  // empty once erased
    Money more;             // incl. VAT
    Day signed_on;
};
std::vector<Amendment> amendments_of(store::Database& db, std::int64_t works_order);
// The works are finished, or will not be done: what is not invoiced of the order is returned, and
// no invoice is taken on it any more. An invoice whose payment stands refused is not used: its
// amount is returned too. Refuses an order that is finished or wholly invoiced.
Result<Done> finish_works_order(store::Transaction& tx, std::int64_t works_order, Day day,
                                PersonId adviser);
// A part of finish_works_order, and of the release of a final invoice: what is left to invoice is
// returned, and the order is finished.
Result<Done> return_rest(store::Transaction& tx, const WorksOrder& order,
                         const dossiers::Dossier& dossier, Day day, PersonId person);
std::optional<WorksOrder> find_works_order(store::Database& db, std::int64_t id);
Result<WorksOrder> works_order_by_reference(store::Database& db, std::string_view reference);
std::vector<WorksOrder> works_orders_of(store::Database& db, DossierId dossier);

struct RegisterInvoice {
    std::int64_t works_order;
    std::string number;
    Day issued_on;
    Day received_on;
    std::vector<dossiers::WorksLine> lines;
    Money retention;  // at most 5 % (loi 71-584), kept until a year after acceptance
    PersonId officer;
    bool final = false;  // the last of its order: when it is taken in charge, the rest is returned
};

struct Invoice {
    InvoiceId id;
    std::int64_t works_order;
    DossierId dossier;
    ContractorId contractor;
    std::string number;
    Day issued_on;
    Day received_on;
    Money ttc;
    Money retention;
    std::optional<Day> accepted_on;
    bool final;
    Money net() const { return ttc - retention; }
};

// Event 5: registers, posts nothing. A line received may be a cent off its VAT. Refuses a number
// the contractor has used before (in any dossier), a total beyond what is left of the order, a
// retention above 5 %, an invoice after the final one.
Result<InvoiceId> register_invoice(store::Transaction& tx, const RegisterInvoice& command);
Result<Invoice> find_invoice(store::Database& db, InvoiceId id);
// What is left of an order to invoice: nothing of it is given up, nor in an invoice that counts
// (one whose payment stands refused does not).
Money left_to_invoice(store::Database& db, const WorksOrder& order);
std::vector<Invoice> invoices_of(store::Database& db, DossierId dossier);
// The lines of an invoice, in order; an invoice names no trade.
std::vector<dossiers::WorksLine> lines_of(store::Database& db, InvoiceId invoice);

// Acceptance of works ("service fait"): signed by the household, certified by the PETR's
// technician. The household signs once the works are ordered, the technician once the invoice is
// there and the household has signed.
Result<Done> accept_works(store::Transaction& tx, InvoiceId invoice, Day accepted_on,
                          Day household_signed_on, PersonId technician);

}  // namespace deodat::payments
