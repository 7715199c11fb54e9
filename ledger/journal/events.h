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
// 2. Works are ordered (off balance).
Legs works_ordered(DossierId dossier, ContractorId contractor, Money amount);
// 2, undone for what was ordered and will not be invoiced.
Legs works_order_finished(DossierId dossier, ContractorId contractor, Money amount);
// 3. The household's share is called: a title.
Legs household_share_called(DossierId dossier, Money amount);
// 4. The household pays what was called.
Legs household_receipt(DossierId dossier, Money amount);
// 4b. The household pays before the title; and, once the title exists, the payment is set against
// it.
Legs household_early_receipt(DossierId dossier, Money amount);
Legs household_early_receipt_applied(DossierId dossier, Money amount);
// 6. Works accepted and the order taken in charge: TTC to 4581, net to the contractor, retention
// kept apart; the commitment of 2 is used up by the amount that was ordered.
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
