#include "rules/plan/what_if.h"

#include <algorithm>
#include <array>

#include "ledger/base/text.h"

namespace deodat::rules {
namespace {

using Trouble = std::optional<Refusal>;  // nothing when all is well

std::string trades_of(const Facts& facts) {
    std::string out;
    for (const WorksLine& line : facts.lines) out += (out.empty() ? "" : ", ") + line.trade;
    return out;
}

// One supposition made on the facts; `field` names it in a refusal.
struct Make {
    Facts& facts;
    std::string field;

    Trouble operator()(const DropTrade& drop) const {
        const std::size_t dropped = std::erase_if(
            facts.lines, [&](const WorksLine& line) { return line.trade == drop.trade; });
        if (dropped > 0) return std::nullopt;
        return Refusal{Code::not_found, field + ".drop_trade",
                       "Aucune ligne de travaux n'est du lot « " + shown(drop.trade) +
                           " » ; les lots sont : " + shown(trades_of(facts)) + "."};
    }

    Trouble operator()(const DropLine& drop) const {
        if (drop.index < facts.lines.size()) {
            facts.lines.erase(facts.lines.begin() + static_cast<std::ptrdiff_t>(drop.index));
            return std::nullopt;
        }
        return Refusal{Code::not_found, field + ".drop_line",
                       "La ligne " + std::to_string(drop.index) + " n'existe pas : il y a " +
                           std::to_string(facts.lines.size()) +
                           " lignes de travaux, numérotées à partir de 0."};
    }

    Trouble operator()(const AddLine& add) const {
        if (facts.lines.size() < works_lines_max) {
            facts.lines.push_back(add.line);
            return std::nullopt;
        }
        return Refusal{Code::out_of_range, field + ".add_line",
                       "Il y a déjà " + std::to_string(works_lines_max) +
                           " lignes de travaux, autant qu'un dossier en peut tenir."};
    }

    Trouble operator()(const SetFact& set) const {
        DEODAT_ASSERT(fact(set.id).need != Need::derived, "a derived fact is never set");
        if (set.value) {
            facts.set(set.id, *set.value);
        } else {
            facts.clear(set.id);
        }
        return std::nullopt;
    }

    Trouble operator()(const SetScheme& set) const {
        facts.scheme = set.scheme;
        return std::nullopt;
    }
};

// A table of four columns, for a fixed-width font: the first to the left, figures to the right.
using Row = std::array<std::string, 4>;

std::string table_text(const std::vector<Row>& rows) {
    std::array<std::size_t, 4> widths{};
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], code_points(row[i]));
        }
    }
    std::string out;
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string blanks(widths[i] - code_points(row[i]), ' ');
            out += i == 0 ? row[i] + blanks : "  " + blanks + row[i];
        }
        out += '\n';
    }
    return out;
}

std::string signed_french(Money amount) {
    return (amount.is_positive() ? "+" : "") + french(amount);
}

Row money_row(std::string label, Money before, Money after) {
    return {std::move(label), french(before), french(after), signed_french(after - before)};
}

Money granted(const PlannedAid* planned) {
    return planned != nullptr && planned->chosen ? planned->amount : Money();
}

std::string standing_cell(const PlannedAid* planned) {
    if (planned == nullptr) return std::string(standing_french(Standing::absent));
    if (!planned->eligible) return std::string(standing_french(Standing::refused));
    if (!planned->chosen) return std::string(standing_french(Standing::left));
    return french(planned->amount);
}

void add_aid(std::vector<Row>& rows, const PlannedAid* before, const PlannedAid* after) {
    const Money gained = granted(after) - granted(before);
    rows.push_back({(after != nullptr ? after : before)->aid->label, standing_cell(before),
                    standing_cell(after), signed_french(gained)});
}

std::string class_text(IncomeClass income_class) {
    return std::string(income_classes().values[static_cast<std::size_t>(income_class)].french);
}

std::string reasons_text(const PlanDifference& difference) {
    std::string out;
    for (const AidDifference& aid : difference.aids) {
        for (const Reason& reason : aid.reasons.appeared) {
            out += aid.label + " : " + reason.message + "\n";
        }
        for (const Reason& reason : aid.reasons.gone) {
            out += aid.label + " : cet obstacle tombe : " + reason.message + "\n";
        }
    }
    for (const Reason& notice : difference.notices.appeared) out += notice.message + "\n";
    return out;
}

}  // namespace

Result<Facts> supposing(const Facts& facts, std::span<const Supposition> suppositions) {
    Facts changed = facts;
    for (std::size_t i = 0; i < suppositions.size(); ++i) {
        const Make make{changed, "changes[" + std::to_string(i) + "]"};
        if (Trouble trouble = std::visit(make, suppositions[i])) return *trouble;
    }
    if (const std::optional<FactId> absent = changed.first_missing()) {
        const std::string field(fact(*absent).json);
        return Refusal{Code::missing, field,
                       "Il manque " + field + ", sans quoi aucun montant ne peut être calculé."};
    }
    if (changed.lines.empty()) {
        return Refusal{Code::missing, "works.lines",
                       "Ces changements retirent la dernière ligne de travaux : il en faut au "
                       "moins une."};
    }
    changed.derive();
    return changed;
}

Result<WhatIf> what_if(const RuleSet& rules, const Facts& facts,
                       std::span<const Supposition> suppositions) {
    const Result<Facts> changed = supposing(facts, suppositions);
    if (!changed) return changed.refusal();
    Result<Plan> before = plan(rules, facts);
    if (!before) return before.refusal();
    Result<Plan> after = plan(rules, *changed);
    if (!after) return after.refusal();
    PlanDifference differs = difference(*before, *after);
    return WhatIf{std::move(*before), std::move(*after), std::move(differs)};
}

std::string what_if_text(const WhatIf& answer) {
    const Plan& before = answer.before;
    const Plan& after = answer.after;
    std::vector<Row> rows = {{"", "AVANT", "APRÈS", "ÉCART"}};
    rows.push_back({"Catégorie de revenus", class_text(before.income_class),
                    class_text(after.income_class), ""});
    rows.push_back(money_row("Travaux TTC", before.works_ttc, after.works_ttc));
    if (before.other_costs.is_positive() || after.other_costs.is_positive()) {
        rows.push_back(money_row("Autres coûts", before.other_costs, after.other_costs));
    }
    for (const PlannedAid& aid : after.aids) add_aid(rows, before.aid(aid.aid->id), &aid);
    for (const PlannedAid& aid : before.aids) {
        if (after.aid(aid.aid->id) == nullptr) add_aid(rows, &aid, nullptr);
    }
    for (const GivenAid& given : after.given_aids) {
        rows.push_back(money_row(given.aid, given.amount, given.amount));
    }
    rows.push_back(money_row("Total des aides", before.total_aid, after.total_aid));
    rows.push_back(money_row("Reste à charge", before.remaining_cost, after.remaining_cost));
    return table_text(rows) + reasons_text(answer.difference);
}

}  // namespace deodat::rules
