// Facts: what is known of one dossier, compact and quick to read; what follows from it (zone,
// totals, class jump).
#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/day.h"
#include "ledger/base/money.h"
#include "ledger/base/territory.h"
#include "rules/facts/dictionary.h"

namespace deodat::rules {

using FactSet = std::bitset<fact_count>;

// Limits on what one dossier may hold; together they keep every sum inside Money.
inline constexpr std::size_t facts_bytes_max = 1'000'000;
inline constexpr std::size_t works_lines_max = 500;
inline constexpr std::size_t given_aids_max = 100;
inline constexpr std::int64_t line_cents_max = 10'000'000'000;
static_assert(static_cast<std::int64_t>(works_lines_max) * line_cents_max * 12 / 10 <
              Money::cents_max);
static_assert(static_cast<std::int64_t>(given_aids_max) * line_cents_max < Money::cents_max);

// A line of a quote or invoice. VAT belongs to it.
struct WorksLine {
    std::string trade;
    Money amount_ht;
    std::int64_t vat_bp = 0;
    bool eligible = true;  // to the national schemes' bases
    // The aids it is eligible to, when that is not the same for all; then it goes before
    // `eligible`.
    std::optional<std::vector<std::string>> eligible_for = std::nullopt;

    Money ttc() const {
        return Money::cents(mul_div(amount_ht.cents(), 10'000 + vat_bp, 10'000, Rounding::half_up));
    }
};

// An aid decided outside the rules: it counts in limits and is never reduced. When the rules know
// an aid of that name, the amount stands in place of theirs and needs a motive.
struct GivenAid {
    std::string aid;
    std::string funder;
    Money amount;
    std::string motive = {};
};

// Values by fact, with who is present. A value means: boolean 0 or 1; money cents; rate basis
// points; date days since 1970; choice the index in its list; commune the rank in communes().
class Facts {
  public:
    bool has(FactId id) const { return present_[static_cast<std::size_t>(id)]; }
    std::int64_t get(FactId id) const { return values_[static_cast<std::size_t>(id)]; }
    void set(FactId id, std::int64_t value) {
        values_[static_cast<std::size_t>(id)] = value;
        present_.set(static_cast<std::size_t>(id));
    }
    void clear(FactId id) {
        values_[static_cast<std::size_t>(id)] = 0;
        present_.reset(static_cast<std::size_t>(id));
    }

    const Commune& commune_of(FactId id) const {
        return communes()[static_cast<std::size_t>(get(id))];
    }
    Day deposit_date() const { return Day::from_number(get(FactId::deposit_date)); }

    std::vector<WorksLine> lines;
    std::vector<GivenAid> given_aids;
    // works.scheme: the aid that the household chose among those that exclude each other; empty for
    // none.
    std::string scheme;
    // dwelling.perimeters: the named perimeters that hold the dwelling, when they are known.
    std::optional<std::vector<std::string>> perimeters;

    // Whether a line is eligible to some aids only.
    bool lines_name_aids() const { return lines_name_aids_; }

    // Sets every derived fact but the income class, which needs a scale. All required facts must be
    // present.
    void derive();

    // The first required fact that is absent.
    std::optional<FactId> first_missing() const;

  private:
    std::array<std::int64_t, fact_count> values_{};
    FactSet present_;
    bool lines_name_aids_ = false;
};

}  // namespace deodat::rules
