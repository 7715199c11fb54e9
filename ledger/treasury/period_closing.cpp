#include "ledger/treasury/period_closing.h"

#include "ledger/funding/programme.h"
#include "ledger/people/person.h"

namespace deodat::treasury {
namespace {

Result<Done> require_transit_settled(store::Database& db, Day last) {
    auto rows = db.select(
        "SELECT a.number, a.label, coalesce(d.reference, ''),"
        " max(sum(p.cents), sum(CASE WHEN e.day <= ? THEN p.cents ELSE 0 END))"
        " FROM posting p JOIN account a ON a.id = p.account JOIN entry e ON e.number = p.entry"
        " LEFT JOIN dossier d ON d.id = p.dossier WHERE a.role IN (?, ?)"
        " GROUP BY a.number, p.dossier, p.contractor"
        " HAVING max(sum(p.cents), sum(CASE WHEN e.day <= ? THEN p.cents ELSE 0 END)) < 0"
        " ORDER BY a.number, p.dossier LIMIT 1",
        last, journal::role_name(journal::Role::household_early_receipt),
        journal::role_name(journal::Role::returned_transfer), last);
    if (!rows.next()) return Done{};
    return Refusal{Code::balance_not_nil, "account",
                   "Le compte d'attente " + rows.text(0) + " (" + rows.text(1) + ") garde " +
                       french(-rows.money(3)) + " de l'exercice pour le dossier " + rows.text(2) +
                       " : à solder avant la clôture."};
}

Result<Done> require_bank_settled(store::Database& db, Day last) {
    auto movements = db.select(
        "SELECT day, cents FROM bank_movement WHERE entry IS NULL AND day <= ? ORDER BY day, id"
        " LIMIT 1",
        last);
    if (movements.next()) {
        return Refusal{Code::gate_closed, "bank_movement",
                       "Le mouvement de banque de " + french(movements.money(1)) + " du " +
                           movements.day(0).french() +
                           " n'est pas rapproché : à comptabiliser avant la clôture."};
    }
    auto transfers = db.select(
        "SELECT t.end_to_end_id, t.cents, f.execution_on FROM transfer t"
        " JOIN transfer_file f ON f.id = t.file WHERE t.state = 'sent' AND f.execution_on <= ?"
        " ORDER BY t.id LIMIT 1",
        last);
    if (transfers.next()) {
        return Refusal{Code::gate_closed, "transfer",
                       "La banque n'a pas dit si le virement " + transfers.text(0) + " de " +
                           french(transfers.money(1)) + ", à exécuter le " +
                           transfers.day(2).french() +
                           ", est payé ou rejeté : à constater avant la clôture."};
    }
    return Done{};
}

}  // namespace

Result<EntryId> close_period(store::Transaction& tx, int year, PersonId administrator) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, administrator, people::Role::administrator); !role) {
        return role.refusal();
    }
    if (auto turn = journal::check_turn(db, year, tx.today()); !turn) return turn.refusal();
    const Day last = Day::of(year, 12, 31);
    if (auto transit = require_transit_settled(db, last); !transit) return transit.refusal();
    if (auto bank = require_bank_settled(db, last); !bank) return bank.refusal();
    std::vector<journal::ProgrammeRef> programmes;
    for (const funding::Programme& programme : funding::programmes(db)) {
        programmes.push_back(programme.ref);
    }
    return journal::close_exercice(tx, year, programmes, administrator);
}

}  // namespace deodat::treasury
