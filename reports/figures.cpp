#include "reports/figures.h"

#include <algorithm>

#include "ledger/base/numbering.h"
#include "ledger/base/split.h"
#include "ledger/base/territory.h"
#include "ledger/funding/claim.h"
#include "ledger/treasury/exposure.h"

namespace deodat::reports {
namespace {

using journal::Event;
using journal::Role;

std::string pseudonym(DossierId dossier) {
    return numbered("M-", dossier.value);
}

// "02/11/2026 à 09 h 12", in Paris.
std::string shown_instant(Instant at) {
    const Day day = at.day_in_paris();
    const std::int64_t minutes =
        (at.microseconds() - instant_in_paris(day, 0).microseconds()) / 60'000'000;
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return day.french() + " à " + two(minutes / 60) + " h " + two(minutes % 60);
}

std::string commune_name(const std::string& insee) {
    const auto found = commune("dwelling.commune_insee", insee);
    DEODAT_ASSERT(found.ok(), "a stored commune exists");
    return std::string((*found)->name);
}

// The part of what contractors were paid that a grant stands for: paid net of returns, over grants
// and household's share by weight, to the cent.
Money paid_share(store::Database& db, const funding::Grant& grant) {
    const journal::Selection dossier{.dossier = grant.dossier};
    const Money paid = -journal::turnover(db, Role::cash, Event::transfer_paid, dossier) -
                       journal::turnover(db, Role::cash, Event::transfer_returned, dossier) -
                       journal::turnover(db, Role::cash, Event::retention_released, dossier);
    std::vector<SplitWeight> weights;
    std::size_t own = 0;
    for (const funding::Grant& other : funding::grants_of(db, grant.dossier)) {
        if (other.id == grant.id) own = weights.size();
        weights.push_back({funding::due(other).cents(), other.id.value});
    }
    const auto plan = dossiers::signed_plan_of(db, grant.dossier);
    weights.push_back({plan->remaining_cost.cents(), 0});
    return split(paid, weights).at(own);
}

GrantLine grant_line(store::Database& db, const funding::Grant& grant) {
    const auto dossier = dossiers::find_dossier(db, grant.dossier);
    const std::string insee = dossiers::dwelling_of(db, grant.dossier).commune_insee;
    GrantLine line{dossier->reference,
                   pseudonym(grant.dossier),
                   commune_name(insee),
                   insee,
                   grant.label,
                   grant.notified_on,
                   {},
                   ""};
    line.figures.notified = funding::due(grant);
    for (const funding::Claim& claim : funding::claims_of(db, grant.id)) {
        line.figures.claimed += claim.amount;
        line.figures.received += claim.received;
        line.figures.difference -= claim.reduced;
        if (!claim.reduced_reason.empty()) line.difference_reason = claim.reduced_reason;
    }
    line.figures.paid_to_contractors = paid_share(db, grant);
    line.figures.outstanding =
        line.figures.notified - line.figures.received + line.figures.difference;
    if (grant.refused_on) {
        line.difference_reason = "Abandonnée le " + grant.refused_on->french() + " (" +
                                 french(grant.refused) + " rendus)";
    } else if (!grant.motive.empty() && line.difference_reason.empty()) {
        line.difference_reason = "Aide décidée hors règles : " + grant.motive;
    }
    return line;
}

// Which state an event moves, and with which sign of the account it is read on.
struct StateOfEvent {
    std::string_view event;
    Role role;
    FigureState state;
    int sign;
};
constexpr std::array states_of_events = {
    StateOfEvent{"grant_notified", Role::grant_notified, FigureState::notified, 1},
    StateOfEvent{"grant_refused", Role::grant_notified, FigureState::notified, 1},
    StateOfEvent{"claim_filed", Role::claim_filed, FigureState::claimed, 1},
    StateOfEvent{"claim_received", Role::funder_receivable, FigureState::received, -1},
};

void add_movements(const journal::EntryRow& entry, const funding::Funder& funder,
                   const std::string& dossier, std::vector<MovementLine>& out) {
    for (const StateOfEvent& known : states_of_events) {
        if (entry.event != known.event) continue;
        for (const journal::PostingRow& posting : entry.postings) {
            if (posting.role != journal::role_name(known.role) || posting.funder != funder.ref.id) {
                continue;
            }
            const auto event = journal::event_of(entry.event);
            const bool bank = known.state == FigureState::received;
            out.push_back({entry.day, entry.number.value, dossier,
                           std::string(journal::event_label(*event)), bank ? "" : entry.piece,
                           known.state, known.sign > 0 ? posting.amount : -posting.amount,
                           bank ? entry.piece : ""});
        }
    }
}

GrantFigures ledger_figures(store::Database& db, const journal::Selection& selection) {
    GrantFigures out;
    out.notified = journal::turnover(db, Role::grant_notified, Event::grant_notified, selection) +
                   journal::turnover(db, Role::grant_notified, Event::grant_refused, selection);
    out.claimed = journal::turnover(db, Role::claim_filed, Event::claim_filed, selection);
    out.received =
        -journal::turnover(db, Role::funder_receivable, Event::claim_received, selection);
    out.difference =
        journal::turnover(db, Role::funder_receivable, Event::claim_reduced, selection);
    out.outstanding = journal::balance(db, Role::grant_notified, selection) +
                      journal::balance(db, Role::funder_receivable, selection);
    return out;
}

}  // namespace

FunderReconciliation read_funder_reconciliation(store::Database& db,
                                                const funding::Programme& programme,
                                                const funding::Funder& funder, Instant now) {
    FunderReconciliation out{funder.name,
                             programme.name,
                             std::string(petr_name),
                             now.day_in_paris(),
                             journal::last_entry(db).value,
                             shown_instant(now),
                             now,
                             {},
                             {},
                             {},
                             {}};
    out.ledger = ledger_figures(db, {.programme = programme.ref.id, .funder = funder.ref.id});
    for (const funding::Grant& grant : funding::grants_of_funder(db, funder.ref.id)) {
        const auto dossier = dossiers::find_dossier(db, grant.dossier);
        if (dossier->programme.id != programme.ref.id) continue;
        out.grants.push_back(grant_line(db, grant));
        out.ledger.paid_to_contractors += out.grants.back().figures.paid_to_contractors;
        for (const journal::EntryRow& entry : journal::entries_of_dossier(db, grant.dossier)) {
            // An entry names the funder, not the grant: a second grant of the same dossier adds
            // nothing here.
            const bool first = out.grants.size() == 1 ||
                               out.grants.at(out.grants.size() - 2).dossier != dossier->reference;
            if (first) add_movements(entry, funder, dossier->reference, out.movements);
        }
    }
    std::stable_sort(
        out.movements.begin(), out.movements.end(),
        [](const MovementLine& a, const MovementLine& b) { return a.entry < b.entry; });
    return out;
}

TreasuryPosition read_treasury_position(store::Database& db, const funding::Programme& programme,
                                        Instant now) {
    const Day today = now.day_in_paris();
    const treasury::ProgrammePosition all = treasury::position_of(db, programme);
    TreasuryPosition out{programme.name,
                         std::string(petr_name),
                         today,
                         journal::last_entry(db).value,
                         shown_instant(now),
                         now,
                         {all.cash, all.held, all.retention, Money(), all.exposure, all.committed,
                          all.ceiling, all.cover, all.uncovered, all.free_cash},
                         {},
                         {},
                         {}};
    for (const dossiers::Dossier& dossier : dossiers::dossiers_of(db, programme.ref.id)) {
        const treasury::DossierPosition p = treasury::position_of(db, dossier.id);
        if (p.balance.is_zero() && p.committed.is_zero() && p.cover.is_zero()) continue;
        const auto layers = treasury::exposure_layers(db, dossier.id);
        DossierPosition line{dossier.reference,
                             pseudonym(dossier.id),
                             commune_name(dossiers::dwelling_of(db, dossier.id).commune_insee),
                             std::string(dossiers::state_label(dossier.state)),
                             p.balance,
                             p.exposure,
                             p.held,
                             p.payable,
                             p.cover,
                             p.uncovered,
                             {},
                             0,
                             treasury::ageing(layers, today)};
        if (!layers.empty()) {
            line.exposed_since = layers.front().since;
            line.age_days = today - layers.front().since;
        }
        out.dossiers.push_back(std::move(line));
    }
    for (const funding::Claim& claim : funding::open_claims(db, programme.ref.id)) {
        const auto grant = funding::find_grant(db, claim.grant);
        const auto dossier = dossiers::find_dossier(db, grant->dossier);
        out.claims.push_back({grant->funder.name, dossier->reference,
                              std::string(funding::claim_kind_label(claim.kind)), claim.filed_on,
                              claim.amount, claim.received, claim.open(), today - claim.filed_on});
    }
    return out;
}

}  // namespace deodat::reports
