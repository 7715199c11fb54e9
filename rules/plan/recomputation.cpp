#include "rules/plan/recomputation.h"

#include <algorithm>

#include "ledger/base/text.h"
#include "rules/engine/wording.h"

namespace deodat::rules {
namespace {

using Trouble = std::optional<Refusal>;  // nothing when all is well

Trouble check(const RuleSet& rules, const Facts& facts, const Notification& notification) {
    for (std::size_t i = 0; i < notification.aids.size(); ++i) {
        const NotifiedAid& notified = notification.aids[i];
        const std::string field = "notified[" + std::to_string(i) + "]";
        const auto same = [&](const auto& other) { return other.aid == notified.aid; };
        if (!rules.index_of(notified.aid) && std::ranges::none_of(facts.given_aids, same)) {
            return Refusal{Code::aid_unknown, field + ".aid",
                           "Aucune aide ne s'appelle « " + shown(notified.aid) + " »."};
        }
        const auto here = notification.aids.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::any_of(notification.aids.begin(), here, same)) {
            return Refusal{Code::duplicate, field + ".aid",
                           "L'aide « " + shown(notified.aid) +
                               " » est notifiée deux fois : il faut un seul montant par aide."};
        }
        if (notified.amount.is_negative() || notified.received.is_negative()) {
            return Refusal{Code::out_of_range, field,
                           "Les montants notifié et reçu de « " + shown(notified.aid) +
                               " » ne peuvent être négatifs."};
        }
    }
    return std::nullopt;
}

// Aids decided outside the rules are not theirs to recompute.
NotifiedAmounts bounds_of(const RuleSet& rules, const Notification& notification) {
    NotifiedAmounts bounds;
    for (const NotifiedAid& notified : notification.aids) {
        if (const auto index = rules.index_of(notified.aid)) bounds[*index] = notified.amount;
    }
    return bounds;
}

const Aid& any_version(const RuleSet& rules, const std::string& id) {
    return *std::ranges::find(rules.aids, id, &Aid::id);
}

std::string amounts(const RecomputedAid& line) {
    return line.label + " : notifié " + french(line.notified) + ", recalculé " +
           french(line.recomputed) + ", retenu " + french(line.retained) + ".";
}

// How the base moved from the quotes to the invoices, at which rate.
std::string base_sentence(const PlannedAid* quoted, const PlannedAid& invoiced) {
    if (!invoiced.base) return "";
    const std::string rate =
        invoiced.rate_bp ? ", au taux de " + french_rate(*invoiced.rate_bp) : "";
    const bool capped = invoiced.base_cap && *invoiced.base == *invoiced.base_cap;
    const std::string now = french(*invoiced.base) + (capped ? " (plafond de la base)" : "");
    if (quoted == nullptr || !quoted->base) return " La base est de " + now + rate + ".";
    const Money before = *quoted->base;
    if (before == *invoiced.base) return " La base reste de " + now + rate + ".";
    return std::string(" La base ") + (before > *invoiced.base ? "baisse" : "monte") + " de " +
           french(before) + " à " + now + rate + ".";
}

std::string limits_that_cut(const Plan& plan, AidIndex index) {
    std::string names;
    for (const LimitOutcome& outcome : plan.limits) {
        const auto& cuts = outcome.limit->cuts;
        if (!outcome.cut.is_positive() || std::ranges::find(cuts, index) == cuts.end()) {
            continue;
        }
        names += (names.empty() ? "« " : ", « ") + outcome.limit->label + " » (" +
                 french(outcome.ceiling) + ")";
    }
    return names;
}

std::string decision_sentence(const Plan& plan, const RecomputedAid& line,
                              const PlannedAid* planned) {
    std::string reasons;
    switch (line.decision) {
        case Decision::as_notified:
            return " Le calcul sur factures confirme le montant notifié.";
        case Decision::notified_lower:
            return " Le montant notifié est le plus bas : il ne peut être dépassé.";
        case Decision::recomputed_lower:
            return " Le montant recalculé est le plus bas : il remplace le montant notifié.";
        case Decision::limit_cut:
            return " Des deux montants, le plus bas est " + french(line.retained + line.limit_cut) +
                   " ; réduit de " + french(line.limit_cut) + " par " +
                   limits_that_cut(plan, planned->aid->index) + ".";
        case Decision::no_longer_granted:
            for (const Reason& reason : planned->reasons()) reasons += " " + reason.message;
            return " L'aide n'est plus due." + reasons;
        case Decision::not_open:
            return " Cette aide n'est pas ouverte à ce dossier à sa date de dépôt.";
        case Decision::given:
            return " Décidé hors des règles : le montant ne change pas.";
        case Decision::never_notified:
            return "";
    }
    return "";
}

std::string balance_sentence(const RecomputedAid& line) {
    if (line.received.is_zero()) return "";
    const std::string received = " Déjà reçu " + french(line.received);
    if (line.balance().is_negative()) {
        return received + " : " + french(-line.balance()) + " à reverser au financeur.";
    }
    return received + " ; solde " + french(line.balance()) + ".";
}

Decision decision_of(const RecomputedAid& line) {
    if (line.limit_cut.is_positive()) return Decision::limit_cut;
    if (line.recomputed == line.notified) return Decision::as_notified;
    return line.recomputed < line.notified ? Decision::recomputed_lower : Decision::notified_lower;
}

void name(RecomputedAid& line, const Aid& aid) {
    line.label = aid.label;
    line.funder = aid.funder;
}

// One line of what the given aids of that name hold together.
bool read_given(const Facts& facts, RecomputedAid& line) {
    bool found = false;
    for (const GivenAid& given : facts.given_aids) {
        if (given.aid != line.aid) continue;
        line.label = given.aid;
        line.funder = given.funder;
        line.recomputed += given.amount;
        found = true;
    }
    if (!found) return false;
    line.retained = line.recomputed;
    line.decision = Decision::given;
    return true;
}

void read_planned(const PlannedAid& planned, RecomputedAid& line) {
    name(line, *planned.aid);
    line.recomputed = planned.before_limit;
    line.retained = planned.amount;
    line.limit_cut = std::min(line.recomputed, line.notified) - line.retained;
    line.decision = planned.eligible ? decision_of(line) : Decision::no_longer_granted;
}

RecomputedAid recomputed(const RuleSet& rules, const Facts& facts, const NotifiedAid& notified,
                         const Plan& plan, const std::optional<Plan>& quoted) {
    RecomputedAid line;
    line.aid = notified.aid;
    line.notified = notified.amount;
    line.received = notified.received;
    const PlannedAid* planned = plan.aid(notified.aid);
    std::string base;
    if (read_given(facts, line)) {
        planned = nullptr;
    } else if (planned != nullptr) {
        read_planned(*planned, line);
        if (planned->eligible) {
            base = base_sentence(quoted ? quoted->aid(notified.aid) : nullptr, *planned);
        }
    } else {
        name(line, any_version(rules, notified.aid));
        line.decision = Decision::not_open;
    }
    line.text =
        amounts(line) + base + decision_sentence(plan, line, planned) + balance_sentence(line);
    return line;
}

RecomputedAid never_notified(const PlannedAid& planned) {
    RecomputedAid line;
    line.aid = planned.aid->id;
    name(line, *planned.aid);
    line.recomputed = planned.before_limit;
    line.decision = Decision::never_notified;
    line.text = line.label + " : calculé " + french(line.recomputed) +
                ", jamais notifié. Rien n'est accordé.";
    return line;
}

LotDifference& lot_of(std::vector<LotDifference>& lots, const std::string& trade) {
    for (LotDifference& lot : lots) {
        if (lot.trade == trade) return lot;
    }
    lots.push_back({trade, {}, {}, {}, {}, ""});
    return lots.back();
}

bool holds(const std::vector<WorksLine>& lines, const std::string& trade) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const WorksLine& line) { return line.trade == trade; });
}

