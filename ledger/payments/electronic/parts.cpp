#include "ledger/payments/electronic/parts.h"

#include <algorithm>

#include "ledger/base/checks.h"
#include "ledger/base/text.h"

namespace deodat::payments::electronic {

std::optional<Decimal> Leaves::number(const bank::XmlElement& element, std::string_view field) {
    if (element.text().empty()) return std::nullopt;
    auto read = Decimal::parse(field, element.text());
    if (!read) {
        damaged(field, read.refusal().message);
        return std::nullopt;
    }
    return *read;
}

std::optional<Money> Leaves::amount(const bank::XmlElement& element, std::string_view field) {
    const auto written = number(element, field);
    if (!written) return std::nullopt;
    const std::string_view currency = element.attribute("currencyID");
    auto& foreign = invoice_.foreign_currencies;
    if (!currency.empty() && currency != invoice_.currency &&
        foreign.size() < foreign_currencies_max &&
        std::find(foreign.begin(), foreign.end(), currency) == foreign.end()) {
        foreign.emplace_back(currency);
    }
    const auto cents = written->hundredths();
    if (!cents) {
        damaged(field, "Le montant « " + shown(element.text()) + " » est plus fin que le centime.");
        return std::nullopt;
    }
    if (*cents > entered_max.cents() || *cents < -entered_max.cents()) {
        damaged(field, "Le montant « " + shown(element.text()) + " » dépasse " +
                           french(entered_max) + ".");
        return std::nullopt;
    }
    return Money::cents(*cents);
}

std::vector<bank::XmlElement> Leaves::parts(const bank::XmlElement& holder, std::string_view name,
                                            std::string_view field, std::size_t most) {
    auto found = holder.children(name);
    if (found.size() <= most) return found;
    damaged(field, "il y en a plus de " + std::to_string(most) + ".");
    return {};
}

void Leaves::damaged(std::string_view field, const std::string& why) {
    if (fault_) return;
    fault_ = Refusal{Code::invoice_damaged, std::string(field),
                     "La facture est illisible : " + why + " (Champ " + std::string(field) + ".)"};
}

WrittenDay written_day(std::string_view text) {
    WrittenDay out{std::string(text), std::nullopt};
    std::string iso(text.substr(0, 10));
    if (text.size() == 8)
        iso = out.text.substr(0, 4) + '-' + out.text.substr(4, 2) + '-' + out.text.substr(6);
    if (auto day = Day::parse("date", iso)) out.day = *day;
    return out;
}

void put_registration(Party& party, std::string_view scheme, std::string_view text) {
    std::string compact(text);
    std::erase(compact, ' ');
    if (compact.empty()) return;
    constexpr std::size_t siret_digits = 14;
    if (scheme == "0009" || (scheme == "0002" && compact.size() == siret_digits)) {
        party.siret = compact;
    } else if (scheme == "0002") {
        party.siren = compact;
    }
}

std::string text_of(const bank::XmlElement& element) {
    return std::string(element.text());
}

bool is_true(const bank::XmlElement& element) {
    return element.text() == "true" || element.text() == "1";
}

std::uint64_t decoded_bytes(std::string_view base64) {
    const auto blanks = static_cast<std::uint64_t>(std::count(base64.begin(), base64.end(), ' '));
    std::uint64_t digits = base64.size() - blanks;
    if (base64.ends_with("==")) {
        digits -= 2;
    } else if (base64.ends_with('=')) {
        digits -= 1;
    }
    return digits * 3 / 4;
}

}  // namespace deodat::payments::electronic
