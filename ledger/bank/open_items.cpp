#include "ledger/bank/open_items.h"

#include "ledger/funding/claim.h"
#include "ledger/funding/household_share.h"

namespace deodat::bank {
namespace {

bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool fits(const OpenItem& item, const StoredMovement& movement) {
    if (item.open && movement.amount > *item.open) return false;
    return !item.called_on || movement.day >= *item.called_on;
}

std::string reason(const OpenItem& item, Money amount) {
    switch (item.kind) {
        case Kind::claim:
            return "référence " + item.reference + " et " +
                   (*item.open == amount ? "montant au centime"
                                         : "il manquera " + french(*item.open - amount));
        case Kind::household_early:
            return "référence du dossier " + item.reference;
        case Kind::fund:
            return "mention " + item.reference;
        case Kind::household_call:
        case Kind::transfer:
        case Kind::returned_transfer:
            return "référence " + item.reference;
    }
    broken_invariant("kind", "a kind of match is one of those named", __FILE__, __LINE__);
}

}  // namespace

OpenItems OpenItems::of(store::Database& db, ProgrammeId programme) {
    OpenItems out;
    for (const funding::Claim& claim : funding::open_claims(db, programme)) {
        out.add({Kind::claim, claim.id.value, claim.reference,
                 "Demande de paiement " + claim.reference, claim.open()});
    }
    for (const dossiers::Dossier& dossier : dossiers::dossiers_of(db, programme)) {
        for (const funding::HouseholdCall& call : funding::calls_of(db, dossier.id)) {
            out.add({Kind::household_call, call.id, call.reference, "Appel " + call.reference,
                     call.open(), call.called_on});
        }
        if (dossier.state != dossiers::State::open) continue;
        out.add({Kind::household_early, dossier.id.value, dossier.reference,
                 "Versement du ménage avant titre – " + dossier.reference});
    }
    const auto itself = funding::find_programme(db, programme);
    out.add({Kind::fund, programme.value, "DOTATION " + itself->code, "Fonds de préfinancement"});
    return out;
}

void OpenItems::add(OpenItem item) {
    by_reference_.emplace(item.reference, items_.size());
    lengths_.insert(item.reference.size());
    items_.push_back(std::move(item));
}

void OpenItems::quoted(std::string_view reference, std::set<std::size_t>& found) const {
    const auto [begin, end] = by_reference_.equal_range(reference);
    for (auto at = begin; at != end; ++at) found.insert(at->second);
}

std::vector<Proposal> OpenItems::proposals(const StoredMovement& movement) const {
    std::set<std::size_t> found;
    quoted(movement.end_to_end_id, found);
    // As a whole word: C26-0001 is not in "C26-00012".
    const std::string_view text = movement.remittance;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (at > 0 && is_letter_or_digit(text[at - 1])) continue;
        for (const std::size_t length : lengths_) {
            const std::size_t end = at + length;
            if (end > text.size()) break;
            if (end < text.size() && is_letter_or_digit(text[end])) continue;
            quoted(text.substr(at, length), found);
        }
    }
    std::vector<Proposal> out;
    for (const std::size_t i : found) {
        const OpenItem& item = items_[i];
        if (!fits(item, movement)) continue;
        out.push_back({item.kind, item.target, item.label, reason(item, movement.amount)});
    }
    return out;
}

}  // namespace deodat::bank
