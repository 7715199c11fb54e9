// Statement: what a bank says happened on one account, whatever the format it said it in.
//
// A reader refuses a file that it cannot read whole. What it could read but must not be booked
// comes with its obstacles; a statement without obstacles is proved: opening balance + booked
// movements = closing balance, all in euros, on an account that has an IBAN, on days that exist.
//
// Within a file the identity of a movement is its ordinal, never its date, amount or label: two
// true movements may be identical. Between statements that overlap, overlap.h tells one again. The
// statement id alone identifies nothing: some banks start it again each year.
#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/day.h"
#include "ledger/base/iban.h"
#include "ledger/base/money.h"

namespace deodat::bank {

enum class StatementKind : std::uint8_t {
    end_of_day,  // camt.053, CFONB120, CSV: the only one that may be booked
    intraday,    // camt.052
    notice,      // camt.054
};
std::string_view statement_kind_name(StatementKind kind);

enum class MovementStatus : std::uint8_t {
    booked,
    pending,      // announced, may still fall away
    information,  // never moves the balance
    other,        // a code that we do not know; never booked
};
std::string_view movement_status_name(MovementStatus status);

// Which way an entry marked as a reversal moves the account. The standard says that its direction
// is already that of the reversal; some banks repeat the direction of the original instead. The
// bank's profile says which.
enum class ReversalSign : std::uint8_t { as_booked, of_the_original };

struct Balance {
    std::string code;  // OPBD, PRCD, CLBD…; 01 and 07; a heading or label of a CSV
    Money amount;
    std::string currency;
    std::optional<Day> day;
};

// What the parties and banks on the way called this payment; empty where they said nothing.
struct References {
    std::string entry = {};                // the bank's number of the entry
    std::string servicer = {};             // our bank's reference
    std::string message = {};              // MsgId of the file that ordered it
    std::string payment_information = {};  // PmtInfId of the block that ordered it
    std::string instruction = {};
    std::string transaction = {};
    std::string mandate = {};
    std::string uetr = {};
    std::string creditor_reference = {};  // structured remittance
};

// One line. A grouped entry whose details add up to it is one line per detail.
struct Movement {
    int ordinal = 0;        // from 1 in its statement, over all lines
    int entry_ordinal = 0;  // from 1, over the bank's entries; shared by the lines of a grouped one
    std::optional<Day> booking_day;
    std::optional<Day> value_day;
    // Where the bank wrote a 30 February, the last day of that month, for a person to confirm.
    std::optional<Day> proposed_booking_day;
    std::optional<Day> proposed_value_day;
    Money amount;  // what it does to the account: credits above zero, debits below
    std::string currency;
    MovementStatus status = MovementStatus::other;
    bool reversal = false;
    bool charges = false;       // the part of an entry that its charges record explains
    std::string return_reason;  // AC04, MD07…: a payment that came back
    std::string end_to_end_id;  // empty when the payer gave none
    References references;
    std::string remittance;         // unstructured, joined
    std::string counterparty_name;  // whoever is not us
    std::string counterparty_iban;  // as written; may not be an IBAN
    std::string bank_code;          // the bank's kind of transaction: PMNT/RCDT/ESCT, CFONB/B1
    std::string bank_label;         // what the bank adds
    int announced_details = 0;      // transactions that a grouped entry says it holds
    // Why a person must look before this line is matched: the amount is sure, its meaning is not.
    std::optional<Refusal> doubt;
};

inline constexpr std::size_t remarks_max = 100;

struct Statement {
    StatementKind kind = StatementKind::end_of_day;
    std::string format;  // camt.053.001.08, CFONB120, CSV
    std::string message_id;
    std::string id;
    std::optional<std::int64_t> sequence_number;
    std::string account_text;      // as written
    std::optional<Iban> account;   // when it is an IBAN
    std::string currency;          // of the account; empty when the bank does not say it
    std::optional<Day> first_day;  // of the period, when the bank says it
    std::optional<Day> last_day;
    std::optional<Balance> opening;  // OPBD, else PRCD
    std::optional<Balance> closing;  // CLBD
    std::vector<Balance> balances;   // all of them, as written
    // All of them, booked or not, in the bank's order; a deque never holds two copies as it grows.
    std::deque<Movement> movements;
    // Why it must not be booked; and what the bank did against its format, tolerated. Of movements
    // the first remarks_max.
    std::vector<Refusal> obstacles;
    std::vector<Refusal> remarks;

    bool bookable() const { return obstacles.empty(); }
    // The sum of the booked movements; none when it leaves the bounds of Money, as a hostile file's
    // may.
    std::optional<Money> booked_sum() const;
};

// A sum that may leave the bounds of Money on its way, or for good: amounts from outside are added
// here.
class WideSum {
  public:
    void add(Money amount) { cents_ += amount.cents(); }
    std::optional<Money> money() const {
        if (cents_ > Money::cents_max || cents_ < -Money::cents_max) return std::nullopt;
        return Money::cents(static_cast<std::int64_t>(cents_));
    }

  private:
    __extension__ __int128 cents_ = 0;
};

// Notes the obstacles that every format shares: kind, account, currency, days, balances, and the
// proof that they agree. Called by each reader once a statement is read.
void note_obstacles(Statement& statement);

}  // namespace deodat::bank
