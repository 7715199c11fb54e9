#include "rules/facts/facts.h"

namespace deodat::rules {
namespace {

// A dossier has a handful of lines: comparing each with those before it beats building a set.
std::int64_t distinct_trades(const std::vector<WorksLine>& lines) {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        bool seen = false;
        for (std::size_t j = 0; j < i && !seen; ++j) seen = lines[j].trade == lines[i].trade;
        if (!seen) ++count;
    }
    return count;
}

}  // namespace

void Facts::derive() {
    Money ht;
    Money ttc;
    Money eligible_ht;
    Money eligible_ttc;
    lines_name_aids_ = false;
    for (const WorksLine& line : lines) {
        const Money line_ttc = line.ttc();
        ht += line.amount_ht;
        ttc += line_ttc;
        lines_name_aids_ = lines_name_aids_ || line.eligible_for;
        if (line.eligible) {
            eligible_ht += line.amount_ht;
            eligible_ttc += line_ttc;
        }
    }
    set(FactId::works_ht, ht.cents());
    set(FactId::works_ttc, ttc.cents());
    set(FactId::eligible_ht, eligible_ht.cents());
    set(FactId::eligible_ttc, eligible_ttc.cents());
    set(FactId::trades, distinct_trades(lines));
    set(FactId::class_jump, get(FactId::dpe_before) - get(FactId::dpe_after));
    if (perimeters) set(FactId::perimeters, static_cast<std::int64_t>(perimeters->size()));
    // Whoever lives in the dwelling is judged by it; a landlord or tenant by their own home.
    const bool occupier =
        get(FactId::owner_status) == static_cast<std::int64_t>(OwnerStatus::owner_occupier);
    const Commune& judged =
        commune_of(occupier ? FactId::dwelling_commune : FactId::household_commune);
    set(FactId::zone,
        static_cast<std::int64_t>(judged.in_ile_de_france() ? Zone::idf : Zone::other));
}

std::optional<FactId> Facts::first_missing() const {
    for (std::size_t i = 0; i < fact_count; ++i) {
        if (dictionary()[i].need == Need::required && !present_[i]) return static_cast<FactId>(i);
    }
    return std::nullopt;
}

}  // namespace deodat::rules
