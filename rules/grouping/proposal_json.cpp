#include "rules/grouping/proposal_json.h"

#include "rules/facts/json_text.h"

namespace deodat::rules::grouping {
namespace {

constexpr std::int64_t form_version = 1;

std::string reason_of(const ProposedMember& member) {
    return "à " + std::to_string(member.distance_m) + " m de la maison centrale, ressemblance " +
           std::to_string(member.likeness) + "/100, travaux à commencer de " +
           member.first_start.french() + " à " + member.last_start.french();
}

std::string parameters_json(const ProposalParameters& parameters) {
    JsonText json;
    json.number("urban_diameter_m", parameters.urban_diameter_m);
    json.number("rural_diameter_m", parameters.rural_diameter_m);
    json.number("homogeneity_min", parameters.homogeneity_min);
    json.number("size_min_urban", parameters.size_min_urban);
    json.number("size_min_rural", parameters.size_min_rural);
    json.number("target_min", parameters.target_min);
    json.number("target_max", parameters.target_max);
    json.number("size_max", parameters.size_max);
    json.number("drop_out_bp", parameters.drop_out_bp);
    return json.take();
}

void expectation(JsonText& json, const ProposedBatch& batch) {
    if (batch.value) {
        json.money("value_cents", *batch.value);
    } else {
        json.null("value_cents");
    }
    if (batch.houses_min) {
        json.number("houses_min", static_cast<std::int64_t>(*batch.houses_min));
    } else {
        json.null("houses_min");
    }
    json.texts("unpriced", batch.unpriced);
}

std::string plural(std::int64_t count, const std::string& one, const std::string& many) {
    return std::to_string(count) + " " + (count > 1 ? many : one);
}

std::string listed(const std::vector<std::string>& ids) {
    std::string out;
    for (const std::string& id : ids) out += (out.empty() ? "" : ", ") + id;
    return out;
}

std::string value_text(const ProposedBatch& batch) {
    if (!batch.unpriced.empty()) {
        return "Gain attendu inconnu : il manque les prix de " + listed(batch.unpriced) + ".\n";
    }
    if (!batch.value) return "";
    return "Gain attendu " + french(*batch.value) +
           (batch.houses_min
                ? " ; personne ne perd à partir de " +
                      plural(static_cast<std::int64_t>(*batch.houses_min), "maison", "maisons")
                : " ; même à toutes, une maison paie plus que seule") +
           ".\n";
}

std::string batch_text(const ProposedBatch& batch, std::size_t rank) {
    std::string out = std::to_string(rank) + ". " + batch.trade + ", " + batch.programme + ", " +
                      listed(batch.neighbourhoods) + " : " +
                      plural(std::ssize(batch.members), "maison", "maisons") + ", vague " +
                      std::to_string(batch.wave) + ", de " + batch.start.french() + " à " +
                      batch.end.french() + ", " + std::to_string(batch.diameter_m) +
                      " m au plus entre deux, ressemblance " + std::to_string(batch.likeness) +
                      "/100" + (batch.variants ? ", à chiffrer par variantes" : "") + ".\n";
    if (batch.waits()) {
        out += "En attente : il manque " + plural(batch.needs_more, "maison", "maisons") + ".\n";
    }
    out += value_text(batch);
    for (const ProposedMember& member : batch.members) {
        out += "   " + member.id + " : " + reason_of(member) + ".\n";
    }
    return out;
}

}  // namespace

std::string proposal_json(const Proposal& proposal) {
    JsonText json;
    json.number("proposal", form_version);
    json.text("input_sha256", proposal.input_sha256);
    json.raw("parameters", parameters_json(proposal.parameters));
    std::int64_t rank = 0;
    json.objects("batches", proposal.batches, [&](const ProposedBatch& batch) {
        json.number("rank", ++rank);
        json.text("state", batch.waits() ? "waiting" : "proposed");
        json.number("needs_more", batch.needs_more);
        json.text("programme", batch.programme);
        json.text("trade", batch.trade);
        json.texts("neighbourhoods", batch.neighbourhoods);
        json.number("wave", batch.wave);
        json.text("start", batch.start.iso());
        json.text("end", batch.end.iso());
        json.number("size", std::ssize(batch.members));
        json.flag("on_target", batch.on_target);
        json.text("central", batch.central);
        json.number("diameter_m", batch.diameter_m);
        json.number("homogeneity", batch.likeness);
        json.flag("variants", batch.variants);
        expectation(json, batch);
        json.objects("members", batch.members, [&](const ProposedMember& member) {
            json.text("id", member.id);
            json.number("distance_m", member.distance_m);
            json.number("homogeneity", member.likeness);
            json.text("first_start", member.first_start.iso());
            json.text("last_start", member.last_start.iso());
            json.text("reason", reason_of(member));
        });
    });
    json.objects("rejected", proposal.rejections, [&](const Rejection& one) {
        json.text("id", one.id);
        json.text("programme", one.programme);
        json.text("trade", one.trade);
        json.objects("reasons", one.obstacles, [&](const Obstacle& obstacle) {
            json.text("code", obstacle.code);
            json.text("message", obstacle.message);
        });
    });
    return json.take();
}

std::string proposal_text(const Proposal& proposal) {
    std::string out;
    if (proposal.batches.empty()) out = "Aucune opération à proposer.\n";
    for (std::size_t i = 0; i < proposal.batches.size(); ++i) {
        out += batch_text(proposal.batches[i], i + 1);
    }
    if (proposal.rejections.empty()) return out;
    out += plural(std::ssize(proposal.rejections), "logement écarté", "logements écartés") + " :\n";
    for (const Rejection& one : proposal.rejections) {
        out += "   " + one.id + " (" + one.trade + ") :";
        for (const Obstacle& obstacle : one.obstacles) out += " " + obstacle.message;
        out += "\n";
    }
    return out;
}

}  // namespace deodat::rules::grouping
