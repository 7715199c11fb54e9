// Drawing values inside a property: RapidCheck's generators, one call each.
#pragma once
#include <rapidcheck.h>

#include <string>
#include <vector>

namespace deodat::test {

template <class T>
T drawn(T least, T most) {
    // At full size from the first case on: RapidCheck would stay near the least value at first.
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(least, static_cast<T>(most + 1)));
}

inline bool chance(int percent) {
    return drawn(0, 99) >= 100 - percent;  // a failing case shrinks to no
}

template <class T>
T one_of(const std::vector<T>& values) {
    return values[drawn<std::size_t>(0, values.size() - 1)];
}

inline std::string one_of(std::initializer_list<const char*> texts) {
    return *(texts.begin() + drawn<std::size_t>(0, texts.size() - 1));
}

}  // namespace deodat::test
