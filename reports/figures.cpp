#include "reports/figures.h"

#include <algorithm>

#include "ledger/base/numbering.h"
#include "ledger/base/split.h"
#include "ledger/base/territory.h"
#include "ledger/funding/standing.h"
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
Money paid_share(store::Database& db, const funding::Grant& grant, const journal::AsOf& as_of) {
    const journal::Selection dossier{.dossier = grant.dossier};
    Money paid;
    for (const Event event :
         {Event::transfer_paid, Event::transfer_returned, Event::retention_released}) {
        paid -= journal::turnover(db, Role::cash, event, dossier, as_of);
    }
    std::vector<SplitWeight> weights;
    std::size_t own = 0;
    for (const funding::Grant& other : funding::grants_of(db, grant.dossier)) {
        if (other.id == grant.id) own = weights.size();
        weights.push_back({funding::standing_of(db, other, as_of).due().cents(), other.id.value});
    }
    const auto plan = dossiers::signed_plan_of(db, grant.dossier, as_of);
    DEODAT_ASSERT(plan.has_value(), "a notified grant is a signed plan's");
    weights.push_back({plan->remaining_cost.cents(), 0});
    return split(paid, weights).at(own);
}

GrantLine grant_line(store::Database& db, const funding::Grant& grant,
                     const funding::GrantStanding& standing, const journal::AsOf& as_of) {
    const auto dossier = dossiers::find_dossier(db, grant.dossier);
    const std::string insee = dossiers::commune_of(db, grant.dossier);
    GrantLine line{dossier->reference,
                   pseudonym(grant.dossier),
                   commune_name(insee),
                   insee,
                   grant.label,
                   standing.notified_on,
                   {},
                   ""};
    line.figures.notified = standing.due();
    for (const funding::ClaimStanding& claim : standing.claims) {
        line.figures.claimed += claim.filed;
        line.figures.received += claim.received;
        line.figures.difference -= claim.reduced;
        if (!claim.reduced_reason.empty()) line.difference_reason = claim.reduced_reason;
    }
    line.figures.paid_to_contractors = paid_share(db, grant, as_of);
    line.figures.outstanding =
        line.figures.notified - line.figures.received + line.figures.difference;
    if (standing.refused_on) {
        line.difference_reason = "Abandonnée le " + standing.refused_on->french() + " (" +
                                 french(standing.refused) + " rendus)";
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

// The funder's own reference of the grant that the piece names.
std::string shown_piece(const std::string& piece, const std::vector<funding::Grant>& grants) {
    for (const funding::Grant& grant : grants) {
        if (funding::piece_of(grant.id) != piece) continue;
        return grant.reference.empty() && grant.notified_on ? "« effacé »" : grant.reference;
    }
    return piece;
}

// A reversal moves the state of what it reverses.
void add_movements(store::Database& db, const journal::EntryRow& entry,
                   const funding::Funder& funder, const std::string& dossier,
                   const std::vector<funding::Grant>& grants, std::vector<MovementLine>& out) {
    const std::string moved =
        entry.reverses ? journal::find_entry(db, entry.reverses)->event : entry.event;
    for (const StateOfEvent& known : states_of_events) {
        if (moved != known.event) continue;
        for (const journal::PostingRow& posting : entry.postings) {
            if (posting.role != journal::role_name(known.role) || posting.funder != funder.ref.id) {
                continue;
            }
            const auto event = journal::event_of(entry.event);
            const bool bank = known.state == FigureState::received;
            out.push_back(
                {entry.day, entry.number.value, dossier, std::string(journal::event_label(*event)),
                 bank ? "" : shown_piece(entry.piece, grants), known.state,
                 known.sign > 0 ? posting.amount : -posting.amount, bank ? entry.piece : ""});
        }
    }
}

GrantFigures ledger_figures(store::Database& db, const journal::Selection& selection,
                            const journal::AsOf& as_of) {
    const auto moved = [&](Role role, Event event) {
        return journal::turnover(db, role, event, selection, as_of);
    };
    const auto left = [&](Role role) { return journal::balance(db, role, selection, as_of); };
    GrantFigures out;
    out.notified = moved(Role::grant_notified, Event::grant_notified) +
                   moved(Role::grant_notified, Event::grant_refused);
    out.claimed = moved(Role::claim_filed, Event::claim_filed);
    out.received = -moved(Role::funder_receivable, Event::claim_received);
    out.difference = moved(Role::funder_receivable, Event::claim_reduced);
    out.outstanding = left(Role::grant_notified) + left(Role::funder_receivable);
    return out;
}

// Of every grant of the programme, the claims with something still to come, oldest first.
void add_open_claims(store::Database& db, const funding::Programme& programme,
                     const journal::AsOf& as_of, std::vector<OpenClaim>& out) {
    for (const dossiers::Dossier& dossier : dossiers::dossiers_of(db, programme.ref.id)) {
        for (const funding::Grant& grant : funding::grants_of(db, dossier.id)) {
            for (const funding::ClaimStanding& standing :
                 funding::standing_of(db, grant, as_of).claims) {
                if (standing.open().is_zero()) continue;
                const auto claim = funding::find_claim(db, standing.id);
                out.push_back({grant.funder.name, dossier.reference,
                               std::string(funding::claim_kind_label(claim->kind)), claim->filed_on,
                               standing.filed, standing.received, standing.open(),
                               as_of.day - claim->filed_on});
            }
        }
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const OpenClaim& a, const OpenClaim& b) { return a.filed < b.filed; });
}

// When an entry was recorded: the moment that a report quoted as of it was true.
Instant recorded_at(store::Database& db, EntryId number) {
    const auto entry = journal::find_entry(db, number);
    return entry ? entry->recorded_at : Instant(0);
}

}  // namespace