std::string lot_sentence(const LotDifference& lot, bool quoted, bool invoiced) {
    const std::string text = lot.trade + " : ";
    if (!quoted) return text + french(lot.invoiced_ht) + " HT facturés, absents des devis.";
    if (!invoiced) return text + french(lot.quoted_ht) + " HT au devis, aucune facture.";
    const Money more = lot.invoiced_ht - lot.quoted_ht;
    const std::string both = text + "devis " + french(lot.quoted_ht) + " HT, factures " +
                             french(lot.invoiced_ht) + " HT";
    if (more.is_zero()) return both + ", sans écart.";
    return both + ", soit " + french(more.is_negative() ? -more : more) +
           (more.is_negative() ? " de moins." : " de plus.");
}

std::vector<LotDifference> lots_of(const std::vector<WorksLine>& quoted,
                                   const std::vector<WorksLine>& invoiced) {
    std::vector<LotDifference> lots;
    if (quoted.empty()) return lots;
    for (const WorksLine& line : quoted) {
        LotDifference& lot = lot_of(lots, line.trade);
        lot.quoted_ht += line.amount_ht;
        lot.quoted_ttc += line.ttc();
    }
    for (const WorksLine& line : invoiced) {
        LotDifference& lot = lot_of(lots, line.trade);
        lot.invoiced_ht += line.amount_ht;
        lot.invoiced_ttc += line.ttc();
    }
    for (LotDifference& lot : lots) {
        lot.text = lot_sentence(lot, holds(quoted, lot.trade), holds(invoiced, lot.trade));
    }
    return lots;
}

