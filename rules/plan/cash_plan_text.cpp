#include "rules/plan/cash_plan.h"

namespace deodat::rules {
namespace {

std::string kind_text(CashKind kind) {
    switch (kind) {
        case CashKind::advance:
            return "avance";
        case CashKind::instalment:
            return "acompte";
        case CashKind::balance:
            return "solde";
        case CashKind::household_share:
            return "part du ménage";
        case CashKind::payment:
            return "facture payée";
    }
    return "";
}

std::string movement_text(const CashMovement& movement) {
    std::string text = movement.day.french() + "  ";
    if (movement.kind == CashKind::household_share) {
        text += "ménage → PETR : " + french(movement.amount) + ", part du ménage";
    } else if (movement.kind == CashKind::payment) {
        text += "PETR → " + movement.party + " : " + french(movement.amount) + ", " +
                kind_text(movement.kind);
    } else {
        text += movement.party + " → PETR : " + french(movement.amount) + ", " +
                kind_text(movement.kind) + " de « " + movement.label + " », demandé le " +
                movement.claimed_on->french();
    }
    return text + " ; encours " + french(movement.exposure) + "\n";
}

std::string exposure_text(const CashPlan& cash) {
    if (!cash.exposure_first_day) return "Le PETR n'avance rien.\n";
    const std::string from = cash.exposure_first_day->french();
    const std::string span = cash.exposure_last_day
                                 ? "du " + from + " au " + cash.exposure_last_day->french()
                                 : "depuis le " + from + ", et il n'est pas soldé à la fin";
    return "Encours de préfinancement : au plus " + french(cash.exposure_max) + " le " +
           cash.exposure_max_day->french() + " ; " + span + " ; " +
           std::to_string(cash.cent_days / 100) + " euros-jours.\n";
}

std::string wait_text(const Wait& wait) {
    if (wait.due.is_zero()) return "";
    const std::int64_t days = wait.days();
    return (wait.party.empty() ? "Ménage" : wait.party) + " : " + french(wait.due) +
           " attendus, préfinancés en moyenne " + std::to_string(days) +
           (days > 1 ? " jours.\n" : " jour.\n");
}

std::string remainder_text(const CashPlan& cash) {
    std::string text;
    if (cash.not_called.is_positive()) {
        text += "Reste à appeler auprès du ménage : " + french(cash.not_called) + ".\n";
    }
    if (cash.not_called.is_negative()) {
        text += "Les aides dépassent le coût des travaux de " + french(-cash.not_called) + ".\n";
    }
    if (cash.invoiced_above.is_positive()) {
        text += "Les factures dépassent le plan de " + french(cash.invoiced_above) +
                ", que personne ne finance.\n";
    }
    if (cash.invoiced_above.is_negative()) {
        text += "Les factures sont inférieures au plan de " + french(-cash.invoiced_above) +
                " : les aides sont à recalculer.\n";
    }
    return text;
}

}  // namespace

std::string cash_plan_text(const CashPlan& cash) {
    std::string out;
    for (const CashMovement& movement : cash.movements) out += movement_text(movement);
    out += exposure_text(cash);
    for (const Wait& wait : cash.waits) out += wait_text(wait);
    out += "Payé aux entreprises " + french(cash.paid) + " = financeurs " +
           french(cash.from_funders) + " + ménage " + french(cash.from_household) + " + reste " +
           french(cash.remainder()) + ".\n";
    return out + remainder_text(cash);
}

}  // namespace deodat::rules
