// How much memory a piece of work holds at its worst, whoever asks for it: C++ or the C libraries.
// A program that links this has its allocator counted; not to be built with a sanitizer, which has
// one of its own.
#pragma once
#include <cstddef>
#include <functional>

namespace deodat::testing_support {

// Bytes above what was held before, as the allocator hands them out; all threads together.
std::size_t most_memory_held(const std::function<void()>& work);

}  // namespace deodat::testing_support
