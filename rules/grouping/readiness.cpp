#include "rules/grouping/readiness.h"

namespace deodat::rules::grouping {
namespace {

std::optional<Obstacle> consent_obstacle(const std::optional<Consent>& consent, Day as_of) {
    if (!consent || consent->given_on > as_of) {
        return Obstacle{"no_consent", "Le ménage n'a pas consenti au groupement : le recueillir."};
    }
    if (consent->withdrawn_on && *consent->withdrawn_on <= as_of) {
        return Obstacle{"consent_withdrawn", "Le ménage a retiré son consentement le " +
                                                 consent->withdrawn_on->french() + "."};
    }
    return std::nullopt;
}

std::string works_time(std::int64_t months) {
    return std::to_string(months) + " mois";
}

std::optional<Obstacle> calendar_obstacle(const Candidate& of, Day as_of) {
    const Month first = of.first_start(as_of);
    const Month last_by_window = of.to.plus(1 - of.works_months);
    if (last_by_window < first) {
        return Obstacle{"window_over", "Les travaux (" + works_time(of.works_months) +
                                           ") ne tiennent pas de " + first.french() + " à " +
                                           of.to.french() + " : élargir la période."};
    }
    const Month first_end = first.plus(of.works_months - 1);
    for (const Deadline& deadline : of.deadlines) {
        if (Month::ended_by(deadline.day) >= first_end) continue;
        return Obstacle{"deadline_before_works_end",
                        "« " + deadline.label + " » tombe le " + deadline.day.french() +
                            ", avant la fin des travaux (" + first_end.french() +
                            " au plus tôt) : la faire prolonger."};
    }
    return std::nullopt;
}

}  // namespace

std::vector<Obstacle> obstacles(const Candidate& candidate, Day as_of) {
    std::vector<Obstacle> out;
    const auto add = [&](bool stands, std::string_view code, std::string_view message) {
        if (stands) out.push_back({code, std::string(message)});
    };
    if (auto consent = consent_obstacle(candidate.consent, as_of)) out.push_back(*consent);
    add(candidate.quote_signed, "quote_signed", "Un devis de ce métier est déjà signé.");
    add(candidate.works_started, "works_started", "Les travaux de ce métier sont commencés.");
    add(candidate.aid == AidState::filed, "aid_filed",
        "L'aide est demandée à un autre prix que le prix garanti : un changement de prix en ferait "
        "perdre une part.");
    add(!candidate.in_perimeter, "outside_perimeter",
        "Le logement est hors du périmètre du programme.");
    if (candidate.open_batch) {
        add(true, "in_open_batch",
            "Le dossier est déjà dans l'opération « " + *candidate.open_batch +
                " » pour ce métier.");
    }
    add(!candidate.position, "no_position",
        "L'adresse n'est pas située (coordonnées de la base adresse nationale).");
    if (auto calendar = calendar_obstacle(candidate, as_of)) out.push_back(*calendar);
    return out;
}

}  // namespace deodat::rules::grouping
