#include "ledger/journal/events.h"

namespace deodat::journal::events {
namespace {

Leg dossier_leg(Role role, Money amount, DossierId dossier) {
    return {role, amount, dossier};
}

Leg funder_leg(Role role, Money amount, DossierId dossier, FunderRef funder) {
    return {role, amount, dossier, funder};
}

Leg contractor_leg(Role role, Money amount, DossierId dossier, ContractorId contractor) {
    return {role, amount, dossier, {}, contractor};
}

}  // namespace

Legs fund_paid_in(Money amount) {
    return {{Role::cash, amount}, {Role::opening_balance, -amount}};
}

Legs grant_notified(DossierId dossier, FunderRef funder, Money amount) {
    return {funder_leg(Role::grant_notified, amount, dossier, funder),
            funder_leg(Role::grant_notified_counterpart, -amount, dossier, funder)};
}

Legs grant_refused(DossierId dossier, FunderRef funder, Money amount) {
    return grant_notified(dossier, funder, -amount);
}

Legs works_ordered(DossierId dossier, ContractorId contractor, Money amount) {
    return {contractor_leg(Role::works_ordered_counterpart, amount, dossier, contractor),
            contractor_leg(Role::works_ordered, -amount, dossier, contractor)};
}

Legs works_order_amended(DossierId dossier, ContractorId contractor, Money amount) {
    return works_ordered(dossier, contractor, amount);
}

Legs works_order_finished(DossierId dossier, ContractorId contractor, Money amount) {
    return works_ordered(dossier, contractor, -amount);
}

Legs commitment_ordered(DossierId dossier, ContractorId contractor, Money amount) {
    return {contractor_leg(Role::works_ordered, amount, dossier, contractor),
            contractor_leg(Role::commitment_ordered, -amount, dossier, contractor)};
}

Legs commitment_withdrawn(DossierId dossier, ContractorId contractor, Money amount) {
    return commitment_ordered(dossier, contractor, -amount);
}

Legs commitment_paid(DossierId dossier, ContractorId contractor, Money amount) {
    return {contractor_leg(Role::commitment_charged, amount, dossier, contractor),
            contractor_leg(Role::works_ordered_counterpart, -amount, dossier, contractor)};
}

Legs commitment_unpaid(DossierId dossier, ContractorId contractor, Money amount) {
    return commitment_paid(dossier, contractor, -amount);
}

Legs household_share_called(DossierId dossier, Money amount) {
    return {dossier_leg(Role::household_receivable, amount, dossier),
            dossier_leg(Role::mandate_revenue, -amount, dossier)};
}

Legs household_receipt(DossierId dossier, Money amount) {
    return {dossier_leg(Role::cash, amount, dossier),
            dossier_leg(Role::household_receivable, -amount, dossier)};
}

Legs household_early_receipt(DossierId dossier, Money amount) {
    return {dossier_leg(Role::cash, amount, dossier),
            dossier_leg(Role::household_early_receipt, -amount, dossier)};
}

Legs household_early_receipt_applied(DossierId dossier, Money amount) {
    return {dossier_leg(Role::household_early_receipt, amount, dossier),
            dossier_leg(Role::household_receivable, -amount, dossier)};
}

Legs order_released(DossierId dossier, ContractorId contractor, Money ttc, Money retention) {
    Legs legs = {dossier_leg(Role::mandate_expenditure, ttc, dossier),
                 contractor_leg(Role::contractor_payable, -(ttc - retention), dossier, contractor)};
    if (!retention.is_zero()) {
        legs.push_back(contractor_leg(Role::contractor_retention, -retention, dossier, contractor));
    }
    legs.push_back(contractor_leg(Role::commitment_ordered, ttc, dossier, contractor));
    legs.push_back(contractor_leg(Role::commitment_charged, -ttc, dossier, contractor));
    return legs;
}

Legs transfer_paid(DossierId dossier, ContractorId contractor, Money amount, Role settles) {
    return {contractor_leg(settles, amount, dossier, contractor),
            dossier_leg(Role::cash, -amount, dossier)};
}

Legs transfer_returned(DossierId dossier, ContractorId contractor, Money amount) {
    return {dossier_leg(Role::cash, amount, dossier),
            contractor_leg(Role::returned_transfer, -amount, dossier, contractor)};
}

Legs claim_filed(DossierId dossier, FunderRef funder, Money amount) {
    return {funder_leg(Role::claim_filed, amount, dossier, funder),
            funder_leg(Role::claim_filed_counterpart, -amount, dossier, funder)};
}

Legs claim_title_issued(DossierId dossier, FunderRef funder, Money amount) {
    return {funder_leg(Role::funder_receivable, amount, dossier, funder),
            dossier_leg(Role::mandate_revenue, -amount, dossier),
            funder_leg(Role::grant_notified_counterpart, amount, dossier, funder),
            funder_leg(Role::grant_notified, -amount, dossier, funder)};
}

Legs claim_received(DossierId dossier, FunderRef funder, Money amount) {
    return {dossier_leg(Role::cash, amount, dossier),
            funder_leg(Role::funder_receivable, -amount, dossier, funder),
            funder_leg(Role::claim_filed_counterpart, amount, dossier, funder),
            funder_leg(Role::claim_filed, -amount, dossier, funder)};
}

Legs claim_reduced(DossierId dossier, FunderRef funder, Money amount) {
    return {dossier_leg(Role::mandate_revenue, amount, dossier),
            funder_leg(Role::funder_receivable, -amount, dossier, funder),
            funder_leg(Role::claim_filed_counterpart, amount, dossier, funder),
            funder_leg(Role::claim_filed, -amount, dossier, funder)};
}

Legs loss_borne(DossierId dossier, Money amount) {
    return {dossier_leg(Role::loss_borne, amount, dossier),
            dossier_leg(Role::mandate_revenue, -amount, dossier)};
}

Legs dossier_closed(DossierId dossier, Money amount) {
    return {dossier_leg(Role::mandate_revenue, amount, dossier),
            dossier_leg(Role::mandate_expenditure, -amount, dossier)};
}

}  // namespace deodat::journal::events
