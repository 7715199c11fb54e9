// The events that move money, each as the legs it posts: debit above zero, credit below.
//
// This is the whole table, one function an event, numbered as the accountants' sheet is (schema A:
// works on mandate). Amounts are above zero. Commands draft their entries with these and with
// nothing else; but the opening balance, whose legs are those of its file
// (payments/opening_balance.h).
#pragma once
#include <vector>

#include "ledger/journal/entry.h"

namespace deodat::journal::events {

using Legs = std::vector<Leg>;

// 0. The prefinancing fund is paid in.
Legs fund_paid_in(Money amount);
// 1. A grant is notified (off balance: the right is not yet acquired).
Legs grant_notified(DossierId dossier, FunderRef funder, Money amount);
// 12, and the unused part of 1: what a funder refuses, or an abandoned dossier no longer asks for.
Legs grant_refused(DossierId dossier, FunderRef funder, Money amount);
// 2. Works are ordered (off balance): the amount is committed, and open. 2b: an amendment of the
// order commits more.
//
// A commitment is in one place at a time: open on 8018, ordered on memo.8018.o once its payment is
// approved, charged on memo.8018.c once that is taken in charge; then it is out, paid or returned.
// Its counterpart memo.8018 holds what is in. The entries of one works order bear its reference as
// their piece: they tell its whole life (payments/commitment.h).
Legs works_ordered(DossierId dossier, ContractorId contractor, Money amount);
Legs works_order_amended(DossierId dossier, ContractorId contractor, Money amount);
// 2, returned for what was ordered and will not be used.
Legs works_order_finished(DossierId dossier, ContractorId contractor, Money amount);
// A payment order is approved: that part of the commitment is ordered; or it is refused or expires
// before it is taken in charge: that part is open again.
Legs commitment_ordered(DossierId dossier, ContractorId contractor, Money amount);
Legs commitment_withdrawn(DossierId dossier, ContractorId contractor, Money amount);
// Beside 7, 8b and 17, the payment; and beside 8, its return.
Legs commitment_paid(DossierId dossier, ContractorId contractor, Money amount);
Legs commitment_unpaid(DossierId dossier, ContractorId contractor, Money amount);
// 3. The household's share is called: a title.
Legs household_share_called(DossierId dossier, Money amount);
// 4. The household pays what was called.
Legs household_receipt(DossierId dossier, Money amount);
// 4b. The household pays before the title; and, once the title exists, the payment is set against
// it.
Legs household_early_receipt(DossierId dossier, Money amount);
Legs household_early_receipt_applied(DossierId dossier, Money amount);
// 6. Works accepted and the order taken in charge: TTC to 4581, net to the contractor, retention
// kept apart; what was ordered of the commitment is charged.
Legs order_released(DossierId dossier, ContractorId contractor, Money ttc, Money retention);
// 7 and 8b. The bank has paid: the first time against the contractor's account, again after a
// return against the returned transfer.
Legs transfer_paid(DossierId dossier, ContractorId contractor, Money amount, Role settles);
// 8. The bank returns the transfer: the debt is open again.
Legs transfer_returned(DossierId dossier, ContractorId contractor, Money amount);
// 9. A payment is claimed from a funder (off balance: the state of the claim, not a right).
Legs claim_filed(DossierId dossier, FunderRef funder, Money amount);
// 9b. The title on the funder; uses up the notified grant by the same amount.
Legs claim_title_issued(DossierId dossier, FunderRef funder, Money amount);
// 10. The funder pays; uses up the claim filed.
Legs claim_received(DossierId dossier, FunderRef funder, Money amount);
// 11. The funder pays less, for good: the title is reduced and the claim is no longer open. Who
// bears the difference is a second event: 3 for the household, or loss_borne for the PETR.
Legs claim_reduced(DossierId dossier, FunderRef funder, Money amount);
Legs loss_borne(DossierId dossier, Money amount);
// 24. The dossier is closed: what was spent and what was received, equal by then, meet.
Legs dossier_closed(DossierId dossier, Money amount);

}  // namespace deodat::journal::events
