#include "ledger/treasury/exposure.h"

#include <algorithm>

#include "ledger/funding/household_share.h"

namespace deodat::treasury {
namespace {

using journal::Role;

Money above_zero(Money amount) { return std::max(amount, Money()); }

}  // namespace

DossierPosition position_of(store::Database& db, DossierId dossier) {
    const auto balance = [&](Role role) {
        return journal::balance(db, role, {.dossier = dossier});
    };
    DossierPosition p;
    p.balance = balance(Role::cash);
    p.exposure = above_zero(-p.balance);
    p.held = above_zero(p.balance);
    p.retention = -balance(Role::contractor_retention);
    p.payable = p.retention - balance(Role::contractor_payable) - balance(Role::returned_transfer);
    p.ordered = -balance(Role::works_ordered);
    p.committed = above_zero(-p.balance + p.payable + p.ordered);
    p.cover = balance(Role::grant_notified) + balance(Role::funder_receivable) +
              balance(Role::household_receivable) + funding::share_not_called(db, dossier);
    p.uncovered = above_zero(p.exposure - p.cover);
    return p;
}

ProgrammePosition position_of(store::Database& db, const funding::Programme& programme) {
    ProgrammePosition sum;
    for (const dossiers::Dossier& dossier : dossiers::dossiers_of(db, programme.ref.id)) {
        const DossierPosition p = position_of(db, dossier.id);
        sum.held += p.held;
        sum.exposure += p.exposure;
        sum.payable += p.payable;
        sum.retention += p.retention;
        sum.committed += p.committed;
        sum.cover += p.cover;
        sum.uncovered += p.uncovered;
    }
    sum.cash = journal::balance(db, Role::cash, {.programme = programme.ref.id});
    sum.ceiling = programme.ceiling;
    sum.free_cash = sum.cash - sum.held - sum.retention;
    return sum;
}

Money free_after_paying(store::Database& db, const funding::Programme& programme, DossierId paid,
                        Money amount) {
    Money free = journal::balance(db, Role::cash, {.programme = programme.ref.id});
    for (const dossiers::Dossier& dossier : dossiers::dossiers_of(db, programme.ref.id)) {
        const DossierPosition p = position_of(db, dossier.id);
        const Money out = dossier.id == paid ? p.payable + amount : p.payable;
        free -= out + above_zero(p.balance - out);
    }
    return free;
}

std::optional<Day> exposed_since(store::Database& db, DossierId dossier) {
    auto rows = db.select(
        "SELECT e.day, sum(p.cents) FROM posting p JOIN entry e ON e.number = p.entry"
        " JOIN account a ON a.id = p.account WHERE p.dossier = ? AND a.role = 'cash'"
        " GROUP BY e.day ORDER BY e.day",
        dossier);
    Money balance;
    std::optional<Day> since;
    while (rows.next()) {
        balance += rows.money(1);
        if (!balance.is_negative()) {
            since.reset();
        } else if (!since) {
            since = rows.day(0);
        }
    }
    return since;
}

}  // namespace deodat::treasury
