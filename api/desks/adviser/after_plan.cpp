#include "api/desks/adviser/after_plan.h"

#include <algorithm>

#include "api/desks/adviser/plans.h"
#include "ledger/base/text.h"
#include "ledger/funding/claim.h"
#include "ledger/payments/works_order.h"
#include "rules/facts/facts_json.h"

namespace deodat::adviser_desk {
namespace {

bool same_kind(const dossiers::WorksLine& a, const dossiers::WorksLine& b) {
    return a.trade == b.trade && a.eligible == b.eligible;
}

// The line of the quote that an invoiced line belongs to; none when nothing says which.
const dossiers::WorksLine* quoted_line(const dossiers::Quote& quote,
                                       const dossiers::WorksLine& invoiced) {
    for (const dossiers::WorksLine& line : quote.lines) {
        if (line.label == invoiced.label) return &line;
    }
    const dossiers::WorksLine& first = quote.lines.front();
    const bool agree = std::all_of(quote.lines.begin(), quote.lines.end(),
                                   [&](const auto& line) { return same_kind(line, first); });
    return agree ? &first : nullptr;
}

Result<Done> add_lines(store::Database& db, const payments::Invoice& invoice,
                       std::vector<rules::WorksLine>& out) {
    const auto order = payments::find_works_order(db, invoice.works_order);
    const auto quote = dossiers::find_quote(db, order->quote);
    for (const dossiers::WorksLine& line : payments::lines_of(db, invoice.id)) {
        const dossiers::WorksLine* quoted = quoted_line(*quote, line);
        if (quoted == nullptr) {
            return Refusal{Code::not_found, "invoice.lines",
                           "La ligne « " + shown(line.label) + " » de la facture " +
                               shown(invoice.number) + " n'est pas au devis " +
                               shown(quote->number) +
                               ", dont les lots diffèrent : on ne sait à quel lot la rattacher."};
        }
        out.push_back({quoted->trade, line.ht, line.vat_bp, quoted->eligible});
    }
    return Done{};
}

Result<std::vector<rules::WorksLine>> accepted_lines(store::Database& db, DossierId dossier) {
    std::vector<rules::WorksLine> out;
    for (const payments::Invoice& invoice : payments::invoices_of(db, dossier)) {
        if (!invoice.accepted_on) continue;
        if (auto added = add_lines(db, invoice, out); !added) return added.refusal();
    }
    if (!out.empty()) return out;
    return Refusal{Code::state_forbids, "invoices",
                   "Aucune facture de ce dossier n'est acceptée : il n'y a rien à recalculer."};
}

rules::Notification notification_of(store::Database& db, DossierId dossier,
                                    std::vector<rules::WorksLine> quoted) {
    rules::Notification out;
    out.quoted_lines = std::move(quoted);
    for (const funding::Grant& grant : funding::grants_of(db, dossier)) {
        if (!grant.notified_on) continue;
        Money received;
        for (const funding::Claim& claim : funding::claims_of(db, grant.id)) {
            received += claim.received;
        }
        out.aids.push_back({grant.aid, funding::due(grant), received});
    }
    return out;
}

bool wholly_accepted(store::Database& db, DossierId dossier) {
    Money left;
    for (const payments::WorksOrder& order : payments::works_orders_of(db, dossier)) {
        left += order.amount - order.given_up;
    }
    for (const payments::Invoice& invoice : payments::invoices_of(db, dossier)) {
        if (invoice.accepted_on) left -= invoice.ttc;
    }
    return left.is_zero();
}

}  // namespace

Result<rules::WhatIf> what_if(const desks::Desk& desk, DossierId id, Day deposit,
                              std::span<const rules::Supposition> suppositions) {
    auto snapshot = desk.store.snapshot();
    const auto dossier = dossiers::open_dossier_of(snapshot.db(), id);
    if (!dossier) return dossier.refusal();
    const auto told = facts_of(snapshot.db(), *dossier, deposit);
    if (!told) return told.refusal();
    const auto facts = rules::facts_from_json(*told);
    if (!facts) return facts.refusal();
    return rules::what_if(desk.rules, *facts, suppositions);
}

Result<OnInvoices> recompute_on_invoices(const desks::Desk& desk, DossierId id) {
    auto snapshot = desk.store.snapshot();
    store::Database& db = snapshot.db();
    if (const auto dossier = dossiers::find_dossier(db, id); !dossier) return dossier.refusal();
    const auto signed_plan = dossiers::signed_plan_of(db, id);
    if (!signed_plan) {
        return Refusal{Code::state_forbids, "plan",
                       "Ce dossier n'a pas de plan signé : rien n'a été notifié sur lui."};
    }
    // What was erased is said as such, not as facts that are missing.
    if (const auto kept = dossiers::household_of(db, id); !kept) return kept.refusal();
    auto facts = rules::facts_from_json(signed_plan->facts_json);
    if (!facts) return facts.refusal();
    auto lines = accepted_lines(db, id);
    if (!lines) return lines.refusal();
    const rules::Notification notification = notification_of(db, id, std::move(facts->lines));
    facts->lines = std::move(*lines);
    facts->derive();
    auto made = rules::recompute(desk.rules, *facts, notification);
    if (!made) return made.refusal();
    return OnInvoices{std::move(*made), wholly_accepted(db, id),
                      signed_plan->rules_version != desk.rules.version};
}

}  // namespace deodat::adviser_desk
