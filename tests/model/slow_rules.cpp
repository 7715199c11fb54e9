#include "tests/model/slow_rules.h"

#include <algorithm>
#include <functional>

#include "rules/engine/parser.h"

namespace deodat::model {
namespace {

using namespace rules::syntax;
using rules::FactId;
using rules::Facts;
using rules::GivenAid;
using rules::WorksLine;

// One dossier under the rules: what is open to it, then as many runs as the choice among exclusive
// aids asks for.
class Dossier {
  public:
    Dossier(const std::vector<File>& files, const Facts& facts, SlowVisits* visits)
        : files_(files), facts_(facts), visits_(visits) {}

    std::vector<std::string> groups_in_turn() const;
    SlowPlan plan(const std::vector<std::string>& groups);

  private:
    // Which aid of each group is taken, by the group's name.
    using Taken = std::map<std::string, std::string>;

    struct Run {
        std::map<std::string, SlowAid> aids;
        std::map<std::string, SlowOutcome> outcomes;
        std::map<std::string, SlowLimit> limits;
        std::map<std::string, Rational> exact_base;
        std::map<std::string, Rational> exact_rate;
        std::map<std::string, Rational> other_aids;
        std::set<std::string> not_for;  // aids for others than this household, as far as is known
        std::map<std::string, std::optional<std::int64_t>> by_hand_most;
    };

    template <class Block, class Blocks>
    std::vector<const Block*> every(Blocks blocks) const {
        std::vector<const Block*> out;
        for (const File& file : files_) {
            for (const Block& block : file.*blocks) out.push_back(&block);
        }
        return out;
    }
    std::vector<const Aid*> aids() const { return every<Aid>(&File::aids); }
    std::vector<const Limit*> limits() const { return every<Limit>(&File::limits); }
    std::vector<const Scale*> scales() const { return every<Scale>(&File::scales); }

    const Commune& place() const { return facts_.commune_of(FactId::dwelling_commune); }
    static FactId date_of(const Dating& dating) {
        return dating.by.id.empty() ? FactId::deposit_date : *rules::fact_named(dating.by.id);
    }
    const Window* open(const Dating& dating) const;
    bool open_here(const Dating& dating, const std::vector<TerritoryItem>& territory) const {
        return open(dating) != nullptr && (territory.empty() || holds(territory, place()));
    }
    std::string general_family() const;
    const Scale* scale(const std::string& family) const;
    std::int64_t class_on(const Scale& scale) const;
    std::int64_t given(const std::string& id) const;
    bool by_hand(const std::string& id) const;
    bool known_aid(const std::string& id) const;
    std::string refusal() const;

    std::set<std::string> read_by(const std::string& id) const;
    bool completes_others(const std::string& id) const;
    const std::set<std::string>& needs(const std::string& id) const;

    Run run(const Taken& taken) const;
    void add(const std::string& id, const Taken& taken, Run& run) const;
    SlowScope household() const;
    SlowScope enter(const Aid& aid) const;
    void calculate(const Aid& aid, SlowScope& scope, SlowAid& out, Run& run) const;
    bool grant_counts(const Limit& limit, const Aid& aid) const;
    bool given_counts(const Limit& limit, const GivenAid& given) const;
    static bool concerns(const Limit& limit, const Run& run) {
        return limit.when_granted.empty() ||
               std::ranges::any_of(limit.when_granted, [&](const Reference& id) {
                   const auto at = run.outcomes.find(id.id);
                   return at != run.outcomes.end() && at->second.granted;
               });
    }
    void cut(Run& run) const;
    void apply(const Limit& limit, Run& run) const;
    void advances(Run& run) const;
    Taken choose(const std::vector<std::string>& turn) const;

