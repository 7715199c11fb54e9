#include "api/desks/adviser/dossiers.h"

#include "ledger/treasury/closing.h"

namespace deodat::adviser_desk {

Result<DossierId> open_dossier(desks::Desk& desk, ProgrammeId programme,
                               const dossiers::Household& household,
                               const dossiers::Dwelling& dwelling) {
    return desk.store.write([&](store::Transaction& tx) {
        return dossiers::open_dossier(tx,
                                      {programme, desk.person, tx.today(), household, dwelling});
    });
}

Result<QuoteId> add_quote(desks::Desk& desk, DossierId dossier, const QuoteEntry& quote) {
    return desk.store.write([&](store::Transaction& tx) {
        return dossiers::add_quote(tx, {dossier, desk.person, quote.contractor, quote.number,
                                        quote.issued_on, quote.lines});
    });
}

Result<Done> give_aid(desks::Desk& desk, DossierId dossier, const dossiers::GivenAid& aid) {
    return desk.store.write([&](store::Transaction& tx) {
        return dossiers::give_aid(tx, dossier, aid, desk.person, tx.today());
    });
}

Result<EntryId> abandon(desks::Desk& desk, DossierId dossier, std::string_view reason) {
    return desk.store.write([&](store::Transaction& tx) {
        return treasury::abandon_dossier(tx, dossier, reason, tx.today(), desk.person);
    });
}

}  // namespace deodat::adviser_desk
