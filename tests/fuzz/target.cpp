// A fuzzer: libFuzzer's bytes to the function that DEODAT_FUZZED names.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/inputs.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    deodat::fuzz::DEODAT_FUZZED({reinterpret_cast<const char*>(data), size});
    return 0;
}
