#include "ledger/base/numbering.h"

namespace deodat {
namespace {

std::string padded(std::int64_t number, std::size_t digits) {
    std::string text = std::to_string(number);
    if (text.size() < digits) text.insert(0, digits - text.size(), '0');
    return text;
}

}  // namespace

std::string yearly_prefix(std::string_view letter, Day day) {
    return std::string(letter) + padded(day.year() % 100, 2) + "-";
}

std::string numbered(const std::string& prefix, std::int64_t number) {
    constexpr std::size_t digits = 4;
    return prefix + padded(number, digits);
}

}  // namespace deodat
