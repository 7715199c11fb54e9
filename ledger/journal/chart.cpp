#include "ledger/journal/chart.h"

#include <algorithm>

#include "embedded/ledger_journal.h"
#include "ledger/base/named.h"
#include "ledger/base/text.h"

namespace deodat::journal {
namespace {

constexpr std::array<std::string_view, role_count> names = {
    "cash",
    "opening_balance",
    "mandate_expenditure",
    "mandate_revenue",
    "contractor_payable",
    "contractor_retention",
    "funder_receivable",
    "household_receivable",
    "household_early_receipt",
    "returned_transfer",
    "loss_borne",
    "works_ordered",
    "works_ordered_counterpart",
    "grant_notified",
    "grant_notified_counterpart",
    "claim_filed",
    "claim_filed_counterpart",
    "commitment_ordered",
    "commitment_charged",
};

std::string_view next_word(std::string_view& line) {
    line = trimmed(line);
    const std::size_t end = line.find_first_of(" \t");
    const std::string_view word = line.substr(0, end);
    line = end == std::string_view::npos ? std::string_view{} : trimmed(line.substr(end));
    return word;
}

std::optional<RequiredAuxiliaries> read_auxiliaries(std::string_view word) {
    RequiredAuxiliaries required;
    if (word == "-") return required;
    while (!word.empty()) {
        const std::size_t comma = word.find(',');
        const std::string_view name = word.substr(0, comma);
        if (name == "dossier") {
            required.dossier = true;
        } else if (name == "funder") {
            required.funder = true;
        } else if (name == "contractor") {
            required.contractor = true;
        } else {
            return std::nullopt;
        }
        word = comma == std::string_view::npos ? std::string_view{} : word.substr(comma + 1);
    }
    return required;
}

void replace(std::string& number, std::string_view place, std::string_view with) {
    const std::size_t at = number.find(place);
    if (at != std::string::npos) number.replace(at, place.size(), with);
}

Refusal bad_line(int number, std::string_view why) {
    return {Code::malformed, "chart." + std::to_string(number),
            "Plan de comptes, ligne " + std::to_string(number) + " : " + std::string(why)};
}

}  // namespace

std::string_view role_name(Role role) {
    return names.at(static_cast<std::size_t>(role));
}

std::optional<Role> role_of(std::string_view name) {
    return named<Role>(names, name);
}

bool is_off_balance(Role role) {
    return role >= Role::works_ordered;
}

std::optional<FunderFamily> funder_family_of(std::int64_t digit) {
    if ((digit >= 1 && digit <= 5) || digit == 8) return static_cast<FunderFamily>(digit);
    return std::nullopt;
}

Result<Chart> Chart::parse(std::string_view text) {
    Chart chart;
    int number = 0;
    std::string name;
    while (!text.empty()) {
        ++number;
        const std::size_t end = text.find('\n');
        std::string_view line = trimmed(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (line.empty() || line.front() == '#') continue;
        const std::string_view word = next_word(line);
        if (word == "chart") {
            name = std::string(line);
            continue;
        }
        if (word == "from") {
            const auto day = Day::parse("chart.from", line);
            if (!day) return day.refusal();
            if (!chart.editions_.empty() && chart.editions_.back().from >= *day) {
                return bad_line(number, "les dates doivent se suivre.");
            }
            chart.editions_.push_back({name, *day, {}, {}});
            continue;
        }
        const auto role = role_of(word);
        if (!role) return bad_line(number, "rôle inconnu « " + shown(word) + " ».");
        if (chart.editions_.empty()) return bad_line(number, "il manque la ligne « from ».");
        Edition& edition = chart.editions_.back();
        const auto index = static_cast<std::size_t>(*role);
        if (edition.given.at(index)) return bad_line(number, "rôle donné deux fois.");
        const std::string account_number(next_word(line));
        const auto required = read_auxiliaries(next_word(line));
        if (!required || line.empty()) {
            return bad_line(number, "attendu : rôle, compte, auxiliaires, libellé.");
        }
        edition.accounts.at(index) = {account_number, std::string(line), *required};
        edition.given.at(index) = true;
    }
    if (chart.editions_.empty()) return bad_line(number, "le plan de comptes est vide.");
    for (const Edition& edition : chart.editions_) {
        for (std::size_t i = 0; i < role_count; ++i) {
            if (!edition.given.at(i)) {
                return bad_line(number, "il manque le rôle « " + std::string(names.at(i)) + " ».");
            }
        }
    }
    return chart;
}

const Chart& Chart::m57() {
    static const Chart chart = [] {
        auto parsed = parse(embedded::m57_chart());
        DEODAT_ASSERT(parsed.ok(), "the chart inside the program is right");
        return std::move(*parsed);
    }();
    return chart;
}

std::string_view Chart::label(Role role) const {
    return editions_.back().accounts.at(static_cast<std::size_t>(role)).label;
}

bool Chart::labels(Role role, std::string_view label) const {
    return std::any_of(editions_.begin(), editions_.end(), [&](const Edition& edition) {
        return edition.accounts.at(static_cast<std::size_t>(role)).label == label;
    });
}

Result<Account> Chart::account(Role role, Day day, std::string_view operation,
                               std::optional<FunderFamily> family) const {
    const auto after = std::find_if(editions_.begin(), editions_.end(),
                                    [&](const Edition& edition) { return edition.from > day; });
    if (after == editions_.begin()) {
        return Refusal{Code::entry_date, "day",
                       "Aucun plan de comptes ne couvre le " + day.french() +
                           " : le premier commence le " + editions_.front().from.french() + "."};
    }
    Account account = std::prev(after)->accounts.at(static_cast<std::size_t>(role));
    replace(account.number, "{operation}", operation);
    if (account.number.find("{funder}") != std::string::npos) {
        DEODAT_ASSERT(family.has_value(), "a funder's account is asked with the funder's family");
        const char digit = static_cast<char>('0' + static_cast<int>(*family));
        replace(account.number, "{funder}", std::string_view(&digit, 1));
    }
    return account;
}

}  // namespace deodat::journal
