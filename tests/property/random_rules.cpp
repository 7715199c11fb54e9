#include "tests/property/random_rules.h"

#include <algorithm>
#include <set>

#include "rules/engine/compiler.h"
#include "rules/engine/rule_files.h"
#include "tests/property/drawing.h"

namespace deodat::rules::test {
namespace {

using deodat::test::chance;
using deodat::test::drawn;
using deodat::test::one_of;
using std::string;
using std::to_string;

// What an expression may speak of where it stands.
struct Reach {
    std::vector<string> aids = {};  // that come before
    bool other_aids = false;
    std::vector<string> money_lets = {};
    std::vector<string> rate_lets = {};
    std::vector<string> truth_lets = {};
    bool base = false;
    bool rate = false;
    bool amount = false;
    bool trade = false;
    bool others_always = false;  // number tables must end in `others`
};

class Expressions {
  public:
    explicit Expressions(Reach reach) : reach_(std::move(reach)) {}

    // `rates`: how many may still be applied one on another.
    string money(int depth, int rates) {
        if (depth == 0 || chance(20)) return money_leaf(rates);
        const auto next = [&] { return money(depth - 1, rates); };
        switch (drawn(0, 10)) {
            case 0:
                return "(" + next() + " + " + next() + ")";
            case 1:
                return "(" + next() + " - " + next() + ")";
            case 2:
            case 3:
                if (rates == 0) return money_leaf(rates);
                return "(" + rate(depth - 1) + one_of({" of ", " * "}) +
                       money(depth - 1, rates - 1) + ")";
            case 4:
                return one_of({"min(", "max("}) + next() + ", " + next() +
                       (chance(30) ? ", " + next() : "") + ")";
            case 5:
                return "(" + next() + " up to " + next() + ")";
            case 6:
                return "(" + next() + " when " + truth(depth - 1) +
                       (chance(60) ? " otherwise " + next() : "") + ")";
            case 7:
                return table(depth, [&] { return next(); });
            case 8:
                return "(" + money(depth - 1, 1) + " to the euro" + one_of({"", " down", " up"}) +
                       ")";
            case 9:
                return "(" + one_of({"2", "class_jump", "-1", "household.gir"}) + " * " +
                       money_leaf(rates) + ")";
            default:
                return each_trade(depth, rates);
        }
    }

    string truth(int depth) {
        if (depth == 0 || chance(15)) return truth_leaf();
        switch (drawn(0, 9)) {
            case 0:
                return "(" + truth(depth - 1) + " and " + truth(depth - 1) + ")";
            case 1:
                return "(" + truth(depth - 1) + " or " + truth(depth - 1) + ")";
            case 2:
                return "(not (" + truth(depth - 1) + "))";
            case 3:
                return money(depth - 1, 1) + comparison() + money(depth - 1, 1);
            case 4:
                return number(depth - 1) + comparison() + number(depth - 1);
            case 5:
                return rate(depth - 1) + comparison() + rate(depth - 1);
            default:
                return truth_leaf();
        }
    }

    string rate(int depth) {
        if (depth == 0 || chance(30)) return rate_leaf();
        switch (drawn(0, 5)) {
            case 0:
                return "(" + rate(depth - 1) + " + " + rate(depth - 1) + ")";
            case 1:
                return "(" + rate(depth - 1) + " - " + rate_leaf() + ")";
            case 2:
                return one_of({"min(", "max("}) + rate(depth - 1) + ", " + rate(depth - 1) + ")";
            case 3:
                return "(" + rate(depth - 1) + " when " + truth(depth - 1) +
                       (chance(50) ? " otherwise " + rate(depth - 1) : "") + ")";
            case 4:
                return "(" + number_leaf() + " * " + rate_leaf() + ")";
            default:
                return table(depth, [&] { return rate(depth - 1); });
        }
    }

