// Goal: of every proposal drawn at random: each candidate stands in exactly one place, what a batch
// promises (distance, size, months) holds, the order given changes not a byte; and complete link is
// what its definition gives. That each kind of outcome is reached is asserted.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "rules/grouping/clusters.h"
#include "rules/grouping/proposal_json.h"
#include "tests/model/slow_clusters.h"
#include "tests/support/drawing.h"
#include "tests/support/seed.h"

namespace deodat::rules::grouping {
namespace {

using testing_support::Drawing;

TEST(BatchProposalProperties, CompleteLinkIsWhatItsDefinitionGives) {
    Drawing draw(testing_support::seed_of_this_run());
    std::int64_t joined = 0;
    for (int round = 0; round < testing_support::times_in_long_run(5) * 400; ++round) {
        // Few places on a small grid: ties abound.
        const std::int64_t side = draw.chance(50) ? 6 : 1'000;
        std::vector<Position> places;
        std::vector<model::Place> same;
        for (std::int64_t i = draw.from(0, 25); i > 0; --i) {
            places.push_back({draw.from(0, side), draw.from(0, side)});
            same.push_back({places.back().x_m, places.back().y_m});
        }
        const std::int64_t diameter = draw.from(1, side);
        const auto groups = complete_link(places, diameter);
        ASSERT_EQ(groups, model::slow_complete_link(same, diameter)) << "round " << round;
        if (groups.size() < places.size()) ++joined;
    }
    EXPECT_GT(joined, 100);
}

Typology some_typology(Drawing& draw) {
    Typology out;
    if (draw.chance(80)) out.building_period = draw.from(1, 4);
    if (draw.chance(80)) out.party_walls = draw.chance(50) ? "isolée" : "jumelée";
    if (draw.chance(80)) out.wall_material = draw.chance(50) ? "brique" : "pierre";
    if (draw.chance(80)) out.dpe_class = draw.from(3, 6);
    if (draw.chance(80)) out.living_area_m2 = draw.from(50, 150);
    if (draw.chance(80)) out.energy = draw.chance(50) ? "fioul" : "gaz";
    return out;
}

Candidate some_candidate(Drawing& draw, int number, std::size_t neighbourhoods) {
    const Month start = Month::of(Day::of(2026, 9, 1)).plus(draw.from(-6, 4));
    Candidate out{.id = "D" + std::to_string(1'000 + number),
                  .programme = draw.chance(80) ? "deodatie" : "montfermeil",
                  .works_type = draw.chance(70) ? "isolation_mur_ite" : "global",
                  .from = start,
                  .to = start.plus(draw.from(1, 12))};
    out.neighbourhood =
        static_cast<std::size_t>(draw.from(0, static_cast<std::int64_t>(neighbourhoods) - 1));
    const std::int64_t centre = static_cast<std::int64_t>(out.neighbourhood) * 500;
    if (draw.chance(97)) out.position = Position{centre + draw.from(0, 300), draw.from(0, 300)};
    out.street = "rue " + std::to_string(draw.from(1, 3));
    out.street_number = draw.from(1, 40);
    out.typology = some_typology(draw);
    out.works_months = draw.from(1, 4);
    if (draw.chance(20)) {
        out.deadlines.push_back({"Devis", Day::of(2027, 1, 15).plus_days(draw.from(0, 300))});
    }
    if (draw.chance(95)) out.consent = Consent{Day::of(2026, 3, 1)};
    out.in_perimeter = draw.chance(97);
    out.quote_signed = draw.chance(3);
    if (draw.chance(90)) out.works_ht = Money::cents(draw.from(500'000, 4'000'000));
    out.solo_shared = Money::cents(draw.from(0, 300'000));
    out.facade_dm2 = draw.from(1'000, 20'000);
    return out;
}

ProposalRequest some_request(Drawing& draw) {
    ProposalRequest out{Day::of(2026, 5, 4)};
    const auto neighbourhoods = static_cast<std::size_t>(draw.from(1, 5));
    for (std::size_t i = 0; i < neighbourhoods; ++i) {
        out.neighbourhoods.push_back({"Q" + std::to_string(draw.from(0, 9)) + std::to_string(i),
                                      draw.chance(70) ? Setting::urban : Setting::rural});
    }
    const int houses = static_cast<int>(draw.from(0, draw.chance(30) ? 200 : 30));
    for (int i = 0; i < houses; ++i) {
        out.candidates.push_back(some_candidate(draw, i, neighbourhoods));
    }
    if (draw.chance(70)) {
        out.prices = {{"ITE / façade",
                       {{{3, draw.from(0, 500)}, {7, draw.from(500, 1'200)}},
                        {{"Échafaudage", ShareKey::surface, Money::cents(draw.from(0, 3'000'000))},
                         {"Plans", ShareKey::equal, Money::cents(draw.from(0, 300'000))}}}}};
    }
    return out;
}

ProposalRequest shuffled(ProposalRequest request, Drawing& draw) {
    std::shuffle(request.candidates.begin(), request.candidates.end(), draw.random());
    std::vector<std::size_t> order(request.neighbourhoods.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), draw.random());
    std::vector<Neighbourhood> moved(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) moved[order[i]] = request.neighbourhoods[i];
    request.neighbourhoods = moved;
    for (Candidate& one : request.candidates) one.neighbourhood = order[one.neighbourhood];
    return request;
}

void expect_promises(const ProposalRequest& request, const ProposedBatch& batch) {
    std::map<std::string, const Candidate*> by_id;
    for (const Candidate& one : request.candidates) {
        if (one.trade() == batch.trade) by_id[one.id] = &one;
    }
    std::set<std::string> settings;
    std::int64_t widest = 0;
    bool urban = false;
    for (const ProposedMember& member : batch.members) {
        const Candidate& one = *by_id.at(member.id);
        ASSERT_EQ(one.programme, batch.programme);
        ASSERT_TRUE(obstacles(one, request.as_of).empty());
        ASSERT_LE(one.first_start(request.as_of), batch.start);
        ASSERT_LE(batch.start, one.last_start());
        ASSERT_LE(batch.start.plus(one.works_months - 1), batch.end);
        for (const Deadline& deadline : one.deadlines) {
            ASSERT_LT(batch.start.plus(one.works_months - 1), Month::of(deadline.day.plus_days(1)));
        }
        urban = urban || request.neighbourhoods[one.neighbourhood].setting == Setting::urban;
        for (const ProposedMember& other : batch.members) {
            widest =
                std::max(widest, squared_distance(*one.position, *by_id.at(other.id)->position));
        }
    }
    const ProposalParameters& wanted = request.parameters;
    const std::int64_t most = wanted.diameter_m(urban ? Setting::urban : Setting::rural) *
                              (batch.neighbourhoods.size() > 1 ? 2 : 1);
    ASSERT_LE(widest, most * most);
    ASSERT_EQ(batch.diameter_m, metres(widest));
    const std::int64_t size = std::ssize(batch.members);
    ASSERT_LE(size, wanted.size_max);
    const auto least =
        static_cast<std::int64_t>(wanted.size_min(urban ? Setting::urban : Setting::rural));
    ASSERT_EQ(batch.needs_more, std::max<std::int64_t>(0, least - size));
}

TEST(BatchProposalProperties, EveryCandidateHasOnePlaceAndEveryPromiseHolds) {
    Drawing draw(testing_support::seed_of_this_run());
    std::map<std::string, int> reached;
    for (int round = 0; round < testing_support::times_in_long_run(5) * 400; ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        const ProposalRequest request = some_request(draw);
        const auto made = propose(request);
        ASSERT_TRUE(made) << made.refusal().message;
        std::multiset<std::pair<std::string, std::string>> placed;
        for (const ProposedBatch& batch : made->batches) {
            ASSERT_NO_FATAL_FAILURE(expect_promises(request, batch));
            for (const ProposedMember& member : batch.members) {
                placed.emplace(member.id, batch.trade);
            }
            if (batch.waits()) ++reached["waiting"];
            if (batch.variants) ++reached["variants"];
            if (batch.wave > 1) ++reached["wave"];
            if (batch.neighbourhoods.size() > 1) ++reached["joined"];
            if (batch.value) ++reached["value"];
            if (batch.houses_min) ++reached["houses_min"];
            if (!batch.unpriced.empty()) ++reached["unpriced"];
            if (batch.on_target) ++reached["on_target"];
        }
        for (const Rejection& one : made->rejections) {
            placed.emplace(one.id, one.trade);
            ASSERT_FALSE(one.obstacles.empty());
            ++reached["rejected"];
        }
        std::multiset<std::pair<std::string, std::string>> given;
        for (const Candidate& one : request.candidates) given.emplace(one.id, one.trade());
        ASSERT_EQ(placed, given);
        ASSERT_EQ(proposal_json(*propose(shuffled(request, draw))), proposal_json(*made));
    }
    for (const char* kind : {"waiting", "variants", "wave", "joined", "value", "houses_min",
                             "unpriced", "on_target", "rejected"}) {
        EXPECT_GE(reached[kind], 10) << kind;
    }
}

}  // namespace
}  // namespace deodat::rules::grouping
