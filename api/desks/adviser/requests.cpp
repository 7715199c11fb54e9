#include "api/desks/adviser/requests.h"

#include "ledger/payments/works_order.h"

namespace deodat::adviser_desk {

Result<Done> sign_mandates(desks::Desk& desk, DossierId dossier) {
    return desk.store.write([&](store::Transaction& tx) -> Result<Done> {
        const auto plan = dossiers::signed_plan_of(tx.db(), dossier);
        if (!plan) {
            return Refusal{Code::gate_closed, "plan", "Il manque le plan de financement signé."};
        }
        for (const dossiers::PlanAid& aid : plan->aids) {
            const auto funder = funding::funder_by_code(tx.db(), aid.funder);
            if (!funder) return funder.refusal();
            if (funding::has_mandate(tx.db(), dossier, funder->ref.id, tx.today())) continue;
            auto signed_mandate =
                funding::sign_mandate(tx, dossier, funder->ref.id, tx.today(), desk.person);
            if (!signed_mandate) return signed_mandate.refusal();
        }
        return Done{};
    });
}

Result<std::vector<GrantId>> request_grants(desks::Desk& desk, DossierId dossier) {
    return desk.store.write([&](store::Transaction& tx) {
        return funding::request_grants(tx, dossier, desk.person, tx.today());
    });
}

Result<EntryId> record_notification(desks::Desk& desk, GrantId grant, Money amount,
                                    const std::string& reference) {
    return desk.store.write([&](store::Transaction& tx) {
        return funding::notify_grant(tx, {grant, amount, reference, tx.today(), desk.person});
    });
}

Result<std::int64_t> order_works(desks::Desk& desk, QuoteId quote) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::order_works(tx, quote, tx.today(), desk.person);
    });
}

Result<Done> finish_works_order(desks::Desk& desk, std::int64_t works_order) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::finish_works_order(tx, works_order, tx.today(), desk.person);
    });
}

Result<ClaimId> file_claim(desks::Desk& desk, GrantId grant, funding::ClaimKind kind,
                           Money amount) {
    return desk.store.write([&](store::Transaction& tx) {
        return funding::file_claim(tx, {grant, kind, amount, tx.today(), desk.person});
    });
}

}  // namespace deodat::adviser_desk
