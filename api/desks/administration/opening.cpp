#include "api/desks/administration/opening.h"

namespace deodat::administration_desk {

Result<EntryId> import_opening(store::Store& store, std::string_view file,
                               std::string_view programme, Day day, PersonId accountant) {
    return store.write([&](store::Transaction& tx) -> Result<EntryId> {
        const auto found = funding::programme_by_code(tx.db(), programme);
        if (!found) return found.refusal();
        return payments::take_opening_balance(tx, {file, *found, day, accountant});
    });
}

}  // namespace deodat::administration_desk
