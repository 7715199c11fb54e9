// A journal that Beancount (2.3 and 3) reads: our entries in its plain text, UTF-8.
//
//   ; title
//   option "title" "…"
//   option "operating_currency" "EUR"
//
//   2025-10-02 open Liabilities:458101:D26-0001 EUR
//
//   2026-01-15 * "Facture acceptée"
//     entry: 42
//     event: "order_released"
//     piece: "F-2026-001"
//     Liabilities:458101:D26-0001  1234.50 EUR
//     Liabilities:4041:D26-0001:S12345678900012  -1234.50 EUR
//
// Beancount wants five roots: the class of the account gives it (beancount_account). An account is
// opened before its first posting, on the day given to the writer: entries may be recorded out of
// date order, Beancount sorts by date. Streaming: nothing is kept but the names of opened accounts;
// the same entries give the same bytes.
#pragma once
#include <cstdint>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/day.h"
#include "ledger/base/money.h"

namespace deodat::reports {

struct BeancountPosting {
    std::string account;  // as beancount_account writes it
    Money amount;
};

struct BeancountEntry {
    Day day;
    std::int64_t sequence = 0;
    std::string event;
    std::string label;
    std::string piece;  // may be empty
    std::vector<BeancountPosting> postings;
};

class BeancountJournal {
  public:
    // No entry may be dated before opened_on.
    BeancountJournal(std::ostream& out, std::string_view title, Day opened_on);
    // Throws EnvironmentFailure when the stream fails; an entry that does not sum to zero is a
    // broken invariant.
    void write(const BeancountEntry& entry);

  private:
    std::ostream& out_;
    Day opened_on_;
    std::set<std::string> opened_;
};

// "Liabilities:4041:D26-0001:S123": root by class (1 Equity, 4 Liabilities, 5 Assets, 6 Expenses, 7
// Income, all else and memo accounts Equity:HorsBilan), the number, then the auxiliaries. What a
// name cannot hold becomes "-"; one that does not begin with a capital or a digit gets an "X".
std::string beancount_account(std::string_view number, const std::vector<std::string>& auxiliaries);

}  // namespace deodat::reports
