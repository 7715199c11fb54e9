// Where tests write that do not ask whether anything outlives the machine: in memory where there is
// such a place.
#pragma once
#include <filesystem>

namespace deodat::testing_support {

inline std::filesystem::path played_disk() {
    return std::filesystem::is_directory("/dev/shm") ? "/dev/shm"
                                                     : std::filesystem::temp_directory_path();
}

}  // namespace deodat::testing_support
