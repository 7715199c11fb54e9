#include "rules/engine/advice.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "ledger/base/money.h"
#include "rules/engine/possible.h"
#include "rules/engine/scale_checksum.h"
#include "rules/engine/wording.h"

namespace deodat::rules {
namespace {

constexpr std::int64_t week = 7;  // days

// An amount's bound at a scale, as whole euros up: rounding never takes an amount above it.
Int128 euros_up(Int128 amount, int scale) {
    const Int128 euro = static_cast<Int128>(scale_unit(scale)) * 100;
    return (amount + euro - 1) / euro;
}

class Adviser {
  public:
    explicit Adviser(const RuleSet& rules) : rules_(rules), never_(rules.aids.size(), false) {}

    std::vector<Advice> run() {
        // Aids stand in the order of evaluation: an aid that another requires comes before it.
        for (std::size_t rank = 0; rank < rules_.aids.size(); ++rank) {
            const Aid& aid = rules_.aids[rank];
            never_[rank] = !somebody_gets(aid);
            tables(aid);
        }
        for (const Limit& limit : rules_.limits) tables_in(limit.file, limit.ceiling, true);
        holes_of(rules_.aids, "de cette aide");
        holes_of(rules_.limits, "de ce plafond");
        scales();
        std::sort(out_.begin(), out_.end(), [](const Advice& a, const Advice& b) {
            return std::tie(a.file, a.at.line, a.at.column) <
                   std::tie(b.file, b.at.line, b.at.column);
        });
        return std::move(out_);
    }

  private:
    void say(const std::string& file, Place at, std::string message) {
        out_.push_back({file, at, std::move(message)});
    }

    bool somebody_gets(const Aid& aid) {
        const Possible anybody(rules_, aid, never_);
        if (!anybody.has_dwelling()) {
            say(aid.file, aid.at,
                "Personne ne peut obtenir cette aide : son territoire ne contient aucune commune.");
            return false;
        }
        Possible left = anybody;
        for (const Condition& condition : aid.conditions) {
            const std::optional<Possible> met = left.where(condition.test, true);
            if (!met) {
                nobody(aid, condition, anybody);
                return false;
            }
            if (!left.where(condition.test, false)) always(aid, condition, anybody);
            left = *met;
        }
        return amount(aid, left);
    }

    void nobody(const Aid& aid, const Condition& condition, const Possible& anybody) {
        const std::string test = "« " + wording(rules_, condition.test) + " »";
        const bool alone = !anybody.where(condition.test, true);
        say(aid.file, condition.at,
            "Personne ne peut obtenir cette aide : " + test +
                (alone ? " n'est jamais vrai, aux dates et sur le territoire de l'aide."
                       : " contredit les conditions qui précèdent."));
    }

    void always(const Aid& aid, const Condition& condition, const Possible& anybody) {
        const std::string test = "« " + wording(rules_, condition.test) + " »";
        const bool alone = !anybody.where(condition.test, false);
        say(aid.file, condition.at,
            "Cette condition ne refuse personne : " + test +
                (alone ? " est toujours vrai." : " suit déjà des conditions qui précèdent."));
    }

    // Says when the amount is nil, or below its minimum, whatever the dossier.
    bool amount(const Aid& aid, const Possible& left) {
        std::optional<Int128> most = highest_euros(left, aid.amount);
        if (aid.at_most != no_node) {
            const std::optional<Int128> cap = highest_euros(left, aid.at_most);
            if (cap && (!most || *cap < *most)) most = cap;
        }
        if (!most) return true;
        if (*most <= 0) {
            say(aid.file, aid.at, "Le montant de cette aide est toujours nul.");
            return true;
        }
        if (aid.at_least == no_node) return true;
        const std::optional<Int128> least = left.bounds(aid.at_least).low;
        const int scale = rules_.nodes[aid.at_least].scale;
        if (!least || *least <= *most * 100 * scale_unit(scale)) return true;
        say(aid.file, aid.at,
            "Personne ne peut obtenir cette aide : le minimum versé dépasse le plus grand montant "
            "possible.");
        return false;
    }

    std::optional<Int128> highest_euros(const Possible& left, NodeIndex node) const {
        const std::optional<Int128> high = left.bounds(node).high;
        if (!high || *high <= 0) return high ? std::optional<Int128>(0) : std::nullopt;
        return euros_up(*high, rules_.nodes[node].scale);
    }

    void tables(const Aid& aid) {
        for (const Condition& condition : aid.conditions) {
            tables_in(aid.file, condition.test, false);
        }
        for (const NodeIndex root : {aid.base, aid.rate, aid.amount, aid.at_most, aid.at_least}) {
            tables_in(aid.file, root, false);
        }
        tables_in(aid.file, aid.advance, true);
    }

    // `closed`: where the language wants every table of numbers to end in `others`, which is then
    // no mistake.
    void tables_in(const std::string& file, NodeIndex index, bool closed) {
        if (index == no_node || !seen_.insert(index).second) return;
        const Node& node = rules_.nodes[index];
        if (node.op == Op::table) rows(file, node, closed);
        for (std::uint32_t i = 0; i < node.count && has_parts(node); ++i) {
            tables_in(file, rules_.links[node.first + i], closed);
        }
    }

    // A territory's count says whose commune it tests.
    static bool has_parts(const Node& node) { return node.op != Op::in_territory; }

