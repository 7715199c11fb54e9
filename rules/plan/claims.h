// What may be claimed of one grant, and when: an advance, instalments with the progress of the
// works, the balance.
//
// Règlement général de l'Anah, art. 19: at most three instalments, advance and instalments never
// above 70 % of the grant before the balance, each being progress × grant less what was claimed
// before; the balance is the grant retained on invoices less the payments. The number and the
// ceiling come from the rule of the aid.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/money.h"
#include "ledger/base/result.h"

namespace deodat::rules {

struct ClaimRules {
    Money grant;    // as notified
    Money advance;  // zero when the rule gives none
    std::int64_t instalments = 0;
    Money before_balance_max;  // advance and instalments together
};

enum class ClaimKind : std::uint8_t { advance, instalment, balance };
std::string_view claim_kind_name(ClaimKind kind);    // "advance", for programs
std::string_view claim_kind_french(ClaimKind kind);  // "avance"

struct Claim {
    ClaimKind kind = ClaimKind::advance;
    std::int64_t number = 0;  // of an instalment, from 1
    Money amount;             // of a balance: below zero, what is to be repaid to the funder
    Money cumulated;          // claimed so far, this one included
    std::string text;         // how it is reckoned, in French
};

// The claims of one grant, in the order they are filed. A refused claim changes nothing.
class ClaimSchedule {
  public:
    // Refuses (out_of_range) amounts that no rule can mean: negative, or above the grant.
    static Result<ClaimSchedule> of(const ClaimRules& rules);

    // Refuses (state_forbids) an advance that the rule does not give, a second one, or one after an
    // instalment or the balance.
    Result<Claim> claim_advance();

    // progress: the share of the works done, e.g. Ratio::basis_points(5'000), or the invoices paid
    // over the whole cost. Refuses (state_forbids) an instalment too many or after the balance,
    // (out_of_range) a progress above the whole or below the last one, (amount_not_positive) an
    // instalment with nothing left to claim.
    Result<Claim> claim_instalment(Ratio progress);

    // retained: the grant on the real invoices. Refuses (state_forbids) a second balance, and
    // (out_of_range) a retained grant that is negative or above the one notified. A balance of zero
    // closes the grant.
    Result<Claim> claim_balance(Money retained);

    Money claimed() const { return claimed_; }
    const std::vector<Claim>& claims() const { return claims_; }

  private:
    explicit ClaimSchedule(const ClaimRules& rules) : rules_(rules) {}
    std::optional<Refusal> instalment_refused(Ratio progress) const;
    Claim file(ClaimKind kind, std::int64_t number, Money amount, std::string text);

    ClaimRules rules_;
    std::vector<Claim> claims_;
    Money claimed_;
    std::int64_t instalments_ = 0;
    Ratio progress_{0, 1};
    bool closed_ = false;
};

}  // namespace deodat::rules
