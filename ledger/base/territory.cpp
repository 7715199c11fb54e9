#include "ledger/base/territory.h"

#include <algorithm>
#include <array>
#include <vector>

#include "embedded/ledger_base.h"
#include "ledger/base/text.h"

namespace deodat {
namespace {

constexpr std::size_t communes_expected_max = 40'000;

std::string_view take_until(std::string_view& rest, char end) {
    const std::size_t at = std::min(rest.find(end), rest.size());
    const std::string_view head = rest.substr(0, at);
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return head;
}

std::uint32_t siren_number(std::string_view digits) {
    std::uint32_t number = 0;
    for (const char c : digits) number = number * 10 + static_cast<std::uint32_t>(c - '0');
    return number;
}

std::vector<Commune> read_table() {
    std::string_view rest = embedded::communes_csv();
    take_until(rest, '\n');  // origin and date
    DEODAT_ASSERT(take_until(rest, '\n') == "code;name;department;region;epci;ept",
                  "the columns of the commune table");
    std::vector<Commune> table;
    table.reserve(communes_expected_max);
    while (!rest.empty()) {
        std::string_view line = take_until(rest, '\n');
        Commune row;
        row.code = take_until(line, ';');
        row.name = take_until(line, ';');
        row.department = take_until(line, ';');
        row.region = take_until(line, ';');
        row.epci = siren_number(take_until(line, ';'));
        row.ept = siren_number(take_until(line, ';'));
        DEODAT_ASSERT(table.empty() || table.back().code < row.code, "communes in ascending order");
        table.push_back(row);
    }
    return table;
}

// Five characters: digits, but for the A or B of Corsica in second place.
bool has_code_form(std::string_view code) {
    if (code.size() != 5) return false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const bool digit = code[i] >= '0' && code[i] <= '9';
        const bool corsica = i == 1 && code[0] == '2' && (code[i] == 'A' || code[i] == 'B');
        if (!digit && !corsica) return false;
    }
    return true;
}

}  // namespace

std::span<const Commune> communes() {
    static const std::vector<Commune> table = read_table();
    return table;
}

std::size_t rank_of(const Commune& commune) {
    return static_cast<std::size_t>(&commune - communes().data());
}

Result<const Commune*> commune(std::string_view field, std::string_view insee_code) {
    if (!has_code_form(insee_code)) {
        return Refusal{Code::malformed, std::string(field),
                       "« " + shown(insee_code) +
                           " » n'a pas la forme d'un code INSEE de commune : cinq caractères, "
                           "comme 88413 ou 2A004."};
    }
    const std::span<const Commune> table = communes();
    const auto at =
        std::lower_bound(table.begin(), table.end(), insee_code,
                         [](const Commune& row, std::string_view code) { return row.code < code; });
    if (at == table.end() || at->code != insee_code) {
        return Refusal{Code::insee_unknown, std::string(field),
                       "Aucune commune ne porte le code INSEE " + shown(insee_code) +
                           " : ce n'est pas le code postal, et une commune fusionnée a pris le "
                           "code de la nouvelle."};
    }
    return &*at;
}

}  // namespace deodat
