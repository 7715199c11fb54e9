// Funding plans as kept: figures computed elsewhere, with the facts, the rules' version and the
// explanation.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/dossiers/dossier.h"

namespace deodat::dossiers {

// An aid decided outside the rules (a commune's, say), with its motive.
struct GivenAid {
    std::string aid;     // "local.commune_taintrux"
    std::string funder;  // the funder's code
    std::string label;
    Money amount;
    std::string motive;
};

// Adds it to the dossier; the version rises. Refuses no motive, an unknown funder, the same aid
// twice.
Result<Done> give_aid(store::Transaction& tx, DossierId dossier, const GivenAid& aid,
                      PersonId adviser, Day day);
std::vector<GivenAid> given_aids_of(store::Database& db, DossierId dossier);

struct PlanAid {
    std::string aid;
    std::string funder;
    std::string label;
    Money amount;
    Money advance;
    std::string motive = {};  // of a given aid
};

struct KeepPlan {
    DossierId dossier;
    std::int64_t dossier_version;  // of the dossier the figures were computed from
    PersonId adviser;
    Day kept_on;
    std::string rules_version;
    std::string facts_json;
    std::string plan_json;
    std::string explanation_json;
    Money works_ttc;
    Money total_aid;
    Money remaining_cost;
    std::vector<PlanAid> aids;
};

struct Plan {
    PlanId id;
    DossierId dossier;
    std::int64_t dossier_version;
    Day kept_on;
    std::string rules_version;
    std::string facts_json;
    std::string plan_json;
    std::string explanation_json;
    Money works_ttc;
    Money total_aid;
    Money remaining_cost;
    std::optional<Day> signed_on;
    std::vector<PlanAid> aids;
    std::string salt = {};  // of the digest that the signature sealed: 32 bytes, once signed
};

// Keeps a plan. Refuses with version_moved when the dossier has changed since the figures were
// computed, an aid named twice (a given one may bear the name of one of the rules), and aids above
// the works. Aids that do not sum to the total are our own fault.
Result<PlanId> keep_plan(store::Transaction& tx, const KeepPlan& command);

// The household signs the dossier's newest plan, and no other: an entry that seals the plan's
// digest. Refuses when the dossier has changed since.
Result<EntryId> sign_plan(store::Transaction& tx, PlanId plan, Day signed_on, PersonId adviser);

std::optional<Plan> find_plan(store::Database& db, PlanId id);
// The last plan that the household has signed.
std::optional<Plan> signed_plan_of(store::Database& db, DossierId dossier,
                                   const std::optional<journal::AsOf>& as_of = {});
// SHA-256 of everything a signed plan is, explanation included; salted, because the journal keeps
// it when the facts are erased. One that was signed before there were salts has none.
std::string plan_digest(const Plan& plan);

}  // namespace deodat::dossiers
