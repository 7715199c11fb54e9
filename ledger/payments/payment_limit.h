// Limits on payments: the most that one order may be, and that a payee, an approver or a programme
// may have approved in a day. They hold whoever approves, and what is split to stay below them is
// found.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/treasury/gates.h"

namespace deodat::payments {

enum class LimitScope : std::uint8_t { order, payee_day, approver_day, programme_day };
inline constexpr std::size_t limit_scope_count = 4;
std::string_view limit_scope_name(LimitScope scope);
std::string_view limit_scope_label(LimitScope scope);

struct PaymentLimit {
    LimitScope scope = LimitScope::order;
    Money amount;
    Day since;
};

struct ProposedLimit {
    ProgrammeId programme;
    LimitScope scope = LimitScope::order;
    std::optional<Money> amount;  // none lifts it
    std::string reason;
    PersonId authorising_officer;
};

struct LimitProposal {
    std::int64_t id = 0;
    std::optional<Day> since;  // none: another person is to confirm it
};

// A limit that is new or lower holds at once, by one person; one that is higher, or lifted, once
// another has confirmed it. Refuses who is not the authorising officer, an unknown programme, an
// amount that is none, an unclean reason.
Result<LimitProposal> propose_payment_limit(store::Transaction& tx, const ProposedLimit& proposed);

// Another authorising officer, or the public accountant, confirms: it holds from the day after, so
// that urgency lifts nothing. Refuses the person who proposed it (same_person), one that holds
// already (state_forbids).
Result<Day> confirm_payment_limit(store::Transaction& tx, std::int64_t id, PersonId person);

// Those in force on a day, one a scope at most.
std::vector<PaymentLimit> payment_limits_of(store::Database& db, ProgrammeId programme, Day day);

// A payment that is about to be approved.
struct LimitedPayment {
    ProgrammeId programme;
    DossierId dossier;
    ContractorId payee;
    Money amount;
    std::int64_t order = 0;                           // itself, when it is approved already
    std::optional<PersonId> approver = std::nullopt;  // none: not known yet
};

// One gate a limit in force today, and "payment_split" where orders have one: what the payee had
// approved for that dossier over seven days comes to more than one order may be, though each is
// within. What was approved in a day is what was recorded then, whatever day it bears.
std::vector<treasury::Gate> payment_limit_gates(store::Database& db, const LimitedPayment& payment,
                                                Day today);

// What a payee had approved in all dossiers over seven days, this payment included, where that is
// more than one order may be: another thing to know before approving. Nothing without such a limit.
std::optional<Money> beyond_one_order(store::Database& db, const LimitedPayment& payment,
                                      Day today);

}  // namespace deodat::payments
