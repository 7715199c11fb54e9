// A text with one thing changed, for tests of what is nearly right.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

namespace deodat::testing_support {

// The first `from` replaced by `to`; throws where there is none, for a test that changes nothing
// proves nothing.
inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) {
        throw std::logic_error("not in the text: " + std::string(from));
    }
    return text.replace(at, from.size(), to);
}

}  // namespace deodat::testing_support