std::string limit_sentence(const LimitOutcome& outcome) {
    std::string text = outcome.limit->label + " : aides comptées " + french(outcome.counted) +
                       " pour un plafond de " + french(outcome.ceiling);
    if (outcome.counted == outcome.ceiling) return text + ", atteint sans être dépassé.";
    if (outcome.counted < outcome.ceiling) return text + ", non atteint.";
    text += ", réduction de " + french(outcome.cut);
    if (outcome.excess.is_positive()) text += " ; dépassement restant " + french(outcome.excess);
    return text + ".";
}

std::string total_sentence(const Plan& plan, const std::optional<Plan>& quoted) {
    const std::string before =
        quoted ? " (devis : " + french(quoted->works_ttc) + ")" : std::string();
    const std::string others = plan.other_costs.is_positive()
                                   ? ", autres coûts " + french(plan.other_costs)
                                   : std::string();
    return "Travaux TTC facturés " + french(plan.works_ttc) + before + others +
           ", aides retenues " + french(plan.total_aid) + ", reste à charge " +
           french(plan.remaining_cost) + ".";
}

}  // namespace

std::string_view decision_name(Decision decision) {
    switch (decision) {
        case Decision::as_notified:
            return "as_notified";
        case Decision::notified_lower:
            return "notified_lower";
        case Decision::recomputed_lower:
            return "recomputed_lower";
        case Decision::limit_cut:
            return "limit_cut";
        case Decision::no_longer_granted:
            return "no_longer_granted";
        case Decision::not_open:
            return "not_open";
        case Decision::given:
            return "given";
        case Decision::never_notified:
            return "never_notified";
    }
    return "";
}

Result<Recomputation> recompute(const RuleSet& rules, const Facts& facts,
                                const Notification& notification) {
    if (Trouble trouble = check(rules, facts, notification)) return *trouble;
    const NotifiedAmounts bounds = bounds_of(rules, notification);
    Result<Plan> plan = plan_within(rules, facts, bounds);
    if (!plan) return plan.refusal();
    std::optional<Plan> quoted;
    if (!notification.quoted_lines.empty()) {
        Facts then = facts;
        then.lines = notification.quoted_lines;
        then.derive();
        Result<Plan> made = plan_within(rules, then, bounds);
        if (!made) return made.refusal();
        quoted = std::move(*made);
    }
    Recomputation out;
    for (const NotifiedAid& notified : notification.aids) {
        out.aids.push_back(recomputed(rules, facts, notified, *plan, quoted));
    }
    for (const PlannedAid& planned : plan->aids) {
        const bool left = planned.aside == Aside::not_notified;
        if (left && planned.before_limit.is_positive()) out.aids.push_back(never_notified(planned));
    }
    out.lots = lots_of(notification.quoted_lines, facts.lines);
    for (const LimitOutcome& outcome : plan->limits) out.limits.push_back(limit_sentence(outcome));
    out.total = total_sentence(*plan, quoted);
    out.plan = std::move(*plan);
    return out;
}

std::string recomputation_text(const Recomputation& recomputation) {
    std::string out;
    for (const RecomputedAid& line : recomputation.aids) out += line.text + "\n";
    for (const GivenAid& given : recomputation.plan.given_aids) {
        const auto& aids = recomputation.aids;
        if (std::ranges::find(aids, given.aid, &RecomputedAid::aid) != aids.end()) continue;
        out += given.aid + " (" + given.funder + ") : " + french(given.amount) +
               ", décidé hors des règles, inchangé.\n";
    }
    for (const std::string& limit : recomputation.limits) out += limit + "\n";
    for (const LotDifference& lot : recomputation.lots) out += lot.text + "\n";
    return out + recomputation.total + "\n";
}

}  // namespace deodat::rules
