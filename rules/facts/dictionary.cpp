#include "rules/facts/dictionary.h"

#include <array>

namespace deodat::rules {
namespace {

constexpr auto income_class_values = std::to_array<Choice>({{"very_modest", "très modeste"},
                                                            {"modest", "modeste"},
                                                            {"intermediate", "intermédiaire"},
                                                            {"upper", "supérieure"}});
constexpr auto zone_values =
    std::to_array<Choice>({{"idf", "Île-de-France"}, {"other", "autres régions"}});
constexpr auto owner_status_values =
    std::to_array<Choice>({{"owner_occupier", "propriétaire occupant"},
                           {"landlord", "propriétaire bailleur"},
                           {"tenant", "locataire"}});
constexpr auto rent_level_values =
    std::to_array<Choice>({{"free", "loyer libre"},
                           {"intermediate_rent", "loyer intermédiaire"},
                           {"social", "loyer social"},
                           {"very_social", "loyer très social"}});
constexpr auto dwelling_type_values =
    std::to_array<Choice>({{"house", "maison"}, {"flat", "appartement"}});
constexpr auto dpe_values = std::to_array<Choice>(
    {{"A", "A"}, {"B", "B"}, {"C", "C"}, {"D", "D"}, {"E", "E"}, {"F", "F"}, {"G", "G"}});

namespace lists {
constexpr Choices income_class{"income_class", income_class_values, "catégorie"};
constexpr Choices zone{"zone", zone_values};
constexpr Choices owner_status{"owner_status", owner_status_values};
constexpr Choices rent_level{"rent_level", rent_level_values};
constexpr Choices dwelling_type{"dwelling_type", dwelling_type_values};
constexpr Choices dpe{"dpe", dpe_values, "classe"};
constexpr Choices none{"", {}};

constexpr const Choices* all[] = {&income_class, &zone,          &owner_status,
                                  &rent_level,   &dwelling_type, &dpe};
}  // namespace lists

constexpr std::array<Fact, fact_count> table = {{
#define FACT(id, name, json, type, need, least, most, choices, french, unit) \
    Fact{name, json, Type::type, Need::need, least, most, &lists::choices, french, unit},
#include "rules/facts/dictionary.inc"
#undef FACT
}};

}  // namespace

std::optional<std::int64_t> Choices::index_of(std::string_view value_name) const {
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i].name == value_name) return static_cast<std::int64_t>(i);
    }
    return std::nullopt;
}

const Choices& income_classes() {
    return lists::income_class;
}
const Choices& zones() {
    return lists::zone;
}
std::span<const Choices* const> all_choices() {
    return lists::all;
}

std::string_view Fact::code() const {
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

std::span<const Fact, fact_count> dictionary() {
    return table;
}

const Fact& fact(FactId id) {
    return table[static_cast<std::size_t>(id)];
}

std::optional<FactId> fact_named(std::string_view name) {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table[i].name == name) return static_cast<FactId>(i);
    }
    return std::nullopt;
}

std::optional<FactId> fact_at(std::string_view json_path) {
    if (json_path.empty()) return std::nullopt;
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table[i].json == json_path) return static_cast<FactId>(i);
    }
    return std::nullopt;
}

}  // namespace deodat::rules
