// What rooms keep in memory of rows that commands have read or written, so as not to ask again: one
// object of each type, empty at first. All is forgotten whenever a command is undone, for it may
// have been that command's.
#pragma once
#include <any>
#include <typeindex>
#include <unordered_map>

namespace deodat::store {

class Memory {
  public:
    template <class Kept>
    Kept& of() {
        std::any& kept = kept_[std::type_index(typeid(Kept))];
        if (!kept.has_value()) kept.emplace<Kept>();
        return *std::any_cast<Kept>(&kept);
    }
    void forget() { kept_.clear(); }

  private:
    std::unordered_map<std::type_index, std::any> kept_;
};

}  // namespace deodat::store
