#include <algorithm>
#include <map>

#include "ledger/base/money.h"
#include "rules/engine/advice_parts.h"
#include "rules/engine/scale_checksum.h"

namespace deodat::rules {
namespace {

// A public body may close for holidays; a hole shorter than this is more likely a slip of the pen.
constexpr std::int64_t week = 7;  // days

template <class Block>
struct Period {
    Window window;
    const Block* block;
};

// The periods of each name, in order. Versions that another date chooses are apart.
template <class Block>
std::vector<std::vector<Period<Block>>> periods_of(const std::vector<Block>& blocks) {
    std::map<std::pair<std::string_view, FactId>, std::vector<Period<Block>>> by_name;
    for (const Block& block : blocks) {
        for (const Window& window : block.dating.windows) {
            by_name[{block.id, block.dating.by}].push_back({window, &block});
        }
    }
    std::vector<std::vector<Period<Block>>> out;
    for (auto& [name, periods] : by_name) {
        std::sort(periods.begin(), periods.end(),
                  [](const auto& a, const auto& b) { return a.window.from < b.window.from; });
        out.push_back(std::move(periods));
    }
    return out;
}

template <class Block>
void hole(const Period<Block>& before, const Period<Block>& after, std::int64_t days_most,
          std::string_view of_what, std::vector<Advice>& out) {
    const std::int64_t days = after.window.from - before.window.until - 1;
    if (days < 1 || days > days_most) return;
    const std::string from = Day::from_number(before.window.until + 1).french();
    const std::string until = Day::from_number(after.window.from - 1).french();
    const std::string when =
        days == 1 ? "Le " + from + " n'est"
                  : "Du " + from + " au " + until + ", " + std::to_string(days) + " jours ne sont";
    out.push_back({after.block->file, after.block->at,
                   when + " dans aucune période " + std::string(of_what) +
                       " : est-ce voulu, ou une erreur de date ?"});
}

template <class Block>
void short_holes(const std::vector<Block>& blocks, std::string_view of_what,
                 std::vector<Advice>& out) {
    for (const std::vector<Period<Block>>& periods : periods_of(blocks)) {
        for (std::size_t i = 1; i < periods.size(); ++i) {
            hole(periods[i - 1], periods[i], week - 1, of_what, out);
        }
    }
}

std::string french(const ScaleCell& cell) {
    const auto level = static_cast<std::size_t>(cell.income_class);
    const auto zone = static_cast<std::size_t>(cell.zone);
    std::string persons = "par personne de plus";
    if (cell.persons > 0) {
        persons = std::to_string(cell.persons) + (cell.persons == 1 ? " personne" : " personnes");
    }
    return std::string(income_classes().values[level].french) + ", " +
           std::string(zones().values[zone].french) + ", " + persons;
}

std::string expected(const ScaleDeviation& deviation) {
    const std::string high = deodat::french(Money::euros(deviation.expected_high_euros));
    if (deviation.expected_low_euros == deviation.expected_high_euros) return high;
    return deodat::french(Money::euros(deviation.expected_low_euros)) + " à " + high;
}

void follows(const Scale& before, const Scale& after, std::vector<Advice>& out) {
    const std::optional<ScaleChecksum> found = checksum(before, after);
    if (!found) return;
    const std::string from = "« " + before.label + " »";
    const std::string share =
        std::to_string(found->reproduced) + " plafonds sur " + std::to_string(found->cells);
    if (!found->has_majority()) {
        out.push_back(
            {after.file, after.at,
             "Aucun facteur commun depuis " + from + " : le meilleur ne donne que " + share + "."});
        return;
    }
    for (const ScaleDeviation& deviation : found->deviations) {
        out.push_back({after.file, deviation.at,
                       "Plafond inattendu, " + french(deviation.cell) + " : publié " +
                           deodat::french(Money::euros(deviation.published_euros)) +
                           ", alors que le facteur depuis " + from + ", qui donne " + share +
                           ", donnerait " + expected(deviation) +
                           ". Vérifiez la saisie ; le plafond publié fait foi."});
    }
}

}  // namespace

void advise_on_periods(const RuleSet& rules, std::vector<Advice>& out) {
    short_holes(rules.aids, "de cette aide", out);
    short_holes(rules.limits, "de ce plafond", out);
    for (const std::vector<Period<Scale>>& periods : periods_of(rules.scales)) {
        for (std::size_t i = 1; i < periods.size(); ++i) {
            // In a hole between scales no plan can be made: any is worth a word.
            hole(periods[i - 1], periods[i], INT64_MAX, "de barème", out);
            const bool adjoin = periods[i - 1].window.until + 1 == periods[i].window.from;
            if (adjoin) follows(*periods[i - 1].block, *periods[i].block, out);
        }
    }
}

}  // namespace deodat::rules
