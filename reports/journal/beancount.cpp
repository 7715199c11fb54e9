#include "reports/journal/beancount.h"

#include "ledger/base/invariant.h"
#include "reports/journal/one_line.h"

namespace deodat::reports {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

// Between quotation marks, on one line.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : one_line(text)) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string component(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool fits = is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z') || c == '-';
        out += fits ? c : '-';
    }
    if (out.empty() || !(is_digit(out[0]) || is_capital(out[0]))) out.insert(0, "X");
    return out;
}

std::string_view root_of(std::string_view number) {
    switch (number.empty() ? ' ' : number[0]) {
        case '1':
            return "Equity";
        case '4':
            return "Liabilities";
        case '5':
            return "Assets";
        case '6':
            return "Expenses";
        case '7':
            return "Income";
        default:
            return "Equity:HorsBilan";
    }
}

}  // namespace

std::string beancount_account(std::string_view number,
                              const std::vector<std::string>& auxiliaries) {
    std::string out = std::string(root_of(number)) + ":" + component(number);
    for (const std::string& auxiliary : auxiliaries) out += ":" + component(auxiliary);
    return out;
}

BeancountJournal::BeancountJournal(std::ostream& out, std::string_view title, Day opened_on)
    : out_(out), opened_on_(opened_on) {
    out_ << "; " << one_line(title) << "\noption \"title\" " << quoted(title)
         << "\noption \"operating_currency\" \"EUR\"\n";
}

void BeancountJournal::write(const BeancountEntry& entry) {
    DEODAT_ASSERT(opened_on_ <= entry.day, "accounts are opened before the first entry");
    Money sum;
    std::string openings;
    for (const BeancountPosting& posting : entry.postings) {
        sum += posting.amount;
        if (opened_.insert(posting.account).second) {
            openings += opened_on_.iso() + " open " + posting.account + " EUR\n";
        }
    }
    DEODAT_ASSERT(sum.is_zero(), "an entry sums to zero");
    if (!openings.empty()) out_ << '\n' << openings;
    out_ << '\n'
         << entry.day.iso() << " * " << quoted(entry.label) << "\n  entry: " << entry.sequence
         << "\n  event: " << quoted(entry.event) << '\n';
    if (!entry.piece.empty()) out_ << "  piece: " << quoted(entry.piece) << '\n';
    for (const BeancountPosting& posting : entry.postings) {
        out_ << "  " << posting.account << "  " << decimal_text(posting.amount) << " EUR\n";
    }
    if (!out_) throw EnvironmentFailure("Beancount journal: the file cannot be written");
}

}  // namespace deodat::reports
