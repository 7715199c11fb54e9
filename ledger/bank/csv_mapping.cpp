#include "ledger/bank/csv_mapping.h"

#include <algorithm>
#include <array>
#include <map>

#include "ledger/bank/encoding.h"
#include "ledger/base/text.h"

namespace deodat::bank {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

struct TextKey {
    std::string_view name;
    std::string CsvMapping::*target;
};
constexpr auto text_keys = std::to_array<TextKey>({
    {"date_format", &CsvMapping::date_format},
    {"booking_date", &CsvMapping::booking_date},
    {"value_date", &CsvMapping::value_date},
    {"amount", &CsvMapping::amount},
    {"debit", &CsvMapping::debit},
    {"credit", &CsvMapping::credit},
    {"label", &CsvMapping::label},
    {"counterparty", &CsvMapping::counterparty},
    {"iban", &CsvMapping::iban},
    {"reference", &CsvMapping::reference},
    {"end_to_end_id", &CsvMapping::end_to_end_id},
    {"balance", &CsvMapping::balance},
    {"opening", &CsvMapping::opening},
    {"closing", &CsvMapping::closing},
});
constexpr std::array<std::string_view, 5> other_keys = {"account", "currency", "separator",
                                                        "decimal", "order"};
constexpr std::array<std::string_view, 4> required_keys = {"account", "date_format", "booking_date",
                                                           "label"};
constexpr std::array<std::string_view, 7> date_formats = {
    "DD/MM/YYYY", "DD/MM/YY", "DD.MM.YYYY", "DD-MM-YYYY", "MM/DD/YYYY", "YYYY-MM-DD", "YYYYMMDD"};

bool is_key(std::string_view name) {
    return std::ranges::find(other_keys, name) != other_keys.end() ||
           std::ranges::any_of(text_keys, [&](const TextKey& key) { return key.name == name; });
}

Refusal refuse(Code code, std::string_view key, const std::string& why) {
    return Refusal{code, "mapping." + std::string(key), "Le mapping est refusé : " + why};
}

Result<Values> values_of(std::string_view text) {
    Values out;
    for (int line = 1; !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view written = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(text.size(), end + 1));
        if (written.empty() || written[0] == '#') continue;
        const std::size_t equals = written.find('=');
        const std::string_view name = trimmed(written.substr(0, equals));
        const std::string at = "ligne " + std::to_string(line) + ", ";
        if (equals == std::string_view::npos) {
            return refuse(Code::malformed, "",
                          at + "« " + shown(written) + " » n'est pas « clé = valeur ».");
        }
        if (!is_key(name)) {
            return refuse(
                Code::unknown_field, "",
                at + "la clé « " + shown(name) + " » n'existe pas (booking_date, amount…).");
        }
        const std::string_view value = trimmed(written.substr(equals + 1));
        if (value.empty()) {
            return refuse(Code::missing, name, at + "la clé " + std::string(name) + " est vide.");
        }
        if (!out.emplace(name, value).second) {
            return refuse(Code::duplicate, name,
                          at + "la clé " + std::string(name) + " est donnée deux fois.");
        }
    }
    return out;
}

// The character that a key names, of those allowed.
Result<std::optional<char>> sign_of(const Values& values, std::string_view key,
                                    std::string_view allowed) {
    const auto at = values.find(key);
    if (at == values.end()) return std::optional<char>();
    const std::string value = at->second == "tab" ? "\t" : at->second;
    if (value.size() == 1 && allowed.find(value[0]) != std::string_view::npos) {
        return std::optional<char>(value[0]);
    }
    return refuse(Code::malformed, key,
                  std::string(key) + " = « " + shown(at->second) +
                      " » : « , » est attendu, « ; » ou tab pour separator, "
                      "« . » pour decimal.");
}

Result<std::optional<RowOrder>> order_of(const Values& values) {
    const auto at = values.find("order");
    if (at == values.end()) return std::optional<RowOrder>();
    if (at->second == "oldest_first") return std::optional<RowOrder>(RowOrder::oldest_first);
    if (at->second == "newest_first") return std::optional<RowOrder>(RowOrder::newest_first);
    return refuse(
        Code::malformed, "order",
        "order = « " + shown(at->second) + " » : oldest_first ou newest_first est attendu.");
}

Result<Done> check_amounts(const CsvMapping& mapping) {
    const bool both = !mapping.debit.empty() && !mapping.credit.empty();
    const bool none = mapping.debit.empty() && mapping.credit.empty();
    if (mapping.amount.empty() ? both : none) return Done{};
    return refuse(Code::missing, "amount",
                  "il faut la colonne amount, ou les deux colonnes debit et credit.");
}

}  // namespace

Result<CsvMapping> read_csv_mapping(std::string_view bytes) {
    const auto text = text_from_bytes(bytes);
    if (!text) return text.refusal();
    const auto values = values_of(*text);
    if (!values) return values.refusal();
    for (const std::string_view key : required_keys) {
        if (values->contains(key)) continue;
        return refuse(Code::missing, key, "la clé " + std::string(key) + " manque.");
    }
    const auto account = Iban::parse("mapping.account", values->find("account")->second);
    if (!account) return account.refusal();
    CsvMapping out{.account = *account};
    for (const TextKey& key : text_keys) {
        const auto at = values->find(key.name);
        if (at != values->end()) out.*key.target = at->second;
    }
    if (const auto at = values->find("currency"); at != values->end()) out.currency = at->second;
    if (std::ranges::find(date_formats, out.date_format) == date_formats.end()) {
        return refuse(Code::malformed, "date_format",
                      "date_format = « " + shown(out.date_format) +
                          " » n'est pas une forme connue (DD/MM/YYYY, YYYY-MM-DD…).");
    }
    const auto separator = sign_of(*values, "separator", ";,\t");
    if (!separator) return separator.refusal();
    const auto decimal = sign_of(*values, "decimal", ",.");
    if (!decimal) return decimal.refusal();
    const auto order = order_of(*values);
    if (!order) return order.refusal();
    out.separator = *separator;
    out.decimal = *decimal;
    out.order = *order;
    if (const auto amounts = check_amounts(out); !amounts) return amounts.refusal();
    return out;
}

}  // namespace deodat::bank
