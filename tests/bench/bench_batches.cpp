// Batches proposed for a département: 20,000 candidate houses in 200 neighbourhoods, three trades.
// One JSON line: the median of five runs from request to proposal.
#include <iostream>

#include "rules/grouping/proposal_json.h"
#include "tests/bench/measure.h"

namespace {

using namespace deodat;                   // NOLINT(google-build-using-namespace): one file
using namespace deodat::bench;            // NOLINT(google-build-using-namespace)
using namespace deodat::rules::grouping;  // NOLINT(google-build-using-namespace)

constexpr int houses = 20'000;
constexpr int neighbourhoods = 200;
constexpr int runs = 5;

// Numbers that look drawn, the same each time.
class Sequence {
  public:
    std::int64_t below(std::int64_t bound) {
        state_ = state_ * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        return static_cast<std::int64_t>((state_ >> 33U) % static_cast<std::uint64_t>(bound));
    }

  private:
    std::uint64_t state_ = 1;
};

ProposalRequest request_of_a_departement() {
    Sequence any;
    ProposalRequest out{Day::of(2026, 5, 4)};
    for (int i = 0; i < neighbourhoods; ++i) {
        out.neighbourhoods.push_back(
            {"Q" + std::to_string(i), i % 3 == 0 ? Setting::rural : Setting::urban});
    }
    const std::vector<std::string> works = {"isolation_mur_ite", "isolation_combles_non_amenages",
                                            std::string(global_works)};
    for (int i = 0; i < houses; ++i) {
        const Month from = Month::of(Day::of(2026, 6, 1)).plus(any.below(6));
        Candidate one{.id = "D" + std::to_string(100'000 + i),
                      .programme = "deodatie",
                      .works_type = works[static_cast<std::size_t>(any.below(3))],
                      .from = from,
                      .to = from.plus(9)};
        one.neighbourhood = static_cast<std::size_t>(any.below(neighbourhoods));
        const std::int64_t spread = one.neighbourhood % 3 == 0 ? 8'000 : 600;
        const auto place = static_cast<std::int64_t>(one.neighbourhood);
        one.position = Position{place % 15 * 6'000 + any.below(spread),
                                place / 15 * 6'000 + any.below(spread)};
        one.street = "rue " + std::to_string(any.below(9));
        one.street_number = any.below(90);
        one.typology = {
            2 + any.below(4), "isolée",           any.below(2) == 0 ? "brique" : "pierre",
            4 + any.below(3), 70 + any.below(70), "fioul"};
        one.works_months = 1 + any.below(3);
        one.consent = Consent{Day::of(2026, 3, 1)};
        one.in_perimeter = any.below(20) > 0;
        one.works_ht = Money::cents(1'500'000 + any.below(3'000'000));
        one.solo_shared = Money::euros(2'000);
        one.facade_dm2 = 8'000 + any.below(6'000);
        out.candidates.push_back(one);
    }
    out.prices = {
        {"ITE / façade",
         {{{3, 300}, {8, 1'100}}, {{"Échafaudage", ShareKey::surface, Money::euros(9'000)}}}}};
    return out;
}

}  // namespace

int main() {
    const ProposalRequest request = request_of_a_departement();
    std::vector<std::int64_t> took;
    std::size_t placed = 0;
    std::size_t batches = 0;
    for (int run = 0; run < runs; ++run) {
        std::optional<Proposal> made;
        took.push_back(nanoseconds([&] { made = *propose(request); }));
        placed = made->rejections.size();
        batches = made->batches.size();
        for (const ProposedBatch& batch : made->batches) placed += batch.members.size();
    }
    return say("batch_proposal",
               R"("candidates":)" + std::to_string(houses) + R"(,"batches":)" +
                   std::to_string(batches) + R"(,"milliseconds":)" +
                   std::to_string(median(took) / 1'000'000),
               placed == houses)
               ? 0
               : 1;
}
