// deodat rules diff OLD NEW --facts FILE.jsonl [--json]
//
// OLD and NEW are directories of .rules files, or the word `embedded`: the rules inside the
// program. Plans each line of facts under both; a table a case that changes, then the sums. With
// --json, one line of JSON a case that changes, and one for the summary.
#include <iostream>
#include <sstream>

#include "api/cli/options.h"
#include "api/cli/rule_choice.h"
#include "api/cli/rules/subcommands.h"
#include "api/cli/table.h"
#include "rules/engine/wording.h"
#include "rules/plan/portfolio_difference.h"

namespace deodat::cli::rule_tools {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string signed_french(std::int64_t cents) {
    if (cents == 0) return "=";
    return (cents > 0 ? "+" : "") + rules::french_cents(cents);
}

std::string standing(rules::Standing standing, Money amount) {
    if (standing == rules::Standing::granted) return french(amount);
    return std::string(rules::standing_french(standing));
}

std::vector<std::string> row(const std::string& id, const std::string& label,
                             const rules::Change<Money>& change) {
    return {id, label, french(change.before), french(change.after),
            signed_french(rules::gain(change).cents())};
}

std::string ceiling(const std::optional<rules::LimitDifference::Side>& side) {
    if (!side) return "sans effet";
    std::string out = french(side->ceiling);
    if (side->cut.is_positive()) out += ", réduit de " + french(side->cut);
    if (side->excess.is_positive()) out += ", dépassé de " + french(side->excess);
    return out;
}

void show(const std::string& what, const std::vector<rules::Reason>& reasons) {
    for (const rules::Reason& reason : reasons) {
        std::cout << "  " << what << " : " << reason.message << '\n';
    }
}

void show_reasons(const rules::PlanDifference& plans) {
    for (const rules::AidDifference& aid : plans.aids) {
        show(aid.id + ", nouveau refus", aid.reasons.appeared);
        show(aid.id + ", refus levé", aid.reasons.gone);
        show(aid.id + ", à vérifier en plus", aid.to_verify.appeared);
        show(aid.id + ", n'est plus à vérifier", aid.to_verify.gone);
    }
    show("nouvel avertissement", plans.notices.appeared);
    show("avertissement levé", plans.notices.gone);
}

void show(const rules::PlanDifference& plans) {
    Rows rows = {{"", "", "AVANT", "APRÈS", "DIFFÉRENCE"}};
    if (plans.income_class.any()) {
        const auto name = [](rules::IncomeClass level) {
            return std::string(
                rules::income_classes().values[static_cast<std::size_t>(level)].french);
        };
        rows.push_back({"", "catégorie de revenus", name(plans.income_class.before),
                        name(plans.income_class.after), ""});
    }
    for (const rules::AidDifference& aid : plans.aids) {
        rows.push_back({aid.id, aid.label, standing(aid.standing.before, aid.amount.before),
                        standing(aid.standing.after, aid.amount.after),
                        signed_french(rules::gain(aid.amount).cents())});
        if (aid.advance.any()) rows.push_back(row("", "  dont avance", aid.advance));
    }
    for (const rules::LimitDifference& limit : plans.limits) {
        rows.push_back(
            {limit.id, limit.label, ceiling(limit.sides.before), ceiling(limit.sides.after), ""});
    }
    rows.push_back(row("", "total des aides", plans.total_aid));
    rows.push_back(row("", "reste à charge", plans.remaining_cost));
    show_table(rows, "  ");
    show_reasons(plans);
}

void show(const rules::CaseDifference& one) {
    std::cout << "Ligne " << one.line << '\n';
    if (one.plans) show(*one.plans);
    if (one.refused_before)
        std::cout << "  avant, refusé : " << one.refused_before->message << '\n';
    if (one.refused_after) std::cout << "  après, refusé : " << one.refused_after->message << '\n';
    if (!one.refused_before && one.refused_after) std::cout << "  avant, un plan\n";
    if (one.refused_before && !one.refused_after) std::cout << "  après, un plan\n";
    std::cout << '\n';
}

void show(const rules::PortfolioDifference& all) {
    std::cout << counted(all.cases, "cas", "cas") << ", "
              << (all.changed == 0 ? "aucun ne change" : counted(all.changed, "change", "changent"))
              << '\n';
    if (all.unreadable > 0) {
        std::cout << counted(all.unreadable, "ligne illisible", "lignes illisibles") << '\n';
    }
    if (all.refused_by_both > 0) {
        std::cout << all.refused_by_both << " sans plan, avant comme après\n";
    }
    if (all.refusals_appeared > 0) std::cout << all.refusals_appeared << " sans plan désormais\n";
    if (all.refusals_gone > 0) std::cout << all.refusals_gone << " sans plan auparavant\n";
    if (all.changed == 0) return;
    Rows rows = {{"", "", "CAS", "DIFFÉRENCE"}};
    for (const auto& [id, aid] : all.aids) {
        rows.push_back({id, aid.label, std::to_string(aid.cases), signed_french(aid.cents)});
    }
    rows.push_back({"", "total des aides", "", signed_french(all.total_aid_cents)});
    rows.push_back({"", "reste à charge", "", signed_french(all.remaining_cost_cents)});
    show_table(rows, "  ");
    if (all.largest_gain) {
        std::cout << "Plus grand gain d'un ménage : " << signed_french(all.largest_gain->cents)
                  << " d'aides, ligne " << all.largest_gain->line << '\n';
    }
    if (all.largest_loss) {
        std::cout << "Plus grande perte d'un ménage : " << signed_french(all.largest_loss->cents)
                  << " d'aides, ligne " << all.largest_loss->line << '\n';
    }
}

std::unique_ptr<const rules::RuleSet> chosen(const std::string& name) {
    return load_rules(name == "embedded" ? "" : name);
}

Exit compare(std::istream& lines, const rules::RuleSet& before, const rules::RuleSet& after,
             bool json) {
    rules::PortfolioDifference all;
    std::string line;
    while (std::getline(lines, line)) {
        if (all.cases == rules::portfolio_cases_max) {
            return refuse({Code::out_of_range, "--facts",
                           "Le fichier compte plus de " +
                               std::to_string(rules::portfolio_cases_max) + " lignes."});
        }
        const rules::CaseDifference one = rules::compare_case(all.cases + 1, line, before, after);
        all.add(one);
        if (one.unreadable) {
            std::cerr << "ligne " << one.line << " : " << one.unreadable->message << '\n';
        }
        const bool said = one.changed() || (json && one.unreadable);
        if (said && json) std::cout << rules::case_json(one) << '\n';
        if (said && !json) show(one);
    }
    if (json) {
        std::cout << rules::summary_json(all) << '\n';
    } else {
        show(all);
    }
    return all.unreadable > 0 ? Exit::refused : Exit::done;
}

}  // namespace

Exit diff(Arguments arguments) {
    const Result<Options> options = Options::read(arguments, {"--json"}, {"--facts"});
    if (!options) return refuse(options.refusal());
    if (options->positional().size() != 2 || !options->has("--facts")) {
        return refuse(
            {Code::usage, "",
             "rules diff attend ANCIENNES NOUVELLES --facts FICHIER.jsonl : deux dossiers "
             "de règles, ou « embedded » pour celles du programme."});
    }
    const std::unique_ptr<const rules::RuleSet> before = chosen(options->positional()[0]);
    const std::unique_ptr<const rules::RuleSet> after = chosen(options->positional()[1]);
    if (before == nullptr || after == nullptr) return Exit::refused;
    const Result<std::string> facts = read_input(options->value("--facts"));
    if (!facts) return refuse(facts.refusal());
    std::istringstream lines(*facts);
    return compare(lines, *before, *after, options->has("--json"));
}

}  // namespace deodat::cli::rule_tools
