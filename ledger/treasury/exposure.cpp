#include "ledger/treasury/exposure.h"

#include <algorithm>

#include "ledger/funding/household_share.h"

namespace deodat::treasury {
namespace {

using journal::Role;

Money above_zero(Money amount) {
    return std::max(amount, Money());
}

}  // namespace

DossierPosition position_of(store::Database& db, DossierId dossier,
                            const std::optional<journal::AsOf>& as_of) {
    const auto balance = [&](Role role) {
        return journal::balance(db, role, {.dossier = dossier}, as_of);
    };
    DossierPosition p;
    p.balance = balance(Role::cash);
    p.exposure = above_zero(-p.balance);
    p.held = above_zero(p.balance);
    p.retention = -balance(Role::contractor_retention);
    p.payable = p.retention - balance(Role::contractor_payable) - balance(Role::returned_transfer);
    p.approved = -balance(Role::commitment_ordered);
    p.ordered = p.approved - balance(Role::works_ordered);
    p.committed = above_zero(-p.balance + p.payable + p.ordered);
    p.cover = balance(Role::grant_notified) + balance(Role::funder_receivable) +
              balance(Role::household_receivable) + funding::share_not_called(db, dossier, as_of);
    p.uncovered = above_zero(p.exposure - p.cover);
    return p;
}

ProgrammePosition position_of(store::Database& db, const funding::Programme& programme,
                              const std::optional<journal::AsOf>& as_of) {
    ProgrammePosition sum;
    for (const dossiers::Dossier& dossier : dossiers::dossiers_of(db, programme.ref.id)) {
        const DossierPosition p = position_of(db, dossier.id, as_of);
        sum.held += p.held;
        sum.exposure += p.exposure;
        sum.payable += p.payable;
        sum.retention += p.retention;
        sum.committed += p.committed;
        sum.cover += p.cover;
        sum.uncovered += p.uncovered;
    }
    sum.cash = journal::balance(db, Role::cash, {.programme = programme.ref.id}, as_of);
    sum.ceiling = programme.ceiling;
    sum.free_cash = sum.cash - sum.held - sum.retention;
    return sum;
}

Money free_after_paying(store::Database& db, const funding::Programme& programme, DossierId paid,
                        Money amount) {
    Money free = journal::balance(db, Role::cash, {.programme = programme.ref.id});
    for (const dossiers::Dossier& dossier : dossiers::dossiers_of(db, programme.ref.id)) {
        const DossierPosition p = position_of(db, dossier.id);
        const Money out = p.payable + p.approved + (dossier.id == paid ? amount : Money());
        free -= out + above_zero(p.balance - out);
    }
    return free;
}

std::vector<ExposureLayer> exposure_layers(store::Database& db, DossierId dossier,
                                           const journal::AsOf& as_of) {
    auto rows = db.select(
        "SELECT e.day, sum(p.cents) FROM posting p JOIN entry e ON e.number = p.entry"
        " JOIN account a ON a.id = p.account WHERE p.dossier = ? AND a.role = ?"
        " AND e.day <= ? AND e.number <= ? GROUP BY e.day ORDER BY e.day",
        dossier, journal::role_name(Role::cash), as_of.day, as_of.entry);
    std::vector<ExposureLayer> layers;
    Money held;  // what the dossier has in credit, before any exposure
    while (rows.next()) {
        Money change = rows.money(1);
        if (change.is_negative()) {
            const Money from_held = std::min(held, -change);
            held -= from_held;
            const Money advanced = -change - from_held;
            if (advanced.is_positive()) layers.push_back({rows.day(0), advanced});
            continue;
        }
        while (change.is_positive() && !layers.empty()) {
            const Money paid_back = std::min(change, layers.front().amount);
            layers.front().amount -= paid_back;
            change -= paid_back;
            if (layers.front().amount.is_zero()) layers.erase(layers.begin());
        }
        held += change;
    }
    return layers;
}

std::array<Money, age_bounds_days.size() + 1> ageing(const std::vector<ExposureLayer>& layers,
                                                     Day as_of) {
    std::array<Money, age_bounds_days.size() + 1> out;
    for (const ExposureLayer& layer : layers) {
        const auto* const bound =
            std::lower_bound(age_bounds_days.begin(), age_bounds_days.end(), as_of - layer.since);
        out.at(static_cast<std::size_t>(bound - age_bounds_days.begin())) += layer.amount;
    }
    return out;
}

}  // namespace deodat::treasury
