#include "tests/property/random_dossier.h"

#include "tests/property/drawing.h"

namespace deodat::rules::test {
namespace {

using deodat::test::chance;
using deodat::test::drawn;
using deodat::test::one_of;

constexpr std::int64_t first_day = 17'167;  // 2017-01-01
constexpr std::int64_t last_day = 20'818;   // 2026-12-31

std::int64_t some_commune(const std::vector<std::string>& codes) {
    if (chance(85)) {
        return static_cast<std::int64_t>(rank_of(**commune("", one_of(codes))));
    }
    return drawn<std::int64_t>(0, static_cast<std::int64_t>(communes().size()) - 1);
}

// Round amounts as often as any, so that bounds are hit exactly.
std::int64_t some_cents() {
    return chance(50) ? drawn<std::int64_t>(0, 500) * 100'000 : drawn<std::int64_t>(0, 9'000'000);
}

std::int64_t some_value(FactId id) {
    const Fact& row = fact(id);
    switch (row.type) {
        case Type::boolean:
            return drawn<std::int64_t>(0, 1);
        case Type::choice:
            return drawn<std::int64_t>(0,
                                       static_cast<std::int64_t>(row.choices->values.size()) - 1);
        case Type::date:
            return drawn(first_day, last_day);
        case Type::money:
            return std::min(row.most, some_cents());
        case Type::rate:
            return drawn<std::int64_t>(0, 100) * 100;
        case Type::number:
            return drawn(row.least, std::min<std::int64_t>(row.most, row.least + 120));
        case Type::commune:
            break;
    }
    return 0;
}

WorksLine some_line(const std::vector<std::string>& aid_ids) {
    WorksLine line{one_of({"toiture", "murs", "menuiseries", "chauffage"}),
                   Money::cents(some_cents()), one_of<std::int64_t>({550, 1000, 2000, 0, 210}),
                   chance(80)};
    if (!aid_ids.empty() && chance(15)) {
        line.eligible_for.emplace();
        for (int i = drawn(0, 3); i > 0; --i) line.eligible_for->push_back(one_of(aid_ids));
    }
    return line;
}

GivenAid some_given_aid(const std::vector<std::string>& aid_ids, Money works) {
    // Often a good part of the works, so that ceilings are reached.
    const std::int64_t most = chance(60) ? works.cents() : 4'000'000;
    const Money amount = Money::cents(drawn<std::int64_t>(0, most));
    if (aid_ids.empty() || chance(60)) return {"local.forced", "commune", amount, "délibération"};
    return {one_of(aid_ids), "commune", amount, chance(95) ? "décision du bureau" : ""};
}

}  // namespace

Facts random_dossier(const std::vector<std::string>& aid_ids,
                     const std::vector<std::string>& communes) {
    Facts facts;
    const int known = one_of<int>({0, 0, 10, 50, 95});  // how many in a hundred optional facts are
    for (std::size_t i = 0; i < fact_count; ++i) {
        const auto id = static_cast<FactId>(i);
        const Fact& row = fact(id);
        if (row.need == Need::derived || row.type == Type::commune) continue;
        if (row.need == Need::required || chance(known)) facts.set(id, some_value(id));
    }
    facts.set(FactId::dwelling_commune, some_commune(communes));
    facts.set(FactId::household_commune,
              chance(70) ? facts.get(FactId::dwelling_commune) : some_commune(communes));
    if (chance(70)) facts.set(FactId::deposit_date, drawn<std::int64_t>(20'089, last_day));
    if (chance(60)) facts.set(FactId::persons, drawn<std::int64_t>(1, 6));
    facts.set(FactId::reference_income, drawn<std::int64_t>(0, 90'000) * 100);
    facts.set(FactId::energy_gain, drawn<std::int64_t>(-20, 90));
    if (chance(70)) {
        facts.set(FactId::owner_status, 0);
        facts.set(FactId::main_residence, 1);
        facts.set(FactId::dwelling_age, drawn<std::int64_t>(14, 80));
        facts.set(FactId::dpe_before, drawn<std::int64_t>(4, 6));
        facts.set(FactId::dpe_after, drawn<std::int64_t>(0, 3));
    }
    for (int i = drawn(1, 5); i > 0; --i) facts.lines.push_back(some_line(aid_ids));
    Money works;
    for (const WorksLine& line : facts.lines) works += line.amount_ht;
    for (int i = chance(45) ? drawn(1, 3) : 0; i > 0; --i) {
        facts.given_aids.push_back(some_given_aid(aid_ids, works));
    }
    if (!aid_ids.empty() && chance(25)) facts.scheme = one_of(aid_ids);
    if (chance(50)) {
        facts.perimeters.emplace();
        if (chance(50)) facts.perimeters->push_back("centre ancien");
    }
    facts.derive();
    return facts;
}

}  // namespace deodat::rules::test