  private:
    static string money_literal() {
        return chance(70) ? to_string(drawn(0, 30'000)) + " €"
                          : to_string(drawn(0, 999)) + "," + to_string(drawn(10, 99)) + " €";
    }
    static string rate_literal() {
        return to_string(drawn(0, 110)) + one_of({" %", ",5 %", " points"});
    }
    static string comparison() { return one_of({" < ", " <= ", " > ", " >= ", " = ", " != "}); }

    string money_leaf(int rates) {
        std::vector<string> names = {"works.ht", "works.ttc", "works.eligible_ht",
                                     "works.eligible_ttc"};
        const auto add = [&](bool allowed, const string& name) {
            if (allowed) names.insert(names.end(), 2, name);
        };
        add(reach_.other_aids, "other aids");
        add(reach_.base && rates > 0, "base");
        add(reach_.amount, "amount");
        add(reach_.trade, "trade.ht");
        for (const string& let : reach_.money_lets) add(true, let);
        if (!reach_.aids.empty()) {
            add(true, "amount of " + one_of(reach_.aids));
            add(rates > 0, "base of " + one_of(reach_.aids));
        }
        switch (drawn(0, 5)) {
            case 0:
                return money_literal();
            case 1:
                return one_of({"household.reference_income", "costs.audit_ttc",
                               "costs.assistance_ttc", "costs.design_ttc",
                               "household.same_aid_received"});
            case 2:
                return one_of({"ceiling of modest", "ceiling of very_modest",
                               "ceiling of intermediate", "ht of \"toiture\"", "ht of \"murs\"",
                               "ht at 5,5 %", "ht at 10 %"});
            default:
                return one_of(names);
        }
    }

    string rate_leaf() {
        if (reach_.rate && chance(30)) return "rate";
        if (!reach_.rate_lets.empty() && chance(30)) return one_of(reach_.rate_lets);
        if (chance(15)) return one_of({"dwelling.degradation_bp", "dwelling.insalubrity_bp"});
        return rate_literal();
    }

    static string number_leaf() {
        if (chance(50)) return to_string(drawn(0, 9));
        return one_of({"household.persons", "class_jump", "works.trades", "works.wood_stoves",
                       "household.gir", "works.energy_gain_pct", "dwelling.perimeters", "-1"});
    }

    string number(int depth) {
        if (depth <= 0 || chance(40)) return number_leaf();
        switch (drawn(0, 4)) {
            case 0:
                return "(" + number(depth - 1) + one_of({" + ", " - ", " * "}) + number_leaf() +
                       ")";
            case 1:
                return one_of({"min(", "max("}) + number(depth - 1) + ", " + number_leaf() + ")";
            case 2:
                return "(" + number_leaf() + " when " + truth_leaf() + " otherwise " +
                       number_leaf() + ")";
            case 3:
                return table(depth, [] { return number_leaf(); });
            default:
                return number_leaf();
        }
    }

    string truth_leaf() {
        if (!reach_.truth_lets.empty() && chance(15)) return one_of(reach_.truth_lets);
        if (!reach_.aids.empty() && chance(20)) {
            return one_of({"granted ", "eligible ", "not granted "}) + one_of(reach_.aids);
        }
        const string not_in = chance(30) ? " not in " : " in ";
        switch (drawn(0, 12)) {
            case 0:
                return one_of({"", "not "}) +
                       one_of({"dwelling.main_residence", "works.bbc_renovation", "works.started",
                               "dwelling.unhealthy", "dwelling.in_programmed_area",
                               "household.receives_pch"});
            case 1:
                return "income_class" + comparison() +
                       one_of({"very_modest", "modest", "intermediate", "upper"});
            case 2:
                return one_of({"dwelling.dpe_before", "works.dpe_after"}) + not_in +
                       one_of({"E..G", "A..B", "{C, F}", "{D, E, F}", "{G+}", "{<= D}"});
            case 3:
                return "owner.status" + one_of({" = ", " != "}) +
                       one_of({"owner_occupier", "landlord", "tenant"});
            case 4:
                return "owner.rent_level" + not_in + "{social, very_social}";
            case 5:
                return one_of({"dwelling", "household"}) + not_in + "{" + places() + "}";
            case 6:
                return "dwelling" + not_in + "perimeter \"centre ancien\"";
            case 7:
                return one_of({"deposit_date", "quote_date", "grant_date"}) + comparison() +
                       one_of({"2025-06-01", "deposit_date", "mandate_date"});
            case 8:
                return "deposit_date" + not_in + "2025-01-01..2025-12-31";
            case 9:
                return one_of({"household.eldest_age_years", "household.disability_pct",
                               "works.energy_gain_pct", "dwelling.built_year",
                               "dwelling.vacant_months"}) +
                       comparison() + to_string(drawn(0, 80));
            case 10:
                return one_of({"household.gir", "household.persons", "class_jump"}) + not_in +
                       one_of({"1..3", "{1, 2, 4}", "{< 2, 5+}", "{> 3}", "{3, 2}", "{2..4, 3}"});
            case 11:
                return one_of({"works.ht", "works.ttc", "works.eligible_ht",
                               "household.reference_income"}) +
                       comparison() + to_string(drawn(0, 60) * 1000) + " €";
            default:
                return "dwelling.degradation_bp" + comparison() + "35 %";
        }
    }

    template <class Value>
    string table(int /*depth*/, const Value& value) {
        const string others = ", others: " + value();
        switch (drawn(0, 6)) {
            case 0:
                return "by income_class { very_modest: " + value() +
                       ", modest, intermediate: " + value() + others + " }";
            case 1:
                return "by dwelling.type { house: " + value() + ", flat: " + value() + " }";
            case 2:
                return "by class_jump { 2: " + value() + ", 3+: " + value() +
                       (reach_.others_always || chance(60) ? others : "") + " }";
            case 3:
                return "by works.energy_gain_pct { < 30: " + value() + ", 30..40: " + value() +
                       ", > 40: " + value() + others + " }";
            case 4:
                return "by household.eldest_age_years { <= 60: " + value() + ", 70+: " + value() +
                       (reach_.others_always || chance(60) ? others : "") + " }";
            case 5:
                return "by works.ht { <= 20 000 €: " + value() + ", < 30 000 €: " + value() +
                       others + " }";
            default:
                return "by dwelling.dpe_before { A..C: " + value() + ", F, G: " + value() + others +
                       " }";
        }
    }

    string each_trade(int depth, int rates) {
        if (reach_.trade) return money_leaf(rates);
        reach_.trade = true;
        const string inner = money(depth - 1, rates);
        reach_.trade = false;
        return "each trade (" + inner + ")";
    }

  public:
    static string places() {
        return one_of({"department 88", "region 44", "commune {88413, 88160}", "metropolis",
                       "epci 200071066", "department {54, 88} except epci 200071066",
                       "region 11 except commune 75056", "ept 200058790",
                       "department 54, commune 2A004",
                       "region 44 except department 54, commune 88413"});
    }

  private:
    Reach reach_;
};

string dating() {
    const string by =
        chance(20) ? "dated " + one_of({"quote_date ", "mandate_date "}) : "deposited ";
    return by +
           one_of({"2017-01-01 ..", "2017-01-01 ..", "2017-01-01 ..", "2024-01-01 .. 2026-06-30",
                   "2017-01-01 .. 2024-12-31, 2025-02-01 ..", "2025-01-01 .. 2025-12-31"});
}

string line(const string& clause) {
    return "  " + clause + "\n";
}

// One aid; `before` are those it may read, `last` those that it completes.
class AidText {
  public:
    AidText(string id, Reach reach) : id_(std::move(id)), reach_(std::move(reach)) {}

    string text(const std::vector<string>& after, const std::vector<string>& limits) {
        string out =
            "aid " + id_ + " \"Aide " + id_ + "\"\n" + line("paid by essai") + line(dating());
        if (chance(40)) out += line("territory " + Expressions::places());
        if (chance(50))
            out += line("scheme " + one_of({"national", "national", "national", "bonus"}));
        if (chance(20)) out += line("incomes local.class");
        if (chance(15)) out += line("lines named");
        const int kind = drawn(0, 9);
        if (kind == 0) out += line("kind loan");
        if (kind == 1) out += line("kind certificate");
        out += lets();
        if (chance(75)) out += conditions();
        out += calculation();
        if (kind == 0 && chance(60)) {
            out += line("grant equivalent " + Expressions(reach_).money(1, 2));
        }
        out += claims();
        if (!after.empty()) {
            out += "  after ";
            for (const string& one : after) out += (&one == after.data() ? "" : ", ") + one;
            out += "\n";
        }
        if (chance(15))
            out += line("counts in nothing");
        else if (chance(20) && !limits.empty())
            out += line("counts in " + one_of(limits));
        return out;
    }

  private:
    string lets() {
        string out;
        if (chance(30)) {
            out += line("let some_money = " + Expressions(closed(reach_)).money(2, 1));
            reach_.money_lets.emplace_back("some_money");
        }
        if (chance(30)) {
            out += line("let some_rate = " + Expressions(closed(reach_)).rate(2));
            reach_.rate_lets.emplace_back("some_rate");
        }
        if (chance(30)) {
            out += line("let some_truth = " + Expressions(closed(reach_)).truth(2));
            reach_.truth_lets.emplace_back("some_truth");
        }
        return out;
    }

    // With every table closed: a `let` may be read where nothing can be refused.
    static Reach closed(Reach reach) {
        reach.others_always = true;
        return reach;
    }

    string conditions() {
        string out;
        for (int i = drawn(1, 3); i > 0; --i) {
            const bool established = chance(20);
            out += (out.empty() ? "  requires " : "           ") +
                   string(established ? "established " : "") +
                   Expressions(reach_).truth(drawn(0, 2));
            // One condition may go by the name of what it tests.
            out += i == 1 && chance(50) ? "\n" : " else because_" + to_string(i) + "\n";
        }
        return out;
    }

    string calculation() {
        string out;
        if (chance(55)) {
            out += line("base " + Expressions(reach_).money(drawn(0, 2), 1) +
                        (chance(60) ? " up to " + Expressions(reach_).money(1, 1) : ""));
            reach_.base = true;
        }
        if (chance(55)) {
            out += line("rate " + Expressions(reach_).rate(drawn(0, 2)));
            reach_.rate = true;
        }
        if (chance(8)) {
            out += line("amount decided");
        } else {
            const bool plain = reach_.base && reach_.rate && chance(50);
            out += line("amount " + (plain ? "rate * base" : Expressions(reach_).money(3, 2)));
            for (int i = chance(30) ? drawn(1, 2) : 0; i > 0; --i) {
                out += line("plus " + Expressions(reach_).money(2, 2));
            }
        }
        if (chance(30)) out += line("at most " + Expressions(reach_).money(1, 2));
        if (chance(20)) out += line("at least " + Expressions(reach_).money(1, 1));
        if (chance(30))
            out += line("rounded " +
                        one_of({"cent", "whole euros", "whole euros down", "whole euros up"}));
        return out;
    }

    string claims() {
        Reach reach = closed(reach_);
        reach.amount = true;
        string out;
        if (chance(30)) out += line("advance " + Expressions(reach).money(2, 2));
        if (chance(20)) {
            out += line("instalments " + to_string(drawn(1, 4)) + " up to " +
                        Expressions(reach).money(2, 2));
        }
        return out;
    }

    string id_;
    Reach reach_;
};

string limit_text(const string& id, const std::vector<string>& aids, const string& after) {
    string out = "limit " + id + " \"Plafond " + id + "\"\n" + line(dating());
    if (chance(30)) out += line("territory " + Expressions::places());
    string counts = chance(60) ? "every local aid" : "";
    std::set<string> counted;
    for (int i = drawn(counts.empty() ? 1 : 0, 3); i > 0; --i) counted.insert(one_of(aids));
    for (const string& aid : counted) counts += (counts.empty() ? "" : ", ") + aid;
    out += line("counts " + counts);
    Expressions expressions({.others_always = true});
    const string share = expressions.rate(1) + one_of({" of ", " * "}) + "works.ttc";
    out += line("ceiling " + (chance(60) ? share : expressions.money(2, 2)));
    if (!counted.empty() && chance(80)) {
        string cuts;
        for (const string& aid : counted) cuts += (cuts.empty() ? "" : ", ") + aid;
        out += line("cuts " + cuts);
    }
    if (!after.empty()) out += line("after " + after);
    if (chance(30)) out += line("when granted " + one_of(aids));
    return out;
}

constexpr const char* own_scale = R"(scale local.class "Barème d'essai"
  dated quote_date 2018-01-01 .. 2025-12-31
  reading <
  zone idf   very_modest: 20 000 €, 30 000 €, 36 000 €, 42 000 €, 48 000 €, + 6 000 €
  zone idf   modest:      25 000 €, 36 000 €, 43 000 €, 50 000 €, 57 000 €, + 7 000 €
  zone other very_modest: 15 000 €, 22 000 €, 26 000 €, 30 000 €, 34 000 €, + 4 000 €
  zone other modest:      19 000 €, 28 000 €, 33 000 €, 39 000 €, 44 000 €, + 5 000 €
)";

std::vector<RuleFile> drawn_blocks() {
    std::vector<string> limits;
    for (int i = drawn(0, 3); i > 0; --i) limits.push_back("limit." + to_string(i));
    std::vector<string> names = {"local.m", "local.c", "anah.x", "local.z", "local.a", "etat.k"};
    std::vector<RuleFile> files;
    const auto add = [&](const string& id, string text) {
        files.push_back({id + ".rules", std::move(text)});
    };
    std::vector<string> aids;
    const int plain = drawn(1, 5);
    for (int i = 0; i < plain; ++i) {
        const string id = names[static_cast<std::size_t>(i)];
        add(id, AidText(id, {.aids = aids}).text({}, limits));
        aids.push_back(id);
    }
    // Those that complete the others, each after the one before.
    std::vector<string> after;
    for (int i = chance(50) ? drawn(1, 2) : 0; i > 0; --i) {
        const string id = i == 1 ? "local.b_last" : "local.y_last";
        add(id, AidText(id, {.aids = aids, .other_aids = true}).text(after, limits));
        aids.push_back(id);
        after = {id};
    }
    string earlier;
    for (const string& id : limits) {
        add(id, limit_text(id, aids, earlier));
        earlier = id;
    }
    return files;
}

}  // namespace

std::vector<RuleFile> random_rule_files() {
    std::vector<RuleFile> files = drawn_blocks();
    const bool scale = std::ranges::any_of(files, [](const RuleFile& file) {
        return file.text.find("incomes local.class") != string::npos;
    });
    if (scale) files.push_back({"local.class.rules", own_scale});
    for (RuleFile& file : embedded_rule_files()) {
        if (file.name == "scales.rules") files.push_back(std::move(file));
    }
    for (;;) {
        const Loading loading = compile(files);
        if (loading.rules != nullptr) return files;
        // A scale that no aid is left to name would be a second general one.
        for (const RuleError& error : loading.errors) {
            std::erase_if(files, [&](const RuleFile& file) { return file.name == error.file; });
        }
    }
}

}  // namespace deodat::rules::test
