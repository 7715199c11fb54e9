#include "api/desks/treasury/receipts.h"

#include <algorithm>

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

Result<std::vector<ImportedStatement>> import_statements(
    store::Store& store, PersonId accountant, std::string_view file,
    const std::vector<bank::Statement>& statements) {
    return store.write([&](store::Transaction& tx) -> Result<std::vector<ImportedStatement>> {
        std::vector<ImportedStatement> out;
        for (const bank::Statement& statement : statements) {
            const auto imported = bank::import_statement(tx, statement, file, accountant);
            if (!imported) return imported.refusal();
            const auto booked = std::ranges::count(
                statement.movements, bank::MovementStatus::booked, &bank::Movement::status);
            out.push_back({statement.id, statement.account_text, *statement.closing->day,
                           statement.closing->amount, *imported,
                           static_cast<std::size_t>(booked) - imported->size()});
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
