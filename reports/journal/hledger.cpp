#include "reports/journal/hledger.h"

#include "ledger/base/invariant.h"
#include "reports/journal/one_line.h"

namespace deodat::reports {
namespace {

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
