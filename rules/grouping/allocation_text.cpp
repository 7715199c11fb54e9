#include "rules/grouping/batch_json.h"

namespace deodat::rules::grouping {
namespace {

std::string figures(const HouseholdOutcome& one) {
    std::string out = "remise " + french(one.price.discount) + ", coûts communs " +
                      french(one.price.shared) + " ; TTC " + french(one.price.ttc) + " − aides " +
                      french(one.aid) + " = reste à charge " + french(one.remaining) +
                      ". Gain : ménage " + french(one.household_gain) + ", financeurs " +
                      french(one.funder_gain) + ".";
    if (one.payable_aid) {
        out += " Aide payable " + french(*one.payable_aid) + ", reste à charge " +
               french(*one.payable_remaining) + ".";
    }
    return out + "\n";
}

std::string drop_out_text(const DropOut& row) {
    std::string out = "Si " + row.leaver + " part : ";
    out += row.changes_tier ? "le palier change" : "le palier reste";
    std::string signers;
    for (const Staying& one : row.others) {
        if (one.must_sign) signers += (signers.empty() ? "" : ", ") + one.id;
    }
    out += signers.empty() ? ", personne ne signe à nouveau" : ", signent à nouveau : " + signers;
    if (row.refusal) out += ". Ceux qui restent : " + row.refusal->message;
    return out + (row.refusal ? "\n" : ".\n");
}

}  // namespace

std::string allocation_text(const Allocation& allocation, const std::vector<DropOut>& drop_outs) {
    std::string out = std::to_string(allocation.members.size()) + " logements, remise de " +
                      french(allocation.discount) + ".\n";
    for (const HouseholdOutcome& one : allocation.members) {
        out += one.price.id + " : " + figures(one);
    }
    out += "Ensemble : " + figures(allocation.totals());
    if (allocation.corrected) {
        out += "Des coûts communs ont été déplacés pour que personne ne paie plus que seul.\n";
    }
    if (allocation.refusal) out += "Refusé : " + allocation.refusal->message + "\n";
    for (const DropOut& row : drop_outs) out += drop_out_text(row);
    return out;
}

}  // namespace deodat::rules::grouping
