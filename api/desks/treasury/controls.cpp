#include "api/desks/treasury/controls.h"

namespace deodat::treasury_desk {

Result<payments::LimitProposal> propose_payment_limit(desks::Desk& desk, ProgrammeId programme,
                                                      payments::LimitScope scope,
                                                      std::optional<Money> amount,
                                                      const std::string& reason) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::propose_payment_limit(tx, {programme, scope, amount, reason, desk.person});
    });
}

Result<Day> confirm_payment_limit(desks::Desk& desk, std::int64_t limit) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::confirm_payment_limit(tx, limit, desk.person);
    });
}

Result<Done> suspend_payments(desks::Desk& desk, const std::string& reason) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::suspend_payments(tx, reason, desk.person);
    });
}

Result<bool> lift_suspension(desks::Desk& desk) {
    return desk.store.write(
        [&](store::Transaction& tx) { return payments::lift_suspension(tx, desk.person); });
}

Result<std::vector<EntryId>> approve_orders(desks::Desk& desk, const payments::ApprovalList& list) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::approve_orders(tx, list, desk.person, tx.today());
    });
}

}  // namespace deodat::treasury_desk
