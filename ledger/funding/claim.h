// Claims: what is asked of a funder for a grant, the title on it, what comes, and what will not.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/funding/grant.h"

namespace deodat::funding {

enum class ClaimKind : std::uint8_t { advance, instalment, balance };
inline constexpr std::size_t claim_kind_count = 3;
std::string_view claim_kind_name(ClaimKind kind);
std::string_view claim_kind_label(ClaimKind kind);

struct Claim {
    ClaimId id;
    std::string reference;  // "C26-0001": the funder is asked to quote it when it pays
    GrantId grant;
    ClaimKind kind;
    Money amount;
    Day filed_on;
    std::string title;  // "T26-0001", once issued
    std::optional<Day> titled_on;
    Money received;
    std::optional<Day> received_on;
    Money reduced;
    std::string reduced_reason;
    Money open() const { return amount - received - reduced; }
};

struct FileClaim {
    GrantId grant;
    ClaimKind kind;
    Money amount;
    Day filed_on;
    PersonId adviser;
};
// Event 9. Refuses without a mandate in force, beyond what is notified and not yet claimed, an
// advance beyond the plan's, an advance after another claim, a balance before all ordered works are
// accepted.
Result<ClaimId> file_claim(store::Transaction& tx, const FileClaim& command);

// Event 9b: the authorising officer's title on the funder.
Result<EntryId> issue_title(store::Transaction& tx, ClaimId claim, Day day,
                            PersonId authorising_officer);

// Event 10, when a bank movement is matched. Refuses more than is open, no title yet, or a day
// before the claim.
Result<EntryId> receive_claim(store::Transaction& tx, ClaimId claim, Money amount, Day day,
                              std::string_view piece, PersonId accountant);

enum class Bearer : std::uint8_t { household, petr };
struct ReduceClaim {
    ClaimId claim;
    Money amount;
    std::string reason;  // the funder's
    Bearer bearer;
    Day day;
    PersonId authorising_officer;
};
// Event 11, and who bears the difference: the household is called for it, or the PETR loses it.
Result<EntryId> reduce_claim(store::Transaction& tx, const ReduceClaim& command);

Result<Claim> find_claim(store::Database& db, ClaimId id);
std::vector<Claim> claims_of(store::Database& db, GrantId grant);
// Of all grants of a programme, those with something still to come.
std::vector<Claim> open_claims(store::Database& db, ProgrammeId programme);

}  // namespace deodat::funding
