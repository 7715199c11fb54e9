#include "reports/journal/fec.h"

#include <algorithm>
#include <array>

#include "ledger/base/invariant.h"
#include "ledger/base/text.h"
#include "reports/journal/journal_csv.h"
#include "reports/journal/one_line.h"

namespace deodat::reports {
namespace {

constexpr std::string_view header =
    "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\t"
    "CompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\t"
    "Montantdevise\tIdevise\r\n";
constexpr std::size_t examples_max = 20;

struct Sign {
    char32_t from;
    std::string_view to;
};
// Where ISO-8859-15 differs from ISO-8859-1, then the typography that has a plain twin.
constexpr std::array signs = {
    Sign{0x20ac, "\xa4"}, Sign{0x160, "\xa6"}, Sign{0x161, "\xa8"}, Sign{0x17d, "\xb4"},
    Sign{0x17e, "\xb8"},  Sign{0x152, "\xbc"}, Sign{0x153, "\xbd"}, Sign{0x178, "\xbe"},
    Sign{0x2010, "-"},    Sign{0x2011, "-"},   Sign{0x2012, "-"},   Sign{0x2013, "-"},
    Sign{0x2014, "-"},    Sign{0x2018, "'"},   Sign{0x2019, "'"},   Sign{0x201c, "\""},
    Sign{0x201d, "\""},   Sign{0x2026, "..."},
};

// The characters of ISO-8859-1 that ISO-8859-15 gave up.
bool given_up(char32_t c) {
    constexpr std::u32string_view lost = U"\u00a4\u00a6\u00a8\u00b4\u00b8\u00bc\u00bd\u00be";
    return lost.find(c) != std::u32string_view::npos;
}

std::string compact(Day day) {
    std::string out = day.iso();
    std::erase(out, '-');
    return out;
}

bool begins_with_three_digits(std::string_view account) {
    return account.size() >= 3 && std::all_of(account.begin(), account.begin() + 3,
                                              [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string iso_8859_15(std::string_view utf8, bool& faithful) {
    std::string out;
    while (!utf8.empty()) {
        const CodePoint c = first_character(utf8);
        utf8.remove_prefix(std::max<std::size_t>(c.bytes, 1));
        const auto* const sign = std::find_if(signs.begin(), signs.end(),
                                              [&](const Sign& s) { return s.from == c.value; });
        if (c.bytes > 0 && sign != signs.end()) {
            out += sign->to;
        } else if (c.bytes > 0 && (c.value < 0x7f || (c.value >= 0xa0 && c.value <= 0xff)) &&
                   !given_up(c.value)) {
            out += static_cast<char>(static_cast<unsigned char>(c.value));
        } else {
            out += '?';
            faithful = false;
        }
    }
    return out;
}

FecFile::FecFile(std::ostream& out) : out_(out) {
    out_ << header;
}

std::string FecFile::field(std::string_view name, std::string_view text) {
    bool faithful = text.find_first_of("|\t\r\n") == std::string_view::npos;
    std::string line = one_line(text);
    std::replace(line.begin(), line.end(), '|', '/');
    std::string out = iso_8859_15(line, faithful);
    if (!faithful) {
        ++notes_.replaced;
        if (notes_.examples.size() < examples_max) {
            notes_.examples.push_back("ligne " + std::to_string(notes_.lines + 2) + ", " +
                                      std::string(name) + " : « " + shown(text) +
                                      " » contient un signe que le FEC n'admet pas");
        }
    }
    return out;
}

void FecFile::write(const FecLine& line) {
    if (line.amount.is_zero()) {
        ++notes_.nil_lines;
        return;
    }
    DEODAT_ASSERT(begins_with_three_digits(line.account),
                  "an account of the FEC begins with three digits");
    const auto mandatory = [&](std::string_view name, std::string_view text) {
        std::string out = field(name, text);
        DEODAT_ASSERT(!out.empty(), "a mandatory field of the FEC is filled");
        return out;
    };
    const Money nil;
    out_ << mandatory("JournalCode", line.journal) << '\t'
         << mandatory("JournalLib", line.journal_label) << '\t' << line.number << '\t'
         << compact(line.day) << '\t' << line.account << '\t'
         << mandatory("CompteLib", line.account_label) << '\t'
         << field("CompAuxNum", line.auxiliary) << '\t' << field("CompAuxLib", line.auxiliary_label)
         << '\t' << mandatory("PieceRef", line.piece) << '\t' << compact(line.piece_day) << '\t'
         << mandatory("EcritureLib", line.label) << '\t' << comma_text(std::max(line.amount, nil))
         << '\t' << comma_text(std::max(-line.amount, nil)) << "\t\t\t" << compact(line.validated)
         << "\t\t\r\n";
    ++notes_.lines;
    if (!out_) throw EnvironmentFailure("FEC: the file cannot be written");
}

std::string fec_file_name(const Siren& siren, int year) {
    return siren.text() + "FEC" + compact(Day::of(year, 12, 31)) + ".txt";
}

}  // namespace deodat::reports
