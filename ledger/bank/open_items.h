// What the money that a programme receives may stand for: open claims and calls, dossiers, the
// fund, each known by the reference that whoever pays is asked to quote.
//
// Read once, it answers for any number of movements: a movement's text is looked up, word by word,
// in the table of references, so that the cost does not grow with what is open.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/bank/booking.h"

namespace deodat::bank {

struct OpenItem {
    Kind kind;
    std::int64_t target;
    std::string reference;
    std::string label;
    std::optional<Money> open = {};     // what it can still receive; none: any amount
    std::optional<Day> called_on = {};  // not before
};

class OpenItems {
  public:
    // Of the programme, in the order in which they are proposed.
    static OpenItems of(store::Database& db, ProgrammeId programme);

    void add(OpenItem item);
    // The items that the text or the end-to-end id of a credit quotes as a whole word, with an
    // amount that fits.
    std::vector<Proposal> proposals(const StoredMovement& movement) const;

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>()(text);
        }
    };
    using Index = std::unordered_multimap<std::string, std::size_t, Hash, std::equal_to<>>;

    void quoted(std::string_view reference, std::set<std::size_t>& found) const;

    std::vector<OpenItem> items_;
    Index by_reference_;
    std::set<std::size_t> lengths_;  // of the references
};

}  // namespace deodat::bank
