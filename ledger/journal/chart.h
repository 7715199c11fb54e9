// The chart of accounts: which number a role has at a date. Code names roles, never numbers.
//
// Text form: see ledger/data/m57.chart. Charts are dated; the newest one that has begun by the
// entry's day holds.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/day.h"
#include "ledger/base/result.h"

namespace deodat::journal {

// What an account is for. The order is that of the chart.
enum class Role : std::uint8_t {
    cash,
    opening_balance,
    mandate_expenditure,
    mandate_revenue,
    contractor_payable,
    contractor_retention,
    funder_receivable,
    household_receivable,
    household_early_receipt,
    returned_transfer,
    loss_borne,
    works_ordered,
    works_ordered_counterpart,
    grant_notified,
    grant_notified_counterpart,
    claim_filed,
    claim_filed_counterpart,
    commitment_ordered,
    commitment_charged,
};
inline constexpr std::size_t role_count = 19;

std::string_view role_name(Role role);
std::optional<Role> role_of(std::string_view name);
// Commitments and memos, which no balance sheet counts.
bool is_off_balance(Role role);

// The family of a funder, which the account number carries (M57, 443xy).
enum class FunderFamily : std::uint8_t {
    state = 1,
    region = 2,
    department = 3,
    commune = 4,
    grouping = 5,
    other = 8,
};
std::optional<FunderFamily> funder_family_of(std::int64_t digit);

// What the postings of an account must say they are about.
struct RequiredAuxiliaries {
    bool dossier = false;
    bool funder = false;
    bool contractor = false;
};

struct Account {
    std::string number;
    std::string label;
    RequiredAuxiliaries required;
};

class Chart {
  public:
    // Reads charts from text. Refuses with the line: an unknown role, a missing one, a bad date.
    static Result<Chart> parse(std::string_view text);
    // The chart inside the program.
    static const Chart& m57();

    // The label of a role's account in the newest edition.
    std::string_view label(Role role) const;
    // Whether one of its editions gives the role this label.
    bool labels(Role role, std::string_view label) const;
    // The account of a role at a day. The operation number and the funder's family fill the number
    // where it has places for them. Refuses a day before the first chart.
    Result<Account> account(Role role, Day day, std::string_view operation,
                            std::optional<FunderFamily> family) const;

  private:
    struct Edition {
        std::string name;
        Day from;
        std::array<Account, role_count> accounts;
        std::array<bool, role_count> given{};
    };
    std::vector<Edition> editions_;  // by date
};

}  // namespace deodat::journal
