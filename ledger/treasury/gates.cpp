#include "ledger/treasury/gates.h"

#include <algorithm>

#include "ledger/funding/grant.h"
#include "ledger/journal/events.h"
#include "ledger/journal/limits.h"

namespace deodat::treasury {
namespace {

using journal::Role;

Gate gate(Code code, std::string_view name, std::string_view label, bool open,
          std::string missing) {
    return {code, std::string(name), std::string(label), open, open ? "" : std::move(missing), {}};
}

Gate mandates_gate(store::Database& db, const dossiers::Dossier& dossier, Day day) {
    std::string without;
    for (const funding::Grant& grant : funding::grants_of(db, dossier.id)) {
        if (grant.refused_on || funding::has_mandate(db, dossier.id, grant.funder.ref.id, day))
            continue;
        without += without.empty() ? grant.funder.name : ", " + grant.funder.name;
    }
    return gate(
        Code::gate_closed, "mandates", "Mandats de perception en vigueur", without.empty(),
        "Il manque le mandat de perception pour " + without + " : le faire signer par le ménage.");
}

Gate answers_gate(store::Database& db, const dossiers::Dossier& dossier) {
    std::string waiting;
    const auto grants = funding::grants_of(db, dossier.id);
    for (const funding::Grant& grant : grants) {
        if (grant.notified_on || grant.refused_on) continue;
        waiting += waiting.empty() ? grant.label : ", " + grant.label;
    }
    return gate(Code::gate_closed, "notifications", "Subventions notifiées",
                waiting.empty() && !grants.empty(),
                grants.empty() ? "Aucune subvention n'est demandée pour ce dossier."
                               : "La notification du financeur manque pour " + waiting + ".");
}

Gate ceiling_gate(store::Database& db, const dossiers::Dossier& dossier, Money more) {
    const auto programme = funding::find_programme(db, dossier.programme.id);
    const ProgrammePosition all = position_of(db, *programme);
    const DossierPosition own = position_of(db, dossier.id);
    const Money after = all.committed - own.committed +
                        std::max(Money(), own.payable + own.ordered + more - own.balance);
    return gate(Code::exposure_ceiling, "ceiling", "Plafond d'encours", after <= programme->ceiling,
                "L'encours engagé passerait à " + french(after) + ", au-dessus du plafond de " +
                    french(programme->ceiling) +
                    " : attendre des encaissements, ou faire relever le"
                    " plafond par l'ordonnateur.");
}

// The limits that posting the event would meet.
Gate limits_gate(store::Database& db, const dossiers::Dossier& dossier, journal::Event event,
                 const journal::events::Legs& legs, Day day) {
    const auto beyond = journal::exceeded_limit(db, dossier.programme.id, event, legs, day);
    Gate limits = gate(Code::limit_exceeded, "limits", "Limites des comptes et des conventions",
                       !beyond, beyond ? beyond->message : "");
    if (beyond) limits.facts = beyond->facts;
    return limits;
}

}  // namespace

std::optional<Refusal> first_closed(const std::vector<Gate>& gates) {
    for (const Gate& g : gates) {
        if (!g.open) return Refusal{g.code, g.name, g.missing, g.facts};
    }
    return std::nullopt;
}

std::vector<Gate> works_order_gates(store::Database& db, const dossiers::Dossier& dossier,
                                    ContractorId contractor, Money amount, Day day) {
    const auto plan = dossiers::signed_plan_of(db, dossier.id);
    const bool current = plan && plan->dossier_version == dossier.version && plan->signed_on <= day;
    return {
        gate(Code::gate_closed, "signed_plan", "Plan de financement signé", current,
             "Le plan de financement signé manque, ou le dossier a changé depuis : le recalculer"
             " et le faire signer."),
        answers_gate(db, dossier), mandates_gate(db, dossier, day),
        ceiling_gate(db, dossier, amount),
        limits_gate(db, dossier, journal::Event::works_ordered,
                    journal::events::works_ordered(dossier.id, contractor, amount), day)};
}

std::vector<Gate> approval_gates(store::Database& db, const dossiers::Dossier& dossier,
                                 Money to_pay, Day day) {
    const auto programme = funding::find_programme(db, dossier.programme.id);
    const DossierPosition p = position_of(db, dossier.id);
    const Money exposure_after = std::max(Money(), p.payable + p.approved + to_pay - p.balance);
    const Money uncovered = std::max(Money(), exposure_after - p.cover);
    const Money free = free_after_paying(db, *programme, dossier.id, to_pay);
    return {
        mandates_gate(db, dossier, day),
        // The works are already counted as ordered: paying them commits nothing more.
        ceiling_gate(db, dossier, Money()),
        limits_gate(db, dossier, journal::Event::commitment_ordered,
                    to_pay.is_zero() ? journal::events::Legs{}
                                     : journal::events::commitment_ordered(dossier.id, {}, to_pay),
                    day),
        gate(Code::exposure_uncovered, "cover", "Avance couverte", uncovered.is_zero(),
             "Après ce paiement, " + french(uncovered) +
                 " ne seraient couverts ni par une subvention ni par la part du ménage : revoir le"
                 " plan de financement."),
        gate(Code::funds_insufficient, "funds", "Fonds disponibles", !free.is_negative(),
             "Il manque " + french(-free) +
                 " au compte du programme, une fois mis de côté l'argent des autres ménages :"
                 " attendre des encaissements ou abonder le fonds.")};
}

std::vector<Gate> closing_gates(store::Database& db, const dossiers::Dossier& dossier) {
    const auto nil = [&](Role role, std::string_view name, std::string_view label) {
        const Money open = journal::balance(db, role, {.dossier = dossier.id});
        return gate(Code::balance_not_nil, name, label, open.is_zero(),
                    std::string(label) + " : il reste " + french(open) + " sur le dossier " +
                        dossier.reference + ".");
    };
    std::vector<Gate> gates = {
        nil(Role::contractor_payable, "contractor_payable", "Entreprises à payer"),
        nil(Role::contractor_retention, "contractor_retention", "Retenues de garantie"),
        nil(Role::returned_transfer, "returned_transfer", "Virements rejetés"),
        nil(Role::funder_receivable, "funder_receivable", "Financeurs à encaisser"),
        nil(Role::household_receivable, "household_receivable", "Ménage à encaisser"),
        nil(Role::household_early_receipt, "household_early_receipt", "Encaissements sans titre"),
        nil(Role::works_ordered, "works_ordered", "Travaux commandés"),
        nil(Role::commitment_ordered, "commitment_ordered",
            "Paiements approuvés à prendre en charge"),
        nil(Role::grant_notified, "grant_notified", "Subventions notifiées non demandées"),
        nil(Role::claim_filed, "claim_filed", "Demandes de paiement"),
        nil(Role::cash, "cash", "Trésorerie du dossier"),
    };
    const Money spent = journal::balance(db, Role::mandate_expenditure, {.dossier = dossier.id});
    const Money got = -journal::balance(db, Role::mandate_revenue, {.dossier = dossier.id});
    gates.push_back(gate(Code::balance_not_nil, "spent_equals_received",
                         "Dépenses égales aux recettes", spent == got,
                         "Les dépenses (" + french(spent) + ") et les recettes (" + french(got) +
                             ") du dossier " + dossier.reference + " ne sont pas égales."));
    gates.push_back(answers_gate(db, dossier));
    return gates;
}

}  // namespace deodat::treasury
