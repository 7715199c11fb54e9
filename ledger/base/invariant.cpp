#include "ledger/base/invariant.h"

namespace deodat {

void broken_invariant(const char* condition, const char* meaning, const char* file, int line) {
    throw BrokenInvariant(std::string("invariant broken: ") + meaning + " (" + condition + ", " +
                          file + ":" + std::to_string(line) + ")");
}

}  // namespace deodat
