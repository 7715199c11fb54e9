// A data directory opened by the command line, with the clock and chance that its store borrows.
#pragma once
#include <memory>

#include "ledger/store/store.h"

namespace deodat::cli {

struct DataDirectory {
    SystemClock clock;
    SystemRandom random;
    std::unique_ptr<store::Store> store;
};

// To read beside whoever writes in it, or to write beside no other writer. Refuses as Store::open.
inline Result<std::unique_ptr<DataDirectory>> open_data(const std::string& path,
                                                        store::Store::Access access) {
    auto opened = std::make_unique<DataDirectory>();
    auto store = store::Store::open(path, access, opened->clock, opened->random);
    if (!store) return store.refusal();
    opened->store = std::move(*store);
    return opened;
}

}  // namespace deodat::cli
