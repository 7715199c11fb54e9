#include "api/desks/administration/setup.h"

#include "ledger/treasury/period_closing.h"

namespace deodat::administration_desk {

Result<PersonId> add_first_administrator(store::Store& store, std::string_view name) {
    return store.write(
        [&](store::Transaction& tx) { return people::add_first_administrator(tx, name); });
}

Result<PersonId> add_person(desks::Desk& desk, std::string_view name,
                            const std::vector<people::Role>& roles) {
    return desk.store.write(
        [&](store::Transaction& tx) { return people::add_person(tx, name, roles, desk.person); });
}

Result<ProgrammeId> open_programme(desks::Desk& desk, const funding::NewProgramme& programme) {
    return desk.store.write([&](store::Transaction& tx) {
        return funding::open_programme(tx, programme, desk.person);
    });
}

Result<FunderId> add_funder(desks::Desk& desk, std::string_view code, std::string_view name,
                            journal::FunderFamily family) {
    return desk.store.write([&](store::Transaction& tx) {
        return funding::add_funder(tx, code, name, family, desk.person);
    });
}

Result<Done> set_payment_channel(desks::Desk& desk, ProgrammeId programme,
                                 const payments::PaymentChannel& channel) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::set_payment_channel(tx, programme, channel, desk.person);
    });
}

Result<EntryId> close_period(desks::Desk& desk, int year) {
    return desk.store.write(
        [&](store::Transaction& tx) { return treasury::close_period(tx, year, desk.person); });
}

}  // namespace deodat::administration_desk
