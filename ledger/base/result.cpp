#include "ledger/base/result.h"

#include <array>

#include "ledger/base/named.h"

namespace deodat {
namespace {

struct Row {
    std::string_view name;
    std::string_view meaning;
};

constexpr auto rows = std::to_array<Row>({
#define CODE(name, meaning) {#name, meaning},
#include "ledger/base/refusal_codes.inc"
#undef CODE
});

}  // namespace

std::string_view code_name(Code code) {
    return rows.at(static_cast<std::size_t>(code)).name;
}

std::string_view code_meaning(Code code) {
    return rows.at(static_cast<std::size_t>(code)).meaning;
}

std::optional<Code> code_of(std::string_view name) {
    return named<Code>(rows, name, &Row::name);
}

std::size_t code_count() {
    return rows.size();
}

}  // namespace deodat
