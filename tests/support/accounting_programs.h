// Other people's programs as judges of our exports: what balance each finds on each account, in
// cents, nil ones left out; and what we say, under the same names.
#pragma once
#include <map>
#include <string>

#include "ledger/dossiers/dossier.h"
#include "ledger/payments/contractor.h"
#include "reports/journal/beancount.h"
#include "reports/journal/exports.h"
#include "reports/journal/hledger.h"
#include "tests/support/programs.h"

namespace deodat::testing_support {

using Balances = std::map<std::string, std::int64_t>;

inline std::int64_t cents_in(const std::string& text) {
    std::string digits;
    for (const char c : text) {
        if (c == '-' || (c >= '0' && c <= '9')) digits += c;
    }
    return digits.empty() ? 0 : std::stoll(digits);
}

inline Balances without_nil(Balances balances) {
    std::erase_if(balances, [](const auto& each) { return each.second == 0; });
    return balances;
}

inline std::string trimmed_right(std::string text) {
    text.erase(text.find_last_not_of(" \r\n") + 1);
    return text;
}

// "name<separator>amount" a line; a name may be between quotation marks, those inside doubled.
inline Balances read_table(const std::string& output, const std::string& separator) {
    Balances out;
    for (const std::string& line : split(output, '\n')) {
        const std::size_t at = line.rfind(separator);
        if (at == std::string::npos) continue;
        std::string name;
        if (line[0] == '"') {
            for (std::size_t i = 1; i < at && !(line[i] == '"' && line[i + 1] != '"'); ++i) {
                name += line[i];
                if (line[i] == '"') ++i;
            }
        } else {
            name = trimmed_right(line.substr(0, at));
        }
        out[name] += cents_in(line.substr(at + separator.size()));
    }
    return without_nil(out);
}

inline std::string ran(const std::string& command) {
    const Outcome outcome = run("LC_ALL=C.UTF-8 " + command + " 2>&1");
    EXPECT_EQ(outcome.status, 0) << command << "\n" << outcome.output.substr(0, 2'000);
    return outcome.output;
}

inline Balances hledger_balances(const std::filesystem::path& file) {
    return read_table(ran("hledger -f '" + file.string() + "' bal --flat -N -O csv"), "\",\"");
}

inline Balances ledger_balances(const std::filesystem::path& file) {
    return read_table(ran("ledger -f '" + file.string() +
                          "' bal --flat --no-total --format '%(account)|%(amount)\\n'"),
                      "|");
}

// bean-check first: it refuses what bean-query would only report.
inline Balances beancount_balances(const std::filesystem::path& file) {
    EXPECT_EQ(ran("bean-check '" + file.string() + "'"), "");
    return read_table(ran("bean-query -q -f csv '" + file.string() +
                          "' 'SELECT account, sum(position) GROUP BY account'"),
                      ",");
}

// "account auxiliary" to its balance, as the checker reads it; an anomaly fails the test.
inline Balances fec_balances(const std::filesystem::path& file, int year) {
    Balances out;
    const std::string read = ran("python3 '" DEODAT_ROOT "/tests/scripts/check_fec.py' '" +
                                 file.string() + "' " + std::to_string(year));
    for (const std::string& line : split(read, '\n')) {
        const auto fields = split(line, '\t');
        if (fields.size() == 3) out[fields[0] + " " + fields[1]] += std::stoll(fields[2]);
    }
    return without_nil(out);
}

// The auxiliaries of a balance, each by its code and its name; empty for none.
struct Auxiliaries {
    std::string dossier, funder, funder_name, contractor, contractor_name;
};

// Each balance of the ledger as summed by SQL from its postings.
template <class Visitor>
void each_balance(store::Database& db, const std::string& condition, Visitor visit) {
    auto rows = db.select(
        "SELECT a.role, a.number, coalesce(d.reference, ''), coalesce(f.code, ''),"
        " coalesce(f.name, ''), coalesce(c.siret, ''), coalesce(c.name, ''), sum(p.cents)"
        " FROM posting p JOIN entry e ON e.number = p.entry JOIN account a ON a.id = p.account"
        " LEFT JOIN dossier d ON d.id = p.dossier LEFT JOIN funder f ON f.id = p.funder"
        " LEFT JOIN contractor c ON c.id = p.contractor WHERE " +
        condition + " GROUP BY a.id, p.dossier, p.funder, p.contractor");
    while (rows.next()) {
        visit(rows.text(0), rows.text(1),
              Auxiliaries{rows.text(2), rows.text(3), rows.text(4), rows.text(5), rows.text(6)},
              rows.integer(7));
    }
}

inline Balances ours_for_hledger(store::Database& db) {
    Balances out;
    each_balance(
        db, "1",
        [&](const auto& role, const auto& number, const Auxiliaries& about, std::int64_t cents) {
            const bool memo = journal::is_off_balance(*journal::role_of(role));
            std::vector<std::string> path = {memo ? "hors bilan" : "bilan", number};
            if (!about.dossier.empty()) path.push_back(about.dossier);
            if (!about.funder.empty()) path.push_back(about.funder_name);
            if (!about.contractor.empty()) {
                path.push_back(about.contractor_name + " " + about.contractor);
            }
            out[reports::hledger_account(path)] += cents;
        });
    return without_nil(out);
}

inline Balances ours_for_beancount(store::Database& db) {
    Balances out;
    each_balance(
        db, "1",
        [&](const auto&, const auto& number, const Auxiliaries& about, std::int64_t cents) {
            std::vector<std::string> auxiliaries;
            if (!about.dossier.empty()) auxiliaries.push_back(about.dossier);
            if (!about.funder.empty()) auxiliaries.push_back("F-" + about.funder);
            if (!about.contractor.empty()) auxiliaries.push_back("S" + about.contractor);
            out[reports::beancount_account(number, auxiliaries)] += cents;
        });
    return without_nil(out);
}

// Balance-sheet accounts at the year's end; earlier years' charges stand on 110 or 119.
inline Balances ours_for_fec(store::Database& db, int year) {
    Balances out;
    const std::string first = "'" + std::to_string(year) + "-01-01'";
    std::int64_t result = 0;
    const auto add = [&](bool earlier) {
        each_balance(
            db,
            earlier ? "e.day < " + first
                    : "e.day >= " + first + " AND e.day < '" + std::to_string(year + 1) + "'",
            [&](const auto& role, const auto& number, const Auxiliaries& about,
                std::int64_t cents) {
                if (journal::is_off_balance(*journal::role_of(role))) return;
                if (earlier && number[0] == '6') {
                    result += cents;
                    return;
                }
                const std::string third = about.funder.empty() ? about.contractor : about.funder;
                out[number + " " + (third.empty() ? about.dossier : third)] += cents;
            });
    };
    add(true);
    add(false);
    out[result > 0 ? "119 " : "110 "] += result;
    return without_nil(out);
}

// Writes each export under `directory` and lets every program that is installed judge it. Returns
// the programs that are absent.
inline std::string judge_exports(store::Database& db, const std::filesystem::path& directory,
                                 const std::vector<int>& years) {
    const auto write = [&](const std::string& name, auto exporting) {
        std::ofstream file(directory / name, std::ios::binary);
        exporting(file);
        return directory / name;
    };
    std::string absent;
    const auto present = [&](const std::string& program) {
        if (has_program(program)) return true;
        absent += " " + program;
        return false;
    };
    const auto hledger = write("journal.hledger", [&](std::ostream& out) {
        reports::export_hledger(db, journal::last_entry(db), out);
    });
    if (present("hledger")) {
        EXPECT_EQ(hledger_balances(hledger), ours_for_hledger(db));
    }
    if (present("ledger")) {
        EXPECT_EQ(ledger_balances(hledger), ours_for_hledger(db));
    }
    const auto beancount = write("journal.beancount", [&](std::ostream& out) {
        reports::export_beancount(db, journal::last_entry(db), out);
    });
    if (present("bean-check") && present("bean-query")) {
        EXPECT_EQ(beancount_balances(beancount), ours_for_beancount(db));
    }
    for (const int year : years) {
        const auto fec = write("fec.txt", [&](std::ostream& out) {
            EXPECT_GT(reports::export_fec(db, year, out).lines, 0);
        });
        if (present("python3")) {
            EXPECT_EQ(fec_balances(fec, year), ours_for_fec(db, year));
        }
    }
    return absent;
}

}  // namespace deodat::testing_support
