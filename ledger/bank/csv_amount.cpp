#include "ledger/bank/csv_amount.h"

#include <algorithm>

#include "ledger/base/text.h"

namespace deodat::bank {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// An amount without what does not count: digits, points and commas.
struct Bare {
    std::string digits;
    bool negative = false;
};

// Takes `what` off one end, when it is there; whether it was.
bool take_front(std::string_view& text, std::string_view what) {
    if (!text.starts_with(what)) return false;
    text = trimmed(text.substr(what.size()));
    return true;
}
bool take_back(std::string_view& text, std::string_view what) {
    if (!text.ends_with(what)) return false;
    text = trimmed(text.substr(0, text.size() - what.size()));
    return true;
}

constexpr std::string_view minus = "\xE2\x88\x92";  // U+2212

void take_currency(std::string_view& text) {
    for (const std::string_view sign : {"€", "EUR"}) {
        if (take_back(text, sign) || take_front(text, sign)) return;
    }
}

// Blanks that groups of digits are kept apart with: no-break, thin and narrow ones too.
std::size_t gap_at(std::string_view text) {
    for (const std::string_view gap : {" ", "'", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"}) {
        if (text.starts_with(gap)) return gap.size();
    }
    return 0;
}

std::string without_gaps(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t gap = gap_at(text);
        if (gap == 0) out += text[0];
        text.remove_prefix(std::max<std::size_t>(gap, 1));
    }
    return out;
}

Bare bare(std::string_view written) {
    std::string no_gaps = without_gaps(trimmed(written));
    std::string_view text = no_gaps;
    Bare out;
    take_currency(text);
    const auto signed_by = [&](std::string_view sign) {
        return take_front(text, sign) || take_back(text, sign);
    };
    if (signed_by("-") || signed_by(minus)) {
        out.negative = true;
    } else if (text.starts_with('(') && text.ends_with(')') && text.size() > 2) {
        text = text.substr(1, text.size() - 2);
        out.negative = true;
    } else {
        (void)signed_by("+");
    }
    take_currency(text);
    out.digits = text;
    return out;
}

// The decimal and the grouping sign, of "," and ".".
bool grouped_in_threes(std::string_view whole, char grouping) {
    const std::size_t first = whole.find(grouping);
    if (first == std::string_view::npos) return true;
    if (first == 0 || first > 3) return false;
    for (std::size_t at = first; at < whole.size(); at += 4) {
        if (whole[at] != grouping || whole.size() - at < 4) return false;
        if (!std::ranges::all_of(whole.substr(at + 1, 3), is_digit)) return false;
    }
    return true;
}

}  // namespace

DecimalEvidence decimal_evidence(std::string_view written) {
    const std::string digits = bare(written).digits;
    const std::size_t last = digits.find_last_of(",.");
    if (last == std::string::npos) return DecimalEvidence::none;
    const char sign = digits[last];
    const auto is = [](char decimal) {
        return decimal == ',' ? DecimalEvidence::comma : DecimalEvidence::point;
    };
    const char other = sign == ',' ? '.' : ',';
    if (digits.find(other) != std::string::npos) return is(sign);
    if (digits.find(sign) != last) return is(other);  // several: they group
    const std::size_t behind = digits.size() - last - 1;
    const bool may_group = behind == 3 && last >= 1 && last <= 3 && digits[0] != '0';
    return may_group ? DecimalEvidence::ambiguous : is(sign);
}

Result<Money> money_from_table(std::string_view field, std::string_view written, char decimal) {
    const Bare amount = bare(written);
    const char grouping = decimal == ',' ? '.' : ',';
    const std::size_t point = std::min(amount.digits.find(decimal), amount.digits.size());
    const std::string_view whole = std::string_view(amount.digits).substr(0, point);
    std::string plain;
    for (const char c : whole) {
        if (c != grouping) plain += c;
    }
    if (plain.empty()) plain = "0";
    if (point + 1 < amount.digits.size()) plain += "." + amount.digits.substr(point + 1);
    const auto read = money_from_decimal(field, plain);
    const bool digits = std::ranges::any_of(amount.digits, is_digit);
    if (!read || !digits || !grouped_in_threes(whole, grouping)) {
        return Refusal{Code::malformed, std::string(field),
                       "Le montant « " + shown(written) +
                           " » est illisible, ou plus fin que le centime ; exemple attendu : -1 "
                           "234" +
                           decimal + "50."};
    }
    return amount.negative ? -*read : *read;
}

}  // namespace deodat::bank
