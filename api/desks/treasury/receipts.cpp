#include "api/desks/treasury/receipts.h"

#include "ledger/bank/camt.h"
#include "ledger/funding/household_share.h"

namespace deodat::treasury_desk {

Result<EntryId> issue_title(desks::Desk& desk, ClaimId claim) {
    return desk.store.write([&](store::Transaction& tx) {
        return funding::issue_title(tx, claim, tx.today(), desk.person);
    });
}

Result<EntryId> reduce_claim(desks::Desk& desk, ClaimId claim, Money amount,
                             const std::string& reason, funding::Bearer bearer) {
    return desk.store.write([&](store::Transaction& tx) {
        return funding::reduce_claim(tx, {claim, amount, reason, bearer, tx.today(), desk.person});
    });
}

Result<std::int64_t> call_share(desks::Desk& desk, DossierId dossier, Money amount) {
    return desk.store.write([&](store::Transaction& tx) {
        return funding::call_share(tx, dossier, amount, tx.today(), desk.person);
    });
}

Result<std::vector<MovementId>> import_statements(desks::Desk& desk, std::string_view file) {
    const auto statements = bank::read_camt(file);
    if (!statements) return statements.refusal();
    return desk.store.write([&](store::Transaction& tx) -> Result<std::vector<MovementId>> {
        std::vector<MovementId> out;
        for (const bank::Statement& statement : *statements) {
            const auto imported = bank::import_statement(tx, statement, file, desk.person);
            if (!imported) return imported.refusal();
            out.insert(out.end(), imported->begin(), imported->end());
        }
        return out;
    });
}

std::vector<bank::Proposal> proposals(desks::Desk& desk, MovementId movement) {
    auto snapshot = desk.store.snapshot();
    return bank::proposals(snapshot.db(), movement);
}

Result<EntryId> confirm_match(desks::Desk& desk, MovementId movement,
                              const bank::Proposal& proposal) {
    return desk.store.write([&](store::Transaction& tx) {
        return bank::confirm_match(tx, movement, proposal.kind, proposal.target, desk.person);
    });
}

}  // namespace deodat::treasury_desk
