// Strong ids: a dossier's id is not a funder's, and the compiler knows.
#pragma once
#include <compare>
#include <cstdint>

namespace deodat {

template <class Tag>
struct Id {
    std::int64_t value = 0;  // 0 means none; real ids start at 1
    explicit operator bool() const { return value != 0; }
    friend auto operator<=>(const Id&, const Id&) = default;
};

using ProgrammeId = Id<struct ProgrammeTag>;
using PersonId = Id<struct PersonTag>;
using FunderId = Id<struct FunderTag>;
using ContractorId = Id<struct ContractorTag>;
using DossierId = Id<struct DossierTag>;
using BatchId = Id<struct BatchTag>;
using QuoteId = Id<struct QuoteTag>;
using PlanId = Id<struct PlanTag>;
using GrantId = Id<struct GrantTag>;
using ClaimId = Id<struct ClaimTag>;
using AccountId = Id<struct AccountTag>;      // a contractor's bank account
using TelephoneId = Id<struct TelephoneTag>;  // a contractor's
using InvoiceId = Id<struct InvoiceTag>;
using OrderId = Id<struct OrderTag>;
using MovementId = Id<struct MovementTag>;
using EntryId = Id<struct EntryTag>;  // also the entry's number in recording order

}  // namespace deodat
