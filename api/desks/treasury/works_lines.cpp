#include "api/desks/treasury/works_lines.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "ledger/base/split.h"
#include "ledger/base/text.h"

namespace deodat::treasury_desk {
namespace {

using dossiers::WorksLine;
using namespace payments::electronic;

// A label in the ledger has 200 code points at most, a name in a file any number.
constexpr std::size_t label_points_max = 160;
// As many as register_invoice takes; their sums stay far within the bounds of Money.
constexpr std::size_t works_parts_max = 200;
constexpr Money line_tolerance = Money::cents(1);

std::string label_of(std::string_view name, std::size_t number) {
    std::string out;
    for (std::size_t points = 0; !name.empty() && points < label_points_max; ++points) {
        const std::string_view point = first_code_point(name);
        out += point;
        name.remove_prefix(point.size());
    }
    return out.empty() ? "Ligne " + std::to_string(number) : out;
}

constexpr std::int64_t no_rate = -1;
constexpr std::int64_t whole_bp = 10'000;

std::int64_t basis_points(const std::optional<Decimal>& rate) {
    return rate ? rate->hundredths().value_or(no_rate) : 0;
}

Refusal by_hand(const std::string& field, const std::string& why) {
    return Refusal{Code::state_forbids, field, why + " Saisissez la facture à la main."};
}

struct Collected {
    std::vector<WorksLine> lines;
    std::map<std::int64_t, Money> reductions;  // without VAT, by rate
};

Collected collected(const ElectronicInvoice& invoice) {
    Collected out;
    const auto add = [&](const std::string& name, Money ht, std::int64_t vat_bp) {
        if (ht.is_zero()) return;
        if (ht.is_negative()) {
            out.reductions[vat_bp] -= ht;
        } else {
            out.lines.push_back({"", label_of(name, out.lines.size() + 1), ht, vat_bp, Money()});
        }
    };
    for (const Line& line : invoice.lines) {
        if (line.counted && line.net) add(line.name, *line.net, basis_points(line.rate));
    }
    for (const Adjustment& adjustment : invoice.adjustments) {
        const std::string name = adjustment.reason.empty() ? "Frais" : adjustment.reason;
        add(name, adjustment.charge ? adjustment.amount : -adjustment.amount,
            basis_points(adjustment.rate));
    }
    return out;
}

Result<Done> take_off(Money reduction, std::int64_t vat_bp, std::vector<WorksLine>& lines) {
    std::vector<SplitWeight> weights;
    std::vector<WorksLine*> reduced;
    Money whole;
    for (WorksLine& line : lines) {
        if (line.vat_bp != vat_bp) continue;
        whole += line.ht;
        weights.push_back({line.ht.cents(), static_cast<std::int64_t>(weights.size())});
        reduced.push_back(&line);
    }
    if (reduction >= whole) {
        return by_hand("adjustments", "Les remises de " + french(reduction) +
                                          " ne laissent rien de " + french(whole) +
                                          " de lignes au même taux de TVA.");
    }
    const auto parts = split(reduction, weights);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        reduced[i]->ht -= parts[i];
        reduced[i]->label += " (remise de " + french(parts[i]) + " déduite)";
    }
    // A line of some cents may be wholly taken off.
    std::erase_if(lines, [](const WorksLine& line) { return line.ht.is_zero(); });
    return Done{};
}

// Brings the lines to the total, a cent on each of the largest ones.
Result<Done> bring_to(Money total, std::vector<WorksLine>& lines) {
    Money gap = total;
    for (const WorksLine& line : lines) gap -= line.ttc;
    std::vector<std::size_t> order(lines.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return lines[a].ttc > lines[b].ttc; });
    for (const std::size_t i : order) {
        if (gap.is_zero()) return Done{};
        const Money step = gap.is_negative() ? -line_tolerance : line_tolerance;
        lines[i].ttc += step;
        gap -= step;
    }
    if (gap.is_zero()) return Done{};
    return Refusal{Code::invoice_total_mismatch, "totals.gross",
                   "Les lignes et leur TVA ne font pas le total de " + french(total) +
                       ", même à un centime près par ligne : il reste " + french(gap) + "."};
}

}  // namespace

Result<std::vector<WorksLine>> works_lines(const ElectronicInvoice& invoice) {
    if (invoice.lines.size() + invoice.adjustments.size() > works_parts_max) {
        return by_hand("lines", "La facture a plus de " + std::to_string(works_parts_max) +
                                    " lignes, remises et frais.");
    }
    Collected found = collected(invoice);
    if (found.lines.empty() || !invoice.totals.gross) {
        return by_hand("lines", "Le fichier ne donne pas de lignes, ou pas de total TTC.");
    }
    for (const auto& [vat_bp, reduction] : found.reductions) {
        if (auto taken = take_off(reduction, vat_bp, found.lines); !taken) return taken.refusal();
    }
    for (WorksLine& line : found.lines) {
        if (line.vat_bp < 0 || line.vat_bp > whole_bp) {
            return by_hand("lines",
                           "Le taux de TVA de « " + shown(line.label) + " » n'en est pas un.");
        }
        line.ttc = line.ht + part_of(line.ht, Ratio::basis_points(line.vat_bp), Rounding::half_up);
    }
    if (auto brought = bring_to(*invoice.totals.gross, found.lines); !brought) {
        return brought.refusal();
    }
    return std::move(found.lines);
}

}  // namespace deodat::treasury_desk