FunderReconciliation read_funder_reconciliation(store::Database& db,
                                                const funding::Programme& programme,
                                                const funding::Funder& funder,
                                                const journal::AsOf& as_of) {
    const Instant recorded = recorded_at(db, as_of.entry);
    FunderReconciliation out{funder.name,
                             programme.name,
                             std::string(petr_name),
                             as_of.day,
                             as_of.entry.value,
                             shown_instant(recorded),
                             recorded,
                             {},
                             {},
                             {},
                             {}};
    out.ledger =
        ledger_figures(db, {.programme = programme.ref.id, .funder = funder.ref.id}, as_of);
    for (const funding::Grant& grant : funding::grants_of_funder(db, funder.ref.id)) {
        const auto dossier = dossiers::find_dossier(db, grant.dossier);
        if (dossier->programme.id != programme.ref.id) continue;
        const funding::GrantStanding standing = funding::standing_of(db, grant, as_of);
        if (!standing.notified_on) continue;
        out.grants.push_back(grant_line(db, grant, standing, as_of));
        out.ledger.paid_to_contractors += out.grants.back().figures.paid_to_contractors;
        const auto grants = funding::grants_of(db, grant.dossier);
        for (const journal::EntryRow& entry : journal::entries_of_dossier(db, grant.dossier)) {
            // An entry names the funder, not the grant: a second grant of the same dossier adds
            // nothing here.
            const bool first = out.grants.size() == 1 ||
                               out.grants.at(out.grants.size() - 2).dossier != dossier->reference;
            if (first && as_of.sees(entry))
                add_movements(db, entry, funder, dossier->reference, grants, out.movements);
        }
    }
    std::stable_sort(
        out.movements.begin(), out.movements.end(),
        [](const MovementLine& a, const MovementLine& b) { return a.entry < b.entry; });
    return out;
}

TreasuryPosition read_treasury_position(store::Database& db, const funding::Programme& programme,
                                        const journal::AsOf& as_of) {
    const Instant recorded = recorded_at(db, as_of.entry);
    const treasury::ProgrammePosition all = treasury::position_of(db, programme, as_of);
    TreasuryPosition out{programme.name,
                         std::string(petr_name),
                         as_of.day,
                         as_of.entry.value,
                         shown_instant(recorded),
                         recorded,
                         {all.cash, all.held, all.retention, Money(), all.exposure, all.committed,
                          all.ceiling, all.cover, all.uncovered, all.free_cash},
                         {},
                         {},
                         {}};
    for (const dossiers::Dossier& dossier : dossiers::dossiers_of(db, programme.ref.id)) {
        const treasury::DossierPosition p = treasury::position_of(db, dossier.id, as_of);
        if (p.balance.is_zero() && p.committed.is_zero() && p.cover.is_zero()) continue;
        const auto layers = treasury::exposure_layers(db, dossier.id, as_of);
        DossierPosition line{dossier.reference,
                             pseudonym(dossier.id),
                             commune_name(dossiers::commune_of(db, dossier.id)),
                             std::string(dossiers::state_label(dossier.state_as_of(as_of))),
                             p.balance,
                             p.exposure,
                             p.held,
                             p.payable,
                             p.cover,
                             p.uncovered,
                             {},
                             0,
                             treasury::ageing(layers, as_of.day)};
        if (!layers.empty()) {
            line.exposed_since = layers.front().since;
            line.age_days = as_of.day - layers.front().since;
        }
        out.dossiers.push_back(std::move(line));
    }
    add_open_claims(db, programme, as_of, out.claims);
    return out;
}

}  // namespace deodat::reports