    void rows(const std::string& file, const Node& table, bool closed) {
        const Node& key = rules_.nodes[rules_.links[table.first]];
        const std::optional<FactId> id = fact_read(key);
        ValueSet left = id ? domain_of(*id) : ValueSet::everything();
        for (std::uint32_t i = 1; i < table.count; ++i) {
            const TableRow& row = rules_.rows[static_cast<std::size_t>(table.value) + i - 1];
            const ValueSet taken = row.others ? left : left & ValueSet(row.intervals);
            const bool required = row.others && closed && key.type != Type::choice;
            if (taken.empty() && !required) {
                say(file, row.at,
                    row.others
                        ? "Cette ligne du tableau ne sert jamais : les lignes qui précèdent "
                          "prennent déjà toutes les valeurs."
                        : "Cette ligne du tableau ne sert jamais : aucune valeur possible ne "
                          "lui reste après les lignes qui précèdent.");
            }
            left = left & taken.complement();
        }
    }

    // A period of a block, to be put in order with those of other blocks.
    struct Period {
        Window window;
        const std::string* file;
        Place at;
    };

    static std::vector<Period> in_order(std::vector<Period> periods) {
        std::sort(periods.begin(), periods.end(),
                  [](const Period& a, const Period& b) { return a.window.from < b.window.from; });
        return periods;
    }

    void hole(const Period& before, const Period& after, std::int64_t days_max,
              std::string_view what) {
        const std::int64_t days = after.window.from - before.window.until - 1;
        if (days < 1 || days > days_max) return;
        const std::string from = Day::from_number(before.window.until + 1).french();
        const std::string until = Day::from_number(after.window.from - 1).french();
        say(*after.file, after.at,
            (days == 1
                 ? "Le " + from + " n'est"
                 : "Du " + from + " au " + until + ", " + std::to_string(days) + " jours ne sont") +
                " dans aucune période " + std::string(what) +
                " : est-ce voulu, ou une erreur de date ?");
    }

    template <class Block>
    void holes_of(const std::vector<Block>& blocks, std::string_view what) {
        std::map<std::string_view, std::vector<Period>> by_id;
        for (const Block& block : blocks) {
            for (const Window& window : block.windows) {
                by_id[block.id].push_back({window, &block.file, block.at});
            }
        }
        for (auto& [id, periods] : by_id) {
            const std::vector<Period> sorted = in_order(std::move(periods));
            for (std::size_t i = 1; i < sorted.size(); ++i) {
                hole(sorted[i - 1], sorted[i], week - 1, what);
            }
        }
    }

    // Without a scale no plan can be made: any hole between scales is worth a word.
    void scales() {
        std::vector<std::pair<Period, const Scale*>> periods;
        for (const Scale& scale : rules_.scales) {
            for (const Window& window : scale.windows) {
                periods.push_back({{window, &scale.file, scale.at}, &scale});
            }
        }
        std::sort(periods.begin(), periods.end(), [](const auto& a, const auto& b) {
            return a.first.window.from < b.first.window.from;
        });
        for (std::size_t i = 1; i < periods.size(); ++i) {
            const auto& [before, old_scale] = periods[i - 1];
            const auto& [after, new_scale] = periods[i];
            hole(before, after, INT64_MAX, "de barème");
            if (before.window.until + 1 == after.window.from && old_scale != new_scale) {
                follows(*old_scale, *new_scale);
            }
        }
    }

    void follows(const Scale& before, const Scale& after) {
        const std::optional<ScaleChecksum> found = checksum(before, after);
        if (!found) return;
        const std::string from = "« " + before.id + " »";
        const std::string share =
            std::to_string(found->reproduced) + " plafonds sur " + std::to_string(found->cells);
        if (!found->has_majority()) {
            say(after.file, after.at,
                "Aucun facteur commun depuis " + from + " : le meilleur ne donne que " + share +
                    ".");
            return;
        }
        for (const ScaleDeviation& deviation : found->deviations) {
            say(after.file, deviation.at,
                "Plafond inattendu, " + french(deviation.cell) + " : publié " +
                    french(Money::euros(deviation.published_euros)) +
                    ", alors que le facteur depuis " + from + ", qui donne " + share +
                    ", donnerait " + expected(deviation) +
                    ". Vérifiez la saisie ; le plafond publié fait foi.");
        }
    }

    static std::string french(const ScaleCell& cell) {
        const auto level = static_cast<std::size_t>(cell.income_class);
        const auto zone = static_cast<std::size_t>(cell.zone);
        const std::string persons =
            cell.persons == 0
                ? "par personne de plus"
                : std::to_string(cell.persons) + (cell.persons == 1 ? " personne" : " personnes");
        return std::string(income_classes().values[level].french) + ", " +
               std::string(zones().values[zone].french) + ", " + persons;
    }
    static std::string french(Money amount) { return deodat::french(amount); }

    static std::string expected(const ScaleDeviation& deviation) {
        const std::string high = french(Money::euros(deviation.expected_high_euros));
        if (deviation.expected_low_euros == deviation.expected_high_euros) return high;
        return french(Money::euros(deviation.expected_low_euros)) + " à " + high;
    }

    const RuleSet& rules_;
    std::vector<bool> never_;
    std::set<NodeIndex> seen_;
    std::vector<Advice> out_;
};

}  // namespace

std::string Advice::text() const {
    return file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) +
           ": attention : " + message;
}

std::vector<Advice> advice_on(const RuleSet& rules) {
    return Adviser(rules).run();
}

}  // namespace deodat::rules
