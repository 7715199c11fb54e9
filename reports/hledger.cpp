#include "reports/hledger.h"

#include <array>

#include "ledger/base/invariant.h"

namespace deodat::reports {
namespace {

// Blanks beyond ASCII that hledger counts among spaces (two in a row end an account's name), and
// line breaks.
constexpr std::array<std::string_view, 20> wide_blanks{
    "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004",
    "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a", "\u202f",
    "\u205f", "\u3000", "\u2028", "\u2029", "\u0085", "\ufeff"};

std::size_t blank_bytes(std::string_view text) {
    const auto first = static_cast<unsigned char>(text[0]);
    if (first <= 0x20 || first == 0x7f) return 1;
    if (first < 0x80) return 0;
    for (const std::string_view blank : wide_blanks) {
        if (text.starts_with(blank)) return blank.size();
    }
    return 0;
}

// Each run of blanks becomes one space; none at the ends.
std::string one_line(std::string_view text) {
    std::string out;
    bool gap = false;
    while (!text.empty()) {
        if (const std::size_t blank = blank_bytes(text); blank > 0) {
            gap = !out.empty();
            text.remove_prefix(blank);
            continue;
        }
        if (gap) out += ' ';
        gap = false;
        out += text[0];
        text.remove_prefix(1);
    }
    return out;
}

std::string segment_text(std::string_view segment) {
    std::string out = one_line(segment);
    for (char& c : out) {
        if (c == ':') c = '/';
        if (c == ';') c = ',';
    }
    return out.empty() ? "(vide)" : out;
}

// A tag's value ends at a comma.
std::string tag_value(std::string_view text) {
    std::string out = one_line(text);
    for (char& c : out) {
        if (c == ',') c = ' ';
    }
    return one_line(out);
}

}  // namespace

std::string hledger_account(const std::vector<std::string>& segments) {
    DEODAT_ASSERT(!segments.empty(), "an account has a name");
    std::string out;
    for (const std::string& segment : segments) {
        if (!out.empty()) out += ':';
        out += segment_text(segment);
    }
    // At the start of a posting: virtual accounts, marks of clearing, comments.
    if (std::string_view("([*!#%~=").find(out[0]) != std::string_view::npos) out.insert(0, "'");
    return out;
}

std::string hledger_text(std::string_view text) {
    std::string out = one_line(text);
    for (char& c : out) {
        if (c == ';') c = ',';
        if (c == '|') c = '/';
    }
    return out;
}

HledgerJournal::HledgerJournal(std::ostream& out, std::string_view title) : out_(out) {
    out_ << "; " << one_line(title) << "\ndecimal-mark .\ncommodity 1000.00 EUR\n";
}

void HledgerJournal::write(const HledgerEntry& entry) {
    Money sum;
    for (const HledgerPosting& posting : entry.postings) sum += posting.amount;
    DEODAT_ASSERT(sum.is_zero(), "an entry sums to zero");

    out_ << '\n' << entry.day.iso() << " (" << entry.sequence << ") " << hledger_text(entry.label);
    std::string tags;
    if (!entry.event.empty()) tags += "event:" + tag_value(entry.event);
    if (!entry.piece.empty())
        tags += (tags.empty() ? "piece:" : ", piece:") + tag_value(entry.piece);
    if (!tags.empty()) out_ << "  ; " << tags;
    out_ << '\n';
    for (const HledgerPosting& posting : entry.postings) {
        out_ << "    " << hledger_account(posting.account) << "  " << decimal_text(posting.amount)
             << " EUR\n";
    }
    if (!out_) throw EnvironmentFailure("hledger journal: the file cannot be written");
}

}  // namespace deodat::reports
