// The lines of an electronic invoice as the ledger keeps those of any invoice: above zero, each
// with its VAT, their sum what the contractor asks for.
#pragma once
#include <vector>

#include "ledger/dossiers/works.h"
#include "ledger/payments/electronic/invoice.h"

namespace deodat::treasury_desk {

// The VAT of a line is rounded half-up; what the lines then lack of the total of the file, or have
// too much, is a cent on each of the largest ones. A charge is a line; a reduction, of the whole or
// written as a line below zero, is split over the lines of its VAT rate.
//
// Refuses an invoice without lines or total, one of more than 200, a reduction larger than its
// lines (state_forbids: it is for a person to enter), and a total further off than a cent a line
// (invoice_total_mismatch). Rates and labels are left to register_invoice.
Result<std::vector<dossiers::WorksLine>> works_lines(
    const payments::electronic::ElectronicInvoice& invoice);

}  // namespace deodat::treasury_desk
