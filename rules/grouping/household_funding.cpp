#include "rules/grouping/household_funding.h"

#include <algorithm>
#include <map>

#include "ledger/base/split.h"
#include "ledger/base/text.h"
#include "rules/grouping/standard_dossier.h"
#include "rules/plan/plan.h"

namespace deodat::rules::grouping {
namespace {

// HT by VAT rate, by ascending rate.
std::map<std::int64_t, Money> by_rate(const std::vector<WorksLine>& lines) {
    std::map<std::int64_t, Money> out;
    for (const WorksLine& line : lines) out[line.vat_bp] += line.amount_ht;
    return out;
}

Money ttc_of(const std::vector<WorksLine>& lines, bool eligible_only) {
    std::map<std::int64_t, Money> rates;
    for (const WorksLine& line : lines) {
        if (line.eligible || !eligible_only) rates[line.vat_bp] += line.amount_ht;
    }
    Money sum;
    for (const auto& [rate, ht] : rates) {
        sum += ht + part_of(ht, Ratio::basis_points(rate), Rounding::half_up);
    }
    return sum;
}

Funding by_parameters(const AidParameters& parameters, const Profile& profile,
                      const std::vector<WorksLine>& lines) {
    const auto income = static_cast<std::size_t>(profile.income_class);
    Money eligible;
    for (const WorksLine& line : lines) {
        if (line.eligible) eligible += line.amount_ht;
    }
    Money national;
    if (profile.class_jump >= 2) {
        const Money cap = parameters.cap_ht[profile.class_jump >= 3 ? 1 : 0];
        national = part_of(std::min(eligible, cap), Ratio::basis_points(parameters.rate_bp[income]),
                           parameters.rounding);
    }
    Funding out;
    out.ttc = invoiced_ttc(lines);
    const Money ceiling =
        part_of(out.ttc, Ratio::basis_points(parameters.limit_bp[income]), Rounding::half_up);
    // The national aid is cut first; only the sum is kept.
    out.aid = std::min(national + parameters.flat_local[income], ceiling);
    out.remaining = out.ttc - out.aid;
    return out;
}

Result<Funding> by_rules(const RuleSet& rules, Facts facts, std::vector<WorksLine> lines) {
    facts.lines = std::move(lines);
    facts.derive();
    // The invoice's VAT, rounded once a rate, goes before the sum of rounded lines.
    facts.set(FactId::works_ttc, invoiced_ttc(facts.lines).cents());
    facts.set(FactId::eligible_ttc, ttc_of(facts.lines, true).cents());
    const Result<Plan> made = plan(rules, facts);
    if (!made) return made.refusal();
    return Funding{made->works_ttc, made->total_aid, made->remaining_cost};
}

}  // namespace

void spread(Money amount, const std::vector<WorksLine>& works, std::vector<WorksLine>& lines) {
    std::vector<SplitWeight> rates;
    for (const auto& [rate, ht] : by_rate(works)) rates.push_back({ht.cents(), rate});
    const std::vector<Money> of_rates = split(amount, rates);
    for (std::size_t r = 0; r < rates.size(); ++r) {
        std::vector<SplitWeight> weights;
        for (std::size_t i = 0; i < works.size(); ++i) {
            if (works[i].vat_bp != rates[r].id) continue;
            weights.push_back({works[i].amount_ht.cents(), static_cast<std::int64_t>(i)});
        }
        const std::vector<Money> parts = split(of_rates[r], weights);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            lines[static_cast<std::size_t>(weights[i].id)].amount_ht += parts[i];
        }
    }
}

Money invoiced_ttc(const std::vector<WorksLine>& lines) {
    return ttc_of(lines, false);
}

Result<Funding> funding_of(const RuleSet& rules, const Batch& batch, const Member& member,
                           std::vector<WorksLine> lines) {
    Result<Funding> out = Funding{};
    const auto* profile = std::get_if<Profile>(&member.household);
    if (profile != nullptr && batch.parameters) {
        out = by_parameters(*batch.parameters, *profile, lines);
    } else {
        Result<Facts> facts = profile != nullptr ? standard_dossier(rules, *profile)
                                                 : std::get<Facts>(member.household);
        if (!facts) return facts.refusal();
        out = by_rules(rules, std::move(*facts), std::move(lines));
    }
    if (out &&
        (out->ttc > household_max || out->aid > household_max || out->remaining > household_max)) {
        return Refusal{
            Code::amount_out_of_range, "members",
            "Le plan de « " + shown(member.id) + " » dépasse " + french(household_max) + "."};
    }
    return out;
}

}  // namespace deodat::rules::grouping
