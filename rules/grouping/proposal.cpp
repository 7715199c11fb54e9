#include "rules/grouping/proposal.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "ledger/base/canonical.h"
#include "ledger/base/text.h"
#include "rules/grouping/clusters.h"
#include "rules/grouping/expected_value.h"
#include "rules/grouping/gathering.h"
#include "rules/grouping/likeness.h"
#include "rules/grouping/proposal_input.h"

namespace deodat::rules::grouping {
namespace {

const Agreement* prices_of(const ProposalRequest& request, std::string_view trade) {
    const auto found =
        std::ranges::find(request.prices, trade, [](const auto& row) { return row.trade; });
    return found == request.prices.end() ? nullptr : &found->agreement;
}

std::int64_t farthest(const Candidate& from, const Members& members) {
    std::int64_t out = 0;
    for (const Candidate* const other : members) {
        out = std::max(out, squared_distance(*from.position, *other->position));
    }
    return out;
}

const Candidate& central_house(const Members& members) {
    return **std::ranges::min_element(
        members, {}, [&](const Candidate* one) { return farthest(*one, members); });
}

std::int64_t likeness_with_others(const Candidate& one, const Members& members) {
    std::int64_t sum = 0;
    for (const Candidate* const other : members) {
        if (other != &one) sum += likeness_half_points(one.typology, other->typology);
    }
    const std::int64_t others = std::ssize(members) - 1;
    constexpr std::int64_t alone = 100;
    return others == 0 ? alone : sum / (others * half_points_a_point);
}

void expect(ProposedBatch& out, const ProposalRequest& request, const Members& members) {
    const Agreement* const prices = prices_of(request, out.trade);
    if (prices == nullptr) return;
    out.unpriced = unpriced(members, *prices);
    if (!out.unpriced.empty()) return;
    const auto expected = expected_value(members, *prices, request.parameters.drop_out_bp);
    out.value = expected.value;
    out.houses_min = expected.houses_min;
}

ProposedBatch proposed(const ProposalRequest& request, const Gathered& gathered) {
    const Members& members = gathered.members;
    const ProposalParameters& wanted = request.parameters;
    const std::int64_t size = std::ssize(members);
    const Candidate& central = central_house(members);
    const auto size_min = static_cast<std::int64_t>(wanted.size_min(setting_of(request, members)));
    ProposedBatch out{members.front()->programme,
                      std::string(members.front()->trade()),
                      {},
                      gathered.wave,
                      gathered.start,
                      gathered.start,
                      std::max<std::int64_t>(0, size_min - size),
                      wanted.target_min <= size && size <= wanted.target_max,
                      central.id,
                      metres(squared_diameter(members)),
                      mean_likeness(members) / half_points_a_point,
                      gathered.variants,
                      {},
                      {},
                      {},
                      {}};
    std::set<std::string> neighbourhoods;
    for (const Candidate* const one : members) {
        neighbourhoods.insert(request.neighbourhoods[one->neighbourhood].id);
        out.end = std::max(out.end, gathered.start.plus(one->works_months - 1));
        out.members.push_back({one->id, metres(squared_distance(*one->position, *central.position)),
                               likeness_with_others(*one, members), one->first_start(request.as_of),
                               one->last_start()});
    }
    out.neighbourhoods.assign(neighbourhoods.begin(), neighbourhoods.end());
    expect(out, request, members);
    return out;
}

void put_best_first(std::vector<ProposedBatch>& batches) {
    std::ranges::stable_sort(batches, {}, [](const ProposedBatch& one) {
        return std::tuple(one.waits(), !one.value, one.value ? -*one.value : Money(),
                          -std::ssize(one.members), one.diameter_m,
                          std::string_view(one.members.front().id), std::string_view(one.trade),
                          std::string_view(one.programme));
    });
}

}  // namespace

Result<Proposal> propose(ProposalRequest request) {
    if (const auto checked = check(request); !checked) return checked.refusal();
    put_in_order(request);
    Proposal out{request.parameters, hexadecimal(sha256(canonical_bytes(request))), {}, {}};
    std::map<std::pair<std::string, std::string>, Members> blocks;  // by programme and trade
    for (const Candidate& one : request.candidates) {
        auto against = obstacles(one, request.as_of);
        if (against.empty()) {
            blocks[{one.programme, std::string(one.trade())}].push_back(&one);
        } else {
            out.rejections.push_back(
                {one.id, one.programme, std::string(one.trade()), std::move(against)});
        }
    }
    for (const auto& [key, block] : blocks) {
        for (const Gathered& gathered : gather(request, block)) {
            out.batches.push_back(proposed(request, gathered));
        }
    }
    put_best_first(out.batches);
    return out;
}

}  // namespace deodat::rules::grouping