    const std::vector<File>& files_;
    const Facts& facts_;
    SlowVisits* visits_;
    std::map<std::string, const Aid*> open_;  // the version at hand of each aid in the plan
    const Scale* general_ = nullptr;
    mutable std::map<std::string, std::set<std::string>> needs_;  // as they were found
};

// The names that an expression gives to a visitor, wherever they stand.
void walk(const Expression& written, const std::function<void(const Expression&)>& visit) {
    visit(written);
    for (const Expression& part : written.parts) walk(part, visit);
    for (const Row& row : written.rows) {
        for (const Expression& value : row.value) walk(value, visit);
    }
}

void walk(const Aid& aid, const std::function<void(const Expression&)>& visit) {
    for (const Named& let : aid.lets) walk(let.value, visit);
    for (const Condition& condition : aid.conditions) walk(condition.test, visit);
    for (const Expression& part : aid.amount) walk(part, visit);
    for (const auto* clause : {&aid.base, &aid.rate, &aid.equivalent, &aid.at_most, &aid.at_least,
                               &aid.advance, &aid.before_balance}) {
        if (*clause) walk(**clause, visit);
    }
}

bool reads_an_aid(const Expression& written) {
    return written.kind == Kind::amount_of || written.kind == Kind::base_of ||
           written.kind == Kind::granted || written.kind == Kind::eligible;
}

const Window* Dossier::open(const Dating& dating) const {
    const FactId by = date_of(dating);
    const std::int64_t day = facts_.get(facts_.has(by) ? by : FactId::deposit_date);
    for (const Window& window : dating.windows) {
        if (day >= window.from && (!window.until || day <= *window.until)) return &window;
    }
    return nullptr;
}

std::string Dossier::general_family() const {
    std::set<std::string> families;
    for (const Scale* scale : scales()) families.insert(scale->id);
    for (const Aid* aid : aids()) families.erase(aid->incomes.id);
    return families.empty() ? "" : *families.begin();
}

const Scale* Dossier::scale(const std::string& family) const {
    for (const Scale* scale : scales()) {
        if (scale->id == family && open(scale->dating) != nullptr) return scale;
    }
    return nullptr;
}

std::int64_t Dossier::class_on(const Scale& scale) const {
    const std::int64_t income = facts_.get(FactId::reference_income);
    std::int64_t rank = 0;
    for (const char* name : {"very_modest", "modest", "intermediate"}) {
        const std::optional<std::int64_t> most =
            ceiling_of(scale, zone_of(facts_), name, facts_.get(FactId::persons));
        if (most && (scale.inclusive ? income <= *most : income < *most)) return rank;
        ++rank;
    }
    return rank;
}

std::int64_t Dossier::given(const std::string& id) const {
    std::int64_t cents = 0;
    for (const GivenAid& aid : facts_.given_aids) cents += aid.aid == id ? aid.amount.cents() : 0;
    return cents;
}

bool Dossier::by_hand(const std::string& id) const {
    return std::ranges::any_of(facts_.given_aids,
                               [&](const GivenAid& one) { return one.aid == id; });
}

bool Dossier::known_aid(const std::string& id) const {
    return std::ranges::any_of(aids(), [&](const Aid* aid) { return aid->id == id; });
}

std::string Dossier::refusal() const {
    if (general_ == nullptr) return "scale_missing";
    if (!facts_.scheme.empty() && !known_aid(facts_.scheme)) return "aid_unknown";
    for (const WorksLine& line : facts_.lines) {
        if (!line.eligible_for) continue;
        for (const std::string& name : *line.eligible_for) {
            if (!known_aid(name)) return "aid_unknown";
        }
    }
    for (const GivenAid& given : facts_.given_aids) {
        if (!known_aid(given.aid)) continue;
        if (given.motive.empty()) return "motive_missing";
        const bool grant = std::ranges::all_of(aids(), [&](const Aid* aid) {
            return aid->id != given.aid || aid->kind == AidKind::grant;
        });
        if (!grant) return "given_not_a_grant";
    }
    return "";
}

// The aids that any version of an aid speaks of.
std::set<std::string> Dossier::read_by(const std::string& id) const {
    std::set<std::string> names;
    for (const Aid* aid : aids()) {
        if (aid->id != id) continue;
        walk(*aid, [&](const Expression& one) {
            if (reads_an_aid(one)) names.insert(one.text);
        });
        for (const Reference& after : aid->after) names.insert(after.id);
    }
    return names;
}

bool Dossier::completes_others(const std::string& id) const {
    bool found = false;
    for (const Aid* aid : aids()) {
        if (aid->id != id) continue;
        walk(*aid, [&](const Expression& one) { found = found || one.kind == Kind::other_aids; });
    }
    return found;
}

// Every aid that comes before, directly or not.
const std::set<std::string>& Dossier::needs(const std::string& id) const {
    if (const auto known = needs_.find(id); known != needs_.end()) return known->second;
    std::set<std::string>& found = needs_[id];
    std::vector<std::string> fresh = {id};
    while (!fresh.empty()) {
        const std::string at = fresh.back();
        fresh.pop_back();
        std::set<std::string> before = read_by(at);
        if (completes_others(at)) {
            for (const Aid* aid : aids()) {
                if (!completes_others(aid->id)) before.insert(aid->id);
            }
        }
        for (const std::string& name : before) {
            if (found.insert(name).second) fresh.push_back(name);
        }
    }
    return found;
}

SlowScope Dossier::household() const {
    SlowScope scope{.facts = facts_};
    scope.visits = visits_;
    scope.scale = general_;
    scope.income_class = class_on(*general_);
    for (const WorksLine& line : facts_.lines) {
        if (!line.eligible) continue;
        scope.eligible_ht += line.amount_ht.cents();
        scope.eligible_ttc += ttc_of(line);
    }
    return scope;
}

SlowScope Dossier::enter(const Aid& aid) const {
    SlowScope scope = household();
    if (!aid.incomes.id.empty()) {
        scope.scale = scale(aid.incomes.id);
        scope.income_class.reset();
        if (scope.scale != nullptr) scope.income_class = class_on(*scope.scale);
    }
    scope.eligible_ht = 0;
    scope.eligible_ttc = 0;
    for (const WorksLine& line : facts_.lines) {
        bool eligible = line.eligible;
        if (aid.named_lines) eligible = false;
        if (line.eligible_for) eligible = std::ranges::count(*line.eligible_for, aid.id) > 0;
        if (!eligible) continue;
        scope.eligible_ht += line.amount_ht.cents();
        scope.eligible_ttc += ttc_of(line);
    }
    for (const Named& let : aid.lets) scope.lets[let.name] = &let.value;
    return scope;
}

// The cap that a base is written with: behind a `let` too.
const Expression* cap_of(const Expression& base, const SlowScope& scope) {
    if (base.kind == Kind::up_to) return &base.parts[1];
    if (base.kind != Kind::name) return nullptr;
    const auto let = scope.lets.find(base.text);
    return let == scope.lets.end() ? nullptr : cap_of(*let->second, scope);
}

Rational not_negative(const Rational& amount) {
    return amount < Rational(0) ? Rational(0) : amount;
}

std::int64_t to_cent(const Rational& amount) {
    return rounded(amount, RoundTo::cent, RoundHow::half_up);
}

void Dossier::calculate(const Aid& aid, SlowScope& scope, SlowAid& out, Run& run) const {
    if (aid.base) {
        scope.base = not_negative(evaluate(*aid.base, scope).number);
        out.base = to_cent(*scope.base);
        run.exact_base[aid.id] = *scope.base;
        if (const Expression* cap = cap_of(*aid.base, scope)) {
            out.base_cap = to_cent(evaluate(*cap, scope).number);
        }
    }
    if (aid.rate) {
        scope.rate = evaluate(*aid.rate, scope).number;
        out.rate_bp = (*scope.rate * Rational(10'000)).whole();
        run.exact_rate[aid.id] = *scope.rate;
    }
    Rational amount;
    for (const Expression& part : aid.amount) amount = amount + evaluate(part, scope).number;
    if (aid.at_most) {
        const Rational most = evaluate(*aid.at_most, scope).number;
        if (most < amount) amount = most;
    }
    amount = not_negative(amount);
    out.before_limit = rounded(amount, aid.round_to, aid.round_how);
    if (amount > Rational(0) && out.before_limit == 0) out.reasons.insert("below_minimum");
    if (aid.at_least && out.before_limit < to_cent(evaluate(*aid.at_least, scope).number)) {
        out.reasons.insert("below_minimum");
        out.eligible = false;
    }
    if (aid.equivalent) {
        out.equivalent = to_cent(not_negative(evaluate(*aid.equivalent, scope).number));
    }
}

void Dossier::add(const std::string& id, const Taken& taken, Run& run) const {
    const Aid& aid = *open_.at(id);
    SlowAid out;
    out.version = open(aid.dating)->from;
    SlowScope scope = enter(aid);
    scope.outcomes = run.outcomes;
    const std::set<std::string>& before = needs(id);
    for (const auto& [name, earlier] : run.aids) {
        const bool grant = open_.at(name)->kind == AidKind::grant;
        if (before.contains(name) && grant && earlier.chosen) {
            scope.other_aids = scope.other_aids + Rational(earlier.amount);
        }
    }
    for (const GivenAid& one : facts_.given_aids) {
        scope.other_aids = scope.other_aids + Rational(one.amount.cents());
    }
    run.other_aids[id] = scope.other_aids;
    bool established = true;
    if (scope.scale == nullptr) {
        out.reasons.insert("scale_missing");
    } else {
        for (const Condition& condition : aid.conditions) {
            const SlowValue answer = evaluate(condition.test, scope);
            const std::string code =
                condition.code.empty() ? default_code(condition.test, scope) : condition.code;
            if (!answer.known) {
                out.to_verify.insert(code);
                established = established && !condition.established;
            } else if (answer.number == Rational(0)) {
                out.reasons.insert(code);
                if (condition.established) run.not_for.insert(id);
            }
        }
    }
    out.eligible = out.reasons.empty() && !scope.outside_table;
    scope.absent.clear();
    if (out.reasons.empty()) {
        calculate(aid, scope, out, run);
        const Dating* datings[] = {&aid.dating,
                                   aid.incomes.id.empty() ? nullptr : &scope.scale->dating};
        for (const Dating* dating : datings) {
            if (dating == nullptr || facts_.has(date_of(*dating))) continue;
            scope.absent.insert(code_of_fact(dating->by.id));
        }
        out.to_verify.insert(scope.absent.begin(), scope.absent.end());
    }
    if (scope.outside_table) {
        out.reasons.insert("outside_table");
        out.eligible = false;
    }
    std::string own;
    if (!established && facts_.scheme != id) {
        own = "not_established";
        run.not_for.insert(id);
    } else if (aid.decided)
        own = "undecided";
    std::string aside = own;
    if (!aid.scheme.empty() && own != "not_established") {
        const auto found = taken.find(aid.scheme);
        const bool none = found == taken.end();
        if (none ? own.empty() : found->second != id) aside = "other_scheme";
    }
    if (by_hand(id)) aside = "by_hand";
    if (out.eligible) {
        out.not_chosen = aside;
        out.chosen = aside.empty();
        if (aside == "undecided") out.to_verify.insert("decision");
    } else {
        out.base.reset();
        out.base_cap.reset();
        out.rate_bp.reset();
        out.before_limit = 0;
        out.equivalent = 0;
    }
    out.amount = out.before_limit;
    if (by_hand(id)) {
        run.by_hand_most[id] = out.before_limit;
        if (out.eligible && aid.decided) {
            run.by_hand_most[id].reset();
            if (aid.at_most) run.by_hand_most[id] = to_cent(evaluate(*aid.at_most, scope).number);
        }
    }
    SlowOutcome outcome{out.eligible, out.chosen && out.amount > 0, 0, 0};
    if (out.chosen) outcome.amount = out.amount;
    if (by_hand(id)) outcome = run.outcomes.at(id);  // known since before any aid
    if (outcome.granted && out.eligible && aid.base) outcome.base = *scope.base;
    run.outcomes[id] = outcome;
    run.aids[id] = out;
}

bool Dossier::grant_counts(const Limit& limit, const Aid& aid) const {
    bool counts =
        std::ranges::any_of(limit.counts, [&](const Reference& one) { return one.id == aid.id; });
    if (limit.counts_every_local_aid && aid.id.starts_with("local.") &&
        aid.kind == AidKind::grant) {
        counts = true;
    }
    if (aid.counts_in_nothing) counts = false;
    for (const Reference& one : aid.counts_in) counts = counts || one.id == limit.id;
    return counts;
}

// A given aid that stands for one of the rules' counts where that one does.
bool Dossier::given_counts(const Limit& limit, const GivenAid& given) const {
    if (!known_aid(given.aid)) return limit.counts_every_local_aid;
    return std::ranges::any_of(
        aids(), [&](const Aid* aid) { return aid->id == given.aid && grant_counts(limit, *aid); });
}

void Dossier::apply(const Limit& limit, Run& run) const {
    SlowLimit out;
    SlowScope scope = household();
    if (limit.ceiling->kind == Kind::binary && limit.ceiling->op == Operator::multiply) {
        const SlowValue rate = evaluate(limit.ceiling->parts[0], scope);
        if (rate.type == rules::Type::rate) {
            out.rate_bp = (rate.number * Rational(10'000)).whole();
        }
    }
    out.ceiling = to_cent(evaluate(*limit.ceiling, scope).number);
    for (const auto& [id, aid] : run.aids) {
        if (!aid.chosen || !grant_counts(limit, *open_.at(id))) continue;
        out.counted += open_.at(id)->equivalent ? aid.equivalent : aid.amount;
    }
    for (const GivenAid& given : facts_.given_aids) {
        if (given_counts(limit, given)) out.counted += given.amount.cents();
    }
    std::int64_t over = std::max<std::int64_t>(0, out.counted - out.ceiling);
    for (const Reference& id : limit.cuts) {
        const auto found = run.aids.find(id.id);
        if (found == run.aids.end() || !found->second.chosen) continue;
        const std::int64_t reduction = std::min(over, found->second.amount);
        found->second.amount -= reduction;
        out.cut += reduction;
        over -= reduction;
    }
    out.excess = over;
    run.limits[limit.id] = out;
}

// Each limit after those it names, whether these apply here or not.
void Dossier::cut(Run& run) const {
    std::set<std::string> done;
    std::set<std::string> all;
    for (const Limit* limit : limits()) all.insert(limit->id);
    while (done.size() < all.size()) {
        const std::size_t before = done.size();
        for (const std::string& id : all) {
            bool ready = !done.contains(id);
            for (const Limit* limit : limits()) {
                if (limit->id != id) continue;
                for (const Reference& after : limit->after)
                    ready = ready && done.contains(after.id);
            }
            if (!ready) continue;
            for (const Limit* limit : limits()) {
                if (limit->id == id && open_here(limit->dating, limit->territory) &&
                    concerns(*limit, run)) {
                    apply(*limit, run);
                }
            }
            done.insert(id);
        }
        if (done.size() == before) throw std::domain_error("limits in a circle");
    }
}

void Dossier::advances(Run& run) const {
    for (auto& [id, out] : run.aids) {
        const Aid& aid = *open_.at(id);
        if (!out.chosen || (!aid.advance && !aid.before_balance)) continue;
        SlowScope scope = enter(aid);
        scope.outcomes = run.outcomes;
        if (aid.base) scope.base = run.exact_base.at(id);
        if (aid.rate) scope.rate = run.exact_rate.at(id);
        scope.other_aids = run.other_aids.at(id);
        scope.amount = out.amount;
        if (aid.advance) {
            const std::int64_t asked = to_cent(evaluate(*aid.advance, scope).number);
            out.advance = std::clamp<std::int64_t>(asked, 0, out.amount);
        }
        if (aid.before_balance) {
            const std::int64_t asked = to_cent(evaluate(*aid.before_balance, scope).number);
            out.before_balance = std::clamp(asked, out.advance, out.amount);
            out.instalments = aid.instalments;
        }
        out.to_verify.insert(scope.absent.begin(), scope.absent.end());
    }
}

Dossier::Run Dossier::run(const Taken& taken) const {
    Run made;
    // What was decided by hand is a right and taken, also where the rules have closed the aid.
    for (const GivenAid& one : facts_.given_aids) {
        if (known_aid(one.aid)) made.outcomes[one.aid] = {true, true, given(one.aid), 0};
    }
    while (made.aids.size() < open_.size()) {
        for (const auto& [id, aid] : open_) {
            if (made.aids.contains(id)) continue;
            const std::set<std::string>& before = needs(id);
            const bool ready = std::ranges::all_of(before, [&](const std::string& name) {
                return !open_.contains(name) || made.aids.contains(name);
            });
            if (ready) add(id, taken, made);
        }
    }
    cut(made);
    advances(made);
    return made;
}

// Whether the two aids may be open to one dossier.
bool may_meet(const Aid& a, const Aid& b) {
    const auto overlap = [](const Window& one, const Window& other) {
        return (!other.until || one.from <= *other.until) &&
               (!one.until || other.from <= *one.until);
    };
    bool at_once = a.dating.by.id != b.dating.by.id;
    for (const Window& one : a.dating.windows) {
        for (const Window& other : b.dating.windows) at_once = at_once || overlap(one, other);
    }
    return at_once && std::ranges::any_of(communes(), [&](const Commune& commune) {
               return (a.territory.empty() || holds(a.territory, commune)) &&
                      (b.territory.empty() || holds(b.territory, commune));
           });
}

// A group after those whose aids it reads; the national one first, then by name.
std::vector<std::string> Dossier::groups_in_turn() const {
    std::map<std::string, std::set<std::string>> earlier;
    for (const Aid* a : aids()) {
        if (a->scheme.empty()) continue;
        earlier[a->scheme];
        for (const Aid* b : aids()) {
            if (b->scheme.empty() || b->scheme == a->scheme || !needs(a->id).contains(b->id))
                continue;
            if (may_meet(*a, *b)) earlier[a->scheme].insert(b->scheme);
        }
    }
    std::vector<std::string> names;
    for (const auto& [name, before] : earlier) names.push_back(name);
    std::stable_partition(names.begin(), names.end(),
                          [](const std::string& name) { return name == "national"; });
    std::vector<std::string> turn;
    while (turn.size() < names.size()) {
        const auto next = std::ranges::find_if(names, [&](const std::string& name) {
            const auto placed = [&](const std::string& one) {
                return std::ranges::count(turn, one) > 0;
            };
            return !placed(name) && std::ranges::all_of(earlier[name], placed);
        });
        if (next == names.end()) throw std::domain_error("choices in a circle");
        turn.push_back(*next);
    }
    return turn;
}

// Groups in turn: each candidate is tried with the choices made so far, and those of groups to come
// not taken.
Dossier::Taken Dossier::choose(const std::vector<std::string>& turn) const {
    Taken taken;
    for (const std::string& group : turn) {
        std::optional<std::string> best;
        std::int64_t largest = 0;
        for (const auto& [id, aid] : open_) {
            if (aid->scheme == group && by_hand(id) && !taken.contains(group)) taken[group] = id;
        }
        if (taken.contains(group)) continue;
        for (const auto& [id, aid] : open_) {
            if (aid->scheme != group) continue;
            Taken trial = taken;
            trial[group] = id;
            const SlowAid alone = run(trial).aids.at(id);
            if (!alone.chosen) continue;
            const bool named = facts_.scheme == id;
            if (best == facts_.scheme) continue;
            if (named || !best || alone.amount > largest) {
                best = id;
                largest = alone.amount;
            }
        }
        if (best) taken[group] = *best;
    }
    return taken;
}

SlowPlan Dossier::plan(const std::vector<std::string>& groups) {
    SlowPlan out;
    general_ = scale(general_family());
    out.refusal = refusal();
    if (!out.refusal.empty()) return out;
    for (const Aid* aid : aids()) {
        if (open_here(aid->dating, aid->territory)) open_[aid->id] = aid;
    }
    const Run made = run(choose(groups));
    out.income_class = class_on(*general_);
    out.zone = static_cast<std::int64_t>(zone_of(facts_));
    out.class_jump = facts_.get(FactId::dpe_before) - facts_.get(FactId::dpe_after);
    for (const WorksLine& line : facts_.lines) {
        out.works_ht += line.amount_ht.cents();
        out.works_ttc += ttc_of(line);
    }
    out.aids = made.aids;
    out.limits = made.limits;
    for (const GivenAid& given : facts_.given_aids) out.total_aid += given.amount.cents();
    for (const auto& [id, aid] : made.aids) {
        if (aid.chosen && open_.at(id)->kind == AidKind::grant) out.total_aid += aid.amount;
    }
    out.remaining_cost = out.works_ttc - out.total_aid;
    for (const FactId cost : {FactId::assistance_cost, FactId::audit_cost, FactId::design_cost}) {
        if (facts_.has(cost)) out.remaining_cost += facts_.get(cost);
    }
    const bool national = std::ranges::any_of(open_, [&](const auto& one) {
        return one.second->scheme == "national" && !made.not_for.contains(one.first);
    });
    if (!national) out.notices.insert("no_scheme_open");
    for (const auto& [id, most] : made.by_hand_most) {
        if (!most || given(id) <= *most) continue;
        out.notices.insert("manual_amount_above_rule");
        out.blocked = true;
    }
    if (!facts_.scheme.empty()) {
        const auto wanted = made.aids.find(facts_.scheme);
        if (wanted == made.aids.end() || !wanted->second.chosen) {
            out.notices.insert("scheme_not_available");
        }
    }
    std::map<std::string, std::set<std::string>> by_hand_of;  // by group
    for (const GivenAid& one : facts_.given_aids) {
        if (known_aid(one.aid) && !open_.contains(one.aid)) {
            out.notices.insert("manual_amount_without_rule");
        }
        for (const Aid* aid : aids()) {
            if (aid->id == one.aid && !aid->scheme.empty()) by_hand_of[aid->scheme].insert(aid->id);
        }
    }
    for (const auto& [group, ids] : by_hand_of) {
        if (ids.size() < 2) continue;
        out.notices.insert("exclusive_schemes");
        out.blocked = true;
    }
    if (out.remaining_cost < 0) {
        out.notices.insert("aids_exceed_cost");
        out.blocked = true;
    }
    for (const auto& [id, limit] : made.limits) {
        if (limit.excess == 0) continue;
        out.notices.insert("limit_exceeded");
        out.blocked = true;
    }
    return out;
}

std::string shown(const std::set<std::string>& names) {
    std::string out = "{";
    for (const std::string& name : names) out += " " + name;
    return out + " }";
}
std::string shown(const std::string& text) {
    return "\"" + text + "\"";
}
std::string shown(std::int64_t value) {
    return std::to_string(value);
}
std::string shown(const std::optional<std::int64_t>& value) {
    return value ? std::to_string(*value) : "none";
}

// Collects the fields in which two of a kind differ.
struct Comparison {
    std::string text = {};

    template <class Field>
    void field(const std::string& name, const Field& mine, const Field& theirs) {
        if (mine == theirs) return;
        text += name + ": " + shown(mine) + " / " + shown(theirs) + "\n";
    }

    template <class Map, class Fields>
    void each(const std::string& what, const Map& mine, const Map& theirs, const Fields& fields) {
        for (const auto& [id, one] : mine) {
            const auto found = theirs.find(id);
            if (found == theirs.end())
                text += what + " " + id + ": on the left only\n";
            else
                fields(id, one, found->second);
        }
        for (const auto& [id, one] : theirs) {
            if (!mine.contains(id)) text += what + " " + id + ": on the right only\n";
        }
    }
};

}  // namespace

std::string SlowPlan::differences(const SlowPlan& other) const {
    Comparison found;
    found.field("refusal", refusal, other.refusal);
    found.field("income_class", income_class, other.income_class);
    found.field("zone", zone, other.zone);
    found.field("class_jump", class_jump, other.class_jump);
    found.field("works_ht", works_ht, other.works_ht);
    found.field("works_ttc", works_ttc, other.works_ttc);
    found.field("notices", notices, other.notices);
    found.field("blocked", std::int64_t{blocked}, std::int64_t{other.blocked});
    found.field("total_aid", total_aid, other.total_aid);
    found.field("remaining_cost", remaining_cost, other.remaining_cost);
    found.each(
        "aid", aids, other.aids, [&](const std::string& id, const SlowAid& a, const SlowAid& b) {
            found.field(id + ".version", a.version, b.version);
            found.field(id + ".eligible", std::int64_t{a.eligible}, std::int64_t{b.eligible});
            found.field(id + ".chosen", std::int64_t{a.chosen}, std::int64_t{b.chosen});
            found.field(id + ".not_chosen", a.not_chosen, b.not_chosen);
            found.field(id + ".base", a.base, b.base);
            found.field(id + ".base_cap", a.base_cap, b.base_cap);
            found.field(id + ".rate_bp", a.rate_bp, b.rate_bp);
            found.field(id + ".before_limit", a.before_limit, b.before_limit);
            found.field(id + ".amount", a.amount, b.amount);
            found.field(id + ".advance", a.advance, b.advance);
            found.field(id + ".instalments", a.instalments, b.instalments);
            found.field(id + ".before_balance", a.before_balance, b.before_balance);
            found.field(id + ".equivalent", a.equivalent, b.equivalent);
            found.field(id + ".reasons", a.reasons, b.reasons);
            found.field(id + ".to_verify", a.to_verify, b.to_verify);
        });
    found.each("limit", limits, other.limits,
               [&](const std::string& id, const SlowLimit& a, const SlowLimit& b) {
                   found.field(id + ".rate_bp", a.rate_bp, b.rate_bp);
                   found.field(id + ".ceiling", a.ceiling, b.ceiling);
                   found.field(id + ".counted", a.counted, b.counted);
                   found.field(id + ".cut", a.cut, b.cut);
                   found.field(id + ".excess", a.excess, b.excess);
               });
    return found.text;
}

SlowRules::SlowRules(const std::vector<rules::RuleFile>& files) {
    for (const rules::RuleFile& file : files) files_.push_back(rules::parse(file));
    groups_ = Dossier(files_, Facts(), nullptr).groups_in_turn();
}

SlowPlan SlowRules::plan(const Facts& facts, SlowVisits* visits) const {
    return Dossier(files_, facts, visits).plan(groups_);
}

}  // namespace deodat::model
