// Plays the bank: writes the camt.053.001.08 statement that a bank would send for these movements,
// for the demonstration and for tests. It trusts its caller with the facts and the texts' lengths,
// and computes the closing balance itself, so that what it writes always balances.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/day.h"
#include "ledger/base/iban.h"
#include "ledger/base/money.h"

namespace deodat::demo {

struct PlayedMovement {
    Day day;
    Money amount;  // what it does to our account: credits above zero
    std::string end_to_end_id = {};
    std::string counterparty_name = {};
    std::optional<Iban> counterparty_iban = {};
    std::string remittance = {};
    // AC04 and the like: the payment of that end-to-end id came back.
    std::optional<std::string> return_reason = {};
};

struct PlayedStatement {
    Iban account;
    std::string id;
    int sequence_number = 1;
    Instant created;
    Day first_day;
    Day last_day;
    Money opening;
    std::vector<PlayedMovement> movements;
};

// The closing balance the statement will show.
Money closing_balance(const PlayedStatement& statement);

std::string camt053_08(const PlayedStatement& statement);

// The report that the bank accepts a file of ours, which is no payment yet.
struct PlayedAcceptance {
    std::string id;
    Instant created;
    std::string file;         // its MsgId
    std::string file_format;  // pain.001.001.09
};
std::string pain002_11(const PlayedAcceptance& acceptance);

}  // namespace deodat::demo
