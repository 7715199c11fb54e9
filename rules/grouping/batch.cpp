#include "rules/grouping/batch.h"

#include <algorithm>
#include <set>

#include "ledger/base/text.h"

namespace deodat::rules::grouping {
namespace {

using Trouble = std::optional<Refusal>;

std::string at(const char* list, std::size_t index, const char* field) {
    return std::string(list) + "[" + std::to_string(index) + "]." + field;
}

Trouble member_wrong(const Member& member, std::size_t index) {
    Money whole;
    for (const WorksLine& line : member.works) whole += line.ttc();
    whole += member.solo_shared;
    if (!member.works_ht().is_positive()) {
        return Refusal{Code::amount_not_positive, at("members", index, "amount_ht_cents"),
                       "« " + shown(member.id) +
                           " » n'a pas de travaux dans l'opération : il faut un montant positif."};
    }
    if (whole > household_max) {
        return Refusal{
            Code::amount_out_of_range, at("members", index, "amount_ht_cents"),
            "« " + shown(member.id) + " » dépasse " + french(household_max) + " de travaux."};
    }
    return std::nullopt;
}

Trouble key_missing(const Member& member, std::size_t index, const SharedCost& cost) {
    const bool surface = cost.key == ShareKey::surface && !member.facade_dm2;
    const bool use = cost.key == ShareKey::use && !member.use_weeks;
    if (!surface && !use) return std::nullopt;
    const char* field = surface ? "facade_dm2" : "use_weeks";
    return Refusal{Code::missing, at("members", index, field),
                   "Il manque " + at("members", index, field) + " : « " + shown(cost.label) +
                       " » est réparti selon cette clé."};
}

Trouble cost_wrong(const Batch& batch, std::size_t index) {
    const SharedCost& cost = batch.agreement.shared_costs[index];
    const std::string field = at("batch.shared_costs", index, "members");
    std::set<std::string> concerned;
    if (cost.members) {
        for (const std::string& id : *cost.members) {
            const bool known = std::ranges::any_of(
                batch.members, [&](const Member& member) { return member.id == id; });
            if (!known || !concerned.insert(id).second) {
                return Refusal{known ? Code::duplicate : Code::not_found, field,
                               "« " + shown(id) + " » " +
                                   (known ? "est nommé deux fois dans "
                                          : "n'est pas un membre de l'opération : ") +
                                   field + "."};
            }
        }
        if (cost.members->empty()) {
            return Refusal{Code::missing, field, field + " est vide : qui porte ce coût ?"};
        }
    }
    for (std::size_t i = 0; i < batch.members.size(); ++i) {
        if (cost.members && !concerned.contains(batch.members[i].id)) continue;
        if (Trouble trouble = key_missing(batch.members[i], i, cost)) return trouble;
    }
    return std::nullopt;
}

}  // namespace

Money Member::works_ht() const {
    Money sum;
    for (const WorksLine& line : works) sum += line.amount_ht;
    return sum;
}

Result<Done> check(const Batch& batch) {
    if (const auto agreed = check(batch.agreement, "batch"); !agreed) return agreed.refusal();
    if (batch.members.empty() || batch.members.size() > members_max ||
        batch.agreement.shared_costs.size() > shared_costs_max) {
        return Refusal{Code::out_of_range, "members",
                       "L'opération compte " + std::to_string(batch.members.size()) +
                           " membres : il en faut de 1 à " + std::to_string(members_max) + ", et " +
                           std::to_string(shared_costs_max) + " coûts communs au plus."};
    }
    std::set<std::string> ids;
    for (std::size_t i = 0; i < batch.members.size(); ++i) {
        if (Trouble trouble = member_wrong(batch.members[i], i)) return *trouble;
        if (ids.insert(batch.members[i].id).second) continue;
        return Refusal{Code::duplicate, at("members", i, "id"),
                       "Le membre « " + shown(batch.members[i].id) + " » est donné deux fois."};
    }
    Money shared;
    for (std::size_t i = 0; i < batch.agreement.shared_costs.size(); ++i) {
        shared += batch.agreement.shared_costs[i].amount_ht;
        if (Trouble trouble = cost_wrong(batch, i)) return *trouble;
    }
    if (shared > household_max) {
        return Refusal{Code::amount_out_of_range, "batch.shared_costs",
                       "Les coûts communs dépassent " + french(household_max) + "."};
    }
    return Done{};
}

}  // namespace deodat::rules::grouping
