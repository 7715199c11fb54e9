// Values of an enumeration by their stable names, from the table that gives each its row.
#pragma once
#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>

namespace deodat {

// The value whose row, in the enumeration's order, has that name: rows[0] is that of the first.
// `name_of` says what of a row is its name: the row itself, or &Row::name.
template <class Enum, class Rows, class NameOf = std::identity>
std::optional<Enum> named(const Rows& rows, std::string_view name, NameOf name_of = {}) {
    const auto at = std::ranges::find(rows, name, name_of);
    if (at == std::ranges::end(rows)) return std::nullopt;
    return static_cast<Enum>(at - std::ranges::begin(rows));
}

}  // namespace deodat
