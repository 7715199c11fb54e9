// Goal: `deodat batch propose` says of every candidate which batch it is in, or all that stands in
// the way; each step of the algorithm (distance, joining, likeness, months, size, value) is seen at
// work on a case of its own.
#include <gtest/gtest.h>

#include <fstream>

#include "rules/grouping/expected_value.h"
#include "rules/grouping/likeness.h"
#include "rules/grouping/proposal_json.h"
#include "tests/support/programs.h"
#include "tests/support/replaced.h"

namespace deodat::rules::grouping {
namespace {

using testing_support::replaced;

Month month(const char* iso) {
    return *Month::parse("month", iso);
}

// A house that may be grouped, so many metres along the street; all are alike.
Candidate house(const std::string& id, std::int64_t x_m) {
    Candidate out{.id = id,
                  .programme = "deodatie",
                  .works_type = "isolation_mur_ite",
                  .from = month("2026-09"),
                  .to = month("2027-03")};
    out.position = Position{x_m, 0};
    out.street = "rue des Prés";
    out.street_number = x_m;
    out.typology = {3, "isolée", "brique", 5, 100, "fioul"};
    out.works_months = 2;
    out.consent = Consent{Day::of(2026, 3, 1)};
    out.in_perimeter = true;
    return out;
}

ProposalRequest request(std::vector<Candidate> houses) {
    ProposalRequest out{Day::of(2026, 5, 4)};
    out.neighbourhoods = {{"Q1", Setting::urban}, {"Q2", Setting::urban}, {"R1", Setting::rural}};
    out.candidates = std::move(houses);
    return out;
}

ProposalRequest row_of_houses(int count, std::int64_t apart_m) {
    ProposalRequest out = request({});
    for (int i = 0; i < count; ++i) {
        out.candidates.push_back(house("D" + std::to_string(100 + i), i * apart_m));
    }
    return out;
}

std::vector<std::string> ids_of(const ProposedBatch& batch) {
    std::vector<std::string> out;
    for (const ProposedMember& member : batch.members) out.push_back(member.id);
    return out;
}

std::vector<std::size_t> sizes_of(const Proposal& proposal) {
    std::vector<std::size_t> out;
    for (const ProposedBatch& batch : proposal.batches) out.push_back(batch.members.size());
    return out;
}

std::vector<std::string> obstacles_of(const Candidate& one) {
    std::vector<std::string> out;
    for (const Obstacle& obstacle : obstacles(one, Day::of(2026, 5, 4))) {
        out.emplace_back(obstacle.code);
    }
    return out;
}

using Codes = std::vector<std::string>;

TEST(BatchProposal, EachHardFilterKeepsItsReason) {
    EXPECT_EQ(obstacles_of(house("D1", 0)), Codes{});
    const auto with = [](const auto& change) {
        Candidate one = house("D1", 0);
        change(one);
        return obstacles_of(one);
    };
    EXPECT_EQ(with([](Candidate& one) { one.consent.reset(); }), Codes{"no_consent"});
    EXPECT_EQ(with([](Candidate& one) { one.consent->given_on = Day::of(2026, 5, 5); }),
              Codes{"no_consent"});
    EXPECT_EQ(with([](Candidate& one) { one.consent->withdrawn_on = Day::of(2026, 5, 4); }),
              Codes{"consent_withdrawn"});
    EXPECT_EQ(with([](Candidate& one) { one.consent->withdrawn_on = Day::of(2026, 5, 5); }),
              Codes{});
    EXPECT_EQ(with([](Candidate& one) { one.quote_signed = true; }), Codes{"quote_signed"});
    EXPECT_EQ(with([](Candidate& one) { one.works_started = true; }), Codes{"works_started"});
    EXPECT_EQ(with([](Candidate& one) { one.aid = AidState::filed; }), Codes{"aid_filed"});
    EXPECT_EQ(with([](Candidate& one) { one.aid = AidState::filed_at_guaranteed_price; }), Codes{});
    EXPECT_EQ(with([](Candidate& one) { one.in_perimeter = false; }), Codes{"outside_perimeter"});
    EXPECT_EQ(with([](Candidate& one) { one.open_batch = "ITE 2026"; }), Codes{"in_open_batch"});
    EXPECT_EQ(with([](Candidate& one) { one.position.reset(); }), Codes{"no_position"});
    // Two months of works from May on: June at the earliest.
    EXPECT_EQ(with([](Candidate& one) { one.from = one.to = month("2026-05"); }),
              Codes{"window_over"});
    EXPECT_EQ(with([](Candidate& one) {
                  one.from = month("2026-01");
                  one.to = month("2026-06");
              }),
              Codes{});
    // Works end in October at the earliest: on its last day they are over.
    EXPECT_EQ(with([](Candidate& one) {
                  one.deadlines = {{"Devis", Day::of(2026, 10, 30)}};
              }),
              Codes{"deadline_before_works_end"});
    EXPECT_EQ(with([](Candidate& one) {
                  one.deadlines = {{"Devis", Day::of(2026, 10, 31)}};
              }),
              Codes{});
    EXPECT_EQ(with([](Candidate& one) {
                  one.consent.reset();
                  one.in_perimeter = false;
              }),
              (Codes{"no_consent", "outside_perimeter"}));
}

TEST(BatchProposal, NoTwoHousesOfABatchAreFartherApartThanTheSettingAllows) {
    // 0 to 400 m hold together; 401 m does not.
    const auto near = propose(row_of_houses(5, 100));
    ASSERT_EQ(sizes_of(*near), std::vector<std::size_t>{5});
    EXPECT_EQ(near->batches[0].diameter_m, 400);
    EXPECT_EQ(near->batches[0].central, "D102");
    EXPECT_EQ(near->batches[0].members[0].distance_m, 200);

    ProposalRequest far = row_of_houses(5, 100);
    far.candidates[4].position->x_m = 401;
    const auto apart = propose(far);
    EXPECT_EQ(sizes_of(*apart).size(), 2U);
    for (const ProposedBatch& batch : apart->batches) {
        EXPECT_TRUE(batch.waits());
        EXPECT_LE(batch.diameter_m, 400);
    }

    for (Candidate& one : far.candidates) one.neighbourhood = 2;
    EXPECT_EQ(sizes_of(*propose(far)), std::vector<std::size_t>{5});
}

TEST(BatchProposal, SmallGroupsOfTwoNeighbourhoodsAreJoinedWithinTwiceTheDiameter) {
    ProposalRequest two = row_of_houses(6, 10);
    for (std::size_t i = 3; i < 6; ++i) {
        two.candidates[i].neighbourhood = 1;
        two.candidates[i].position->x_m = 790;
    }
    two.candidates[5].position->x_m = 800;
    const auto joined = propose(two);
    ASSERT_EQ(sizes_of(*joined), std::vector<std::size_t>{6});
    EXPECT_EQ(joined->batches[0].neighbourhoods, (std::vector<std::string>{"Q1", "Q2"}));
    EXPECT_EQ(joined->batches[0].diameter_m, 800);

    two.candidates[5].position->x_m = 801;
    const auto apart = propose(two);
    ASSERT_EQ(sizes_of(*apart), (std::vector<std::size_t>{3, 3}));
    EXPECT_EQ(apart->batches[0].needs_more, 2);
    EXPECT_NE(proposal_text(*apart).find("En attente : il manque 2 maisons."), std::string::npos);
}

TEST(BatchProposal, LikenessCountsHalfOfWhatIsNotKnown) {
    const Typology brick{3, "isolée", "brique", 5, 100, "fioul"};
    EXPECT_EQ(likeness_half_points(brick, brick), 200);
    EXPECT_EQ(likeness_half_points(brick, {}), 100);
    const Typology next{4, "isolée", "brique", 6, 70, "fioul"};  // 17 of 35; all else
    EXPECT_EQ(likeness_half_points(brick, next), 200 - 2 * 18);
    const Typology other{5, "jumelée", "pierre", 3, 69, "gaz"};
    EXPECT_EQ(likeness_half_points(brick, other), 0);
}

TEST(BatchProposal, UnlikeHousesAreSplitWhereBothPartsAreLargeEnough) {
    ProposalRequest mixed = row_of_houses(10, 10);
    for (std::size_t i = 0; i < mixed.candidates.size(); ++i) {
        mixed.candidates[i].typology = i < 5 ? Typology{3, "isolée", "brique", 5, 100, "fioul"}
                                             : Typology{7, "jumelée", "pierre", 2, 60, "gaz"};
    }
    const auto split = propose(mixed);
    ASSERT_EQ(sizes_of(*split), (std::vector<std::size_t>{5, 5}));
    EXPECT_EQ(split->batches[0].likeness, 100);
    EXPECT_FALSE(split->batches[0].variants);

    mixed.candidates.pop_back();  // four of the second kind are too few
    const auto together = propose(mixed);
    ASSERT_EQ(sizes_of(*together), std::vector<std::size_t>{9});
    EXPECT_TRUE(together->batches[0].variants);
}

TEST(BatchProposal, WorksStartInTheMonthThatSuitsMostAndTheRestFormALaterWave) {
    ProposalRequest all = row_of_houses(11, 10);
    for (std::size_t i = 6; i < 11; ++i) {
        all.candidates[i].from = month("2027-04");
        all.candidates[i].to = month("2027-09");
    }
    all.candidates[5].from = month("2026-11");
    const auto waves = propose(all);
    ASSERT_EQ(sizes_of(*waves), (std::vector<std::size_t>{6, 5}));
    EXPECT_EQ(waves->batches[0].start.iso(), "2026-11");
    EXPECT_EQ(waves->batches[0].end.iso(), "2026-12");
    EXPECT_EQ(waves->batches[0].wave, 1);
    EXPECT_EQ(waves->batches[1].start.iso(), "2027-04");
    EXPECT_EQ(waves->batches[1].wave, 2);

    // Six can start in September, six others in October: the earlier month.
    ProposalRequest tie = row_of_houses(7, 10);
    tie.candidates[0].to = month("2026-10");
    tie.candidates[6].from = month("2026-10");
    EXPECT_EQ(propose(tie)->batches[0].start.iso(), "2026-09");
}

TEST(BatchProposal, AboveTheLargestSizeTheStreetIsCutEvenly) {
    const auto cut = propose(row_of_houses(41, 5));
    EXPECT_EQ(sizes_of(*cut), (std::vector<std::size_t>{14, 14, 13}));
    // Neighbours stay together.
    for (const ProposedBatch& batch : cut->batches) EXPECT_LE(batch.diameter_m, 13 * 5);
    const auto whole = propose(row_of_houses(20, 5));
    EXPECT_EQ(sizes_of(*whole), std::vector<std::size_t>{20});
}

// ---- What a batch is worth

ProposalRequest priced(int count) {
    ProposalRequest out = row_of_houses(count, 10);
    for (Candidate& one : out.candidates) {
        one.works_ht = Money::euros(20'000);
        one.solo_shared = Money::euros(1'000);
    }
    out.prices = {
        {"ITE / façade",
         {{{3, 500}, {5, 1'000}}, {{"Échafaudage", ShareKey::equal, Money::euros(9'000)}}}}};
    return out;
}

TEST(BatchProposal, ChancesToStaySumToOneAndAreTheBinomialLaw) {
    const auto five = chances_to_stay(5, 2'000);
    // 0.2^5, 5 × 0.8 × 0.2^4, …, 0.8^5
    const std::vector<std::int64_t> exact = {320'000'000'000,     6'400'000'000'000,
                                             51'200'000'000'000,  204'800'000'000'000,
                                             409'600'000'000'000, 327'680'000'000'000};
    EXPECT_EQ(five, exact);
    std::int64_t sum = 0;
    for (const std::int64_t chance : chances_to_stay(60, 1'234)) sum += chance;
    EXPECT_EQ(sum, chance_parts);
}

TEST(BatchProposal, ValueWeighsEachNumberOfHousesThatMayStay) {
    const auto five = propose(priced(5));
    ASSERT_EQ(five->batches.size(), 1U);
    // k houses save 1 000 € each alone, and 5 % of 20 000 € from three on, 10 % from five on:
    // 4 000 (0.8 × 5 × 1 000) + 0.2048 × 3 000 + 0.4096 × 4 000 + 0.32768 × 10 000 − 9 000
    EXPECT_EQ(five->batches[0].value, Money::cents(52'960));
    // Three have 2 000 € each against 3 000 € of scaffolding, four 2 000 against 2 250.
    EXPECT_EQ(five->batches[0].houses_min, 5U);
    const auto four = propose(priced(4));
    EXPECT_EQ(four->batches[0].houses_min, std::nullopt);
}

TEST(BatchProposal, WithoutAPriceNothingIsExpectedAndWhoseIsMissingIsSaid) {
    ProposalRequest some = priced(5);
    some.candidates[2].works_ht.reset();
    const auto out = propose(some);
    EXPECT_EQ(out->batches[0].value, std::nullopt);
    EXPECT_EQ(out->batches[0].unpriced, std::vector<std::string>{"D102"});
    some.prices.clear();
    EXPECT_TRUE(propose(some)->batches[0].unpriced.empty());
}

TEST(BatchProposal, TheMostWorthComesFirstThenTheLargerThenTheNarrower) {
    ProposalRequest all = row_of_houses(6, 10);
    for (int i = 0; i < 5; ++i) {
        Candidate narrow = house("A" + std::to_string(i), 5'000 + i);
        Candidate wide = house("B" + std::to_string(i), 9'000 + i * 50);
        all.candidates.push_back(narrow);
        all.candidates.push_back(wide);
    }
    const auto out = propose(all);
    ASSERT_EQ(out->batches.size(), 3U);
    EXPECT_EQ(ids_of(out->batches[0])[0], "D100");
    EXPECT_EQ(ids_of(out->batches[1])[0], "A0");
    EXPECT_EQ(ids_of(out->batches[2])[0], "B0");
}

// ---- The program

constexpr const char* small = R"({"as_of":"2026-05-04","neighbourhoods":[{"id":"Q1",
 "setting":"urban"}],"candidates":[{"id":"D1","programme":"deodatie",
 "works_type":"isolation_mur_ite","neighbourhood":"Q1","x_m":0,"y_m":0,
 "window":{"from":"2026-09","to":"2027-03"},"works_months":2,
 "consent":{"given_on":"2026-03-01"},"in_perimeter":true,"quote_signed":false,
 "works_started":false,"aid":"not_filed"}]})";

std::string refused(const std::string& json) {
    Result<ProposalRequest> request = proposal_request_from_json(json);
    if (!request) {
        return std::string(code_name(request.refusal().code)) + " " + request.refusal().field;
    }
    const auto made = propose(std::move(*request));
    return made ? "" : std::string(code_name(made.refusal().code)) + " " + made.refusal().field;
}

TEST(BatchProposal, BadInputIsRefusedWithItsField) {
    EXPECT_EQ(refused(small), "");
    EXPECT_EQ(refused(replaced(small, "isolation_mur_ite", "ite")),
              "malformed candidates[0].works_type");
    EXPECT_EQ(refused(replaced(small, "\"neighbourhood\":\"Q1\"", "\"neighbourhood\":\"Q9\"")),
              "malformed candidates[0].neighbourhood");
    EXPECT_EQ(refused(replaced(small, ",\"quote_signed\":false", "")),
              "missing candidates[0].quote_signed");
    EXPECT_EQ(refused(replaced(small, "2026-09", "2026-13")),
              "malformed candidates[0].window.from");
    EXPECT_EQ(refused(replaced(small, "2027-03", "2026-08")), "malformed candidates");
    EXPECT_EQ(refused(replaced(small, "\"y_m\":0,", "")), "missing candidates[0].y_m");
    EXPECT_EQ(refused(replaced(
                  small, "\"candidates\":", "\"parameters\":{\"size_max\":8},\"candidates\":")),
              "out_of_range parameters.size_max");
    EXPECT_EQ(
        refused(replaced(small, "\"candidates\":",
                         "\"prices\":[{\"trade\":\"Peinture\",\"tiers\":[{\"dwellings_min\":1,"
                         "\"discount_bp\":1}],\"shared_costs\":[]}],\"candidates\":")),
        "not_found prices[0].trade");
    EXPECT_EQ(refused(replaced(small, "[{\"id\":\"Q1\",",
                               "[{\"id\":\"Q1\",\"setting\":\"rural\"},{\"id\":\"Q1\",")),
              "duplicate neighbourhoods[1].id");
    EXPECT_EQ(refused(replaced(small, "not_filed", "unknown")), "malformed candidates[0].aid");
}

TEST(BatchProposal, TheProgramAnswersJsonOrFrenchAndRefusesWithACode) {
    const testing_support::TestDirectory directory;
    const auto answer = [&](const std::string& json, const std::string& option) {
        std::ofstream(directory / "facts.json") << json;
        return testing_support::run_in(directory, DEODAT_PROGRAM,
                                       "batch propose --facts facts.json" + option);
    };
    const auto json = answer(small, "");
    EXPECT_EQ(json.code, 0) << json.err;
    EXPECT_NE(json.out.find(R"("state":"waiting","needs_more":4)"), std::string::npos) << json.out;
    const auto text = answer(small, " --text");
    EXPECT_NE(text.out.find("En attente : il manque 4 maisons."), std::string::npos) << text.out;
    const auto bad = answer(replaced(small, "D1", ""), "");
    EXPECT_EQ(bad.code, 1);
    EXPECT_NE(bad.out.find(R"("field":"candidates[0].id")"), std::string::npos) << bad.out;
}

}  // namespace
}  // namespace deodat::rules::grouping
