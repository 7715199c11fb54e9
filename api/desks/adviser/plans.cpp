#include "api/desks/adviser/plans.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "ledger/dossiers/works.h"
#include "rules/facts/facts_json.h"
#include "rules/plan/plan_json.h"

namespace deodat::adviser_desk {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void put(Writer& json, const char* key, const std::string& text) {
    json.Key(key);
    json.String(text.c_str(), static_cast<rapidjson::SizeType>(text.size()));
}

void put(Writer& json, const char* key, std::int64_t number) {
    json.Key(key);
    json.Int64(number);
}

void put_household(Writer& json, const dossiers::Household& household) {
    json.Key("household");
    json.StartObject();
    put(json, "persons", household.persons);
    put(json, "reference_income_eur", household.reference_income_eur);
    put(json, "commune_insee", household.commune_insee);
    json.EndObject();
    json.Key("owner");
    json.StartObject();
    put(json, "status", household.owner_status);
    json.EndObject();
}

void put_dwelling(Writer& json, const dossiers::Dwelling& dwelling) {
    json.Key("dwelling");
    json.StartObject();
    put(json, "commune_insee", dwelling.commune_insee);
    put(json, "type", dwelling.type);
    put(json, "age_years", dwelling.age_years);
    json.Key("main_residence");
    json.Bool(dwelling.main_residence);
    put(json, "living_area_m2", dwelling.living_area_m2);
    put(json, "dpe_before", dwelling.dpe_before);
    json.EndObject();
}

void put_works(Writer& json, const dossiers::Dwelling& dwelling,
               const std::vector<dossiers::Quote>& quotes) {
    json.Key("works");
    json.StartObject();
    put(json, "dpe_after", dwelling.dpe_after);
    put(json, "energy_gain_pct", dwelling.energy_gain_pct);
    json.Key("lines");
    json.StartArray();
    for (const dossiers::Quote& quote : quotes) {
        for (const dossiers::WorksLine& line : quote.lines) {
            json.StartObject();
            put(json, "trade", line.trade);
            put(json, "amount_ht_cents", line.ht.cents());
            put(json, "vat_bp", line.vat_bp);
            json.Key("eligible");
            json.Bool(line.eligible);
            json.EndObject();
        }
    }
    json.EndArray();
    json.EndObject();
}

void put_given_aids(Writer& json, const std::vector<dossiers::GivenAid>& aids) {
    json.Key("given_aids");
    json.StartArray();
    for (const dossiers::GivenAid& aid : aids) {
        json.StartObject();
        put(json, "aid", aid.aid);
        put(json, "funder", aid.funder);
        put(json, "amount_cents", aid.amount.cents());
        put(json, "motive", aid.motive);
        json.EndObject();
    }
    json.EndArray();
}

// The dossier and its facts, of one committed state.
struct Read {
    dossiers::Dossier dossier;
    std::string facts;
    std::vector<dossiers::GivenAid> given_aids;
};

Result<Read> read(store::Store& store, DossierId id, Day deposit) {
    auto snapshot = store.snapshot();
    auto dossier = dossiers::open_dossier_of(snapshot.db(), id);
    if (!dossier) return dossier.refusal();
    auto facts = facts_of(snapshot.db(), *dossier, deposit);
    if (!facts) return facts.refusal();
    return Read{std::move(*dossier), std::move(*facts), dossiers::given_aids_of(snapshot.db(), id)};
}

// The grants that the plan takes. Loans and certificates are lines of the explanation, not money
// that the PETR receives.
std::vector<dossiers::PlanAid> aids_of(const rules::Plan& plan,
                                       const std::vector<dossiers::GivenAid>& given) {
    std::vector<dossiers::PlanAid> out;
    for (const rules::PlannedAid& planned : plan.aids) {
        const bool grant = planned.aid->kind == rules::syntax::AidKind::grant;
        if (!planned.chosen || !grant || !planned.amount.is_positive()) continue;
        out.push_back({planned.aid->id, planned.aid->funder, planned.aid->label, planned.amount,
                       planned.advance});
    }
    for (const dossiers::GivenAid& aid : given) {
        out.push_back({aid.aid, aid.funder, aid.label, aid.amount, Money(), aid.motive});
    }
    return out;
}

}  // namespace

Result<std::string> facts_of(store::Database& db, const dossiers::Dossier& dossier, Day deposit) {
    const auto household = dossiers::household_of(db, dossier.id);
    if (!household) return household.refusal();
    const auto dwelling = dossiers::dwelling_of(db, dossier.id);
    if (!dwelling) return dwelling.refusal();
    rapidjson::StringBuffer buffer;
    Writer json(buffer);
    json.StartObject();
    put(json, "deposit_date", deposit.iso());
    put_household(json, *household);
    put_dwelling(json, *dwelling);
    put_works(json, *dwelling, dossiers::quotes_of(db, dossier.id));
    put_given_aids(json, dossiers::given_aids_of(db, dossier.id));
    json.EndObject();
    return std::string(buffer.GetString(), buffer.GetSize());
}

Result<PlanId> keep_plan(desks::Desk& desk, DossierId id, Day deposit) {
    const auto dossier = read(desk.store, id, deposit);
    if (!dossier) return dossier.refusal();
    const auto facts = rules::facts_from_json(dossier->facts);
    if (!facts) return facts.refusal();
    const auto explained = rules::explain(desk.rules, *facts);
    if (!explained) return explained.refusal();
    const rules::Plan& plan = explained->plan;
    if (plan.blocked) {
        return Refusal{Code::gate_closed, "plan",
                       plan.notices.empty() ? "Le plan est bloqué." : plan.notices.front().message};
    }
    return desk.store.write([&](store::Transaction& tx) {
        return dossiers::keep_plan(
            tx,
            {id, dossier->dossier.version, desk.person, tx.today(), desk.rules.version,
             dossier->facts, rules::plan_json(plan), rules::explained_json(*explained), plan.cost(),
             plan.total_aid, plan.remaining_cost, aids_of(plan, dossier->given_aids)});
    });
}

Result<EntryId> sign_plan(desks::Desk& desk, PlanId plan) {
    return desk.store.write([&](store::Transaction& tx) {
        return dossiers::sign_plan(tx, plan, tx.today(), desk.person);
    });
}

}  // namespace deodat::adviser_desk
