#include "rules/plan/claims.h"

#include <algorithm>

namespace deodat::rules {
namespace {

__extension__ using Int128 = __int128;

// Compares exactly: no rounding decides whether works went backwards.
bool less(Ratio a, Ratio b) {
    return Int128{a.numerator} * b.denominator < Int128{b.numerator} * a.denominator;
}

std::string percent_text(Ratio ratio) {
    const std::int64_t bp = mul_div(10'000, ratio.numerator, ratio.denominator, Rounding::half_up);
    std::string text = std::to_string(bp / 100);
    if (bp % 100 != 0) {
        text += (bp % 100 < 10 ? ",0" : ",") + std::to_string(bp % 100);
        if (text.back() == '0') text.pop_back();
    }
    return text + "\u00a0%";
}

Refusal forbidden(std::string message) {
    return {Code::state_forbids, "claim", std::move(message)};
}

}  // namespace

std::string_view claim_kind_name(ClaimKind kind) {
    switch (kind) {
        case ClaimKind::advance:
            return "advance";
        case ClaimKind::instalment:
            return "instalment";
        case ClaimKind::balance:
            return "balance";
    }
    return "";
}

std::string_view claim_kind_french(ClaimKind kind) {
    switch (kind) {
        case ClaimKind::advance:
            return "avance";
        case ClaimKind::instalment:
            return "acompte";
        case ClaimKind::balance:
            return "solde";
    }
    return "";
}

Result<ClaimSchedule> ClaimSchedule::of(const ClaimRules& rules) {
    const auto within = [&](Money amount) {
        return !amount.is_negative() && amount <= rules.grant;
    };
    if (!within(rules.grant) || !within(rules.advance) || !within(rules.before_balance_max) ||
        rules.instalments < 0) {
        return Refusal{Code::out_of_range, "claim",
                       "Subvention " + french(rules.grant) + ", avance " + french(rules.advance) +
                           ", plafond avant solde " + french(rules.before_balance_max) +
                           " : l'avance et le plafond vont de 0 au montant de la subvention."};
    }
    return ClaimSchedule(rules);
}

Claim ClaimSchedule::file(ClaimKind kind, std::int64_t number, Money amount, std::string text) {
    claimed_ += amount;
    claims_.push_back({kind, number, amount, claimed_, std::move(text)});
    return claims_.back();
}

Result<Claim> ClaimSchedule::claim_advance() {
    if (!rules_.advance.is_positive()) {
        return forbidden("Cette subvention de " + french(rules_.grant) +
                         " ne prévoit pas d'avance.");
    }
    if (!claims_.empty()) {
        return forbidden("L'avance se demande une seule fois, et la première ; " +
                         french(claimed_) + " sont déjà demandés.");
    }
    return file(ClaimKind::advance, 0, rules_.advance, "Avance : " + french(rules_.advance) + ".");
}

std::optional<Refusal> ClaimSchedule::instalment_refused(Ratio progress) const {
    if (closed_) return forbidden("Le solde est demandé : aucun acompte ne peut le suivre.");
    if (rules_.instalments == 0) return forbidden("Cette subvention ne prévoit pas d'acompte.");
    if (instalments_ == rules_.instalments) {
        return forbidden("Les " + std::to_string(rules_.instalments) +
                         " acomptes prévus sont demandés : il reste le solde.");
    }
    if (less(progress, Ratio{0, 1}) || less(Ratio{1, 1}, progress)) {
        return Refusal{Code::out_of_range, "progress",
                       "L'avancement vaut " + percent_text(progress) +
                           " : il faut une valeur de 0 % à 100 %."};
    }
    if (less(progress, progress_)) {
        return Refusal{Code::out_of_range, "progress",
                       "L'avancement vaut " + percent_text(progress) +
                           " : il ne peut être inférieur au précédent, " + percent_text(progress_) +
                           "."};
    }
    return std::nullopt;
}

Result<Claim> ClaimSchedule::claim_instalment(Ratio progress) {
    if (std::optional<Refusal> refused = instalment_refused(progress)) return *refused;
    const Money done = part_of(rules_.grant, progress, Rounding::half_up);
    const Money entitled = std::min(done, rules_.before_balance_max);
    const std::string sum = "min(" + percent_text(progress) + " × " + french(rules_.grant) + " = " +
                            french(done) + " ; plafond avant solde " +
                            french(rules_.before_balance_max) + ") − déjà demandé " +
                            french(claimed_);
    if (entitled <= claimed_) {
        return Refusal{
            Code::amount_not_positive, "claim",
            "Aucun acompte à demander : " + sum + " = " + french(entitled - claimed_) + "."};
    }
    const Money amount = entitled - claimed_;
    progress_ = progress;
    ++instalments_;
    return file(
        ClaimKind::instalment, instalments_, amount,
        "Acompte " + std::to_string(instalments_) + " : " + sum + " = " + french(amount) + ".");
}

Result<Claim> ClaimSchedule::claim_balance(Money retained) {
    if (closed_) return forbidden("Le solde est déjà demandé.");
    if (retained.is_negative() || retained > rules_.grant) {
        return Refusal{Code::out_of_range, "retained",
                       "Le montant retenu vaut " + french(retained) +
                           " : il va de 0 au montant notifié, " + french(rules_.grant) + "."};
    }
    closed_ = true;
    const Money amount = retained - claimed_;
    std::string text = "Solde : retenu " + french(retained) + " − déjà demandé " +
                       french(claimed_) + " = " + french(amount);
    text += amount.is_negative() ? ", à reverser au financeur." : ".";
    return file(ClaimKind::balance, 0, amount, std::move(text));
}

}  // namespace deodat::rules
