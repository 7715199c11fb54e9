// The bank, as played: what it will book and when, and the statements it sends.
#pragma once
#include <string>
#include <vector>

#include "api/demo/bank_play.h"
#include "ledger/payments/transfer.h"

namespace deodat::demo {

class BankBook {
  public:
    explicit BankBook(Iban account) : account_(std::move(account)) {}

    // What will be booked: money that arrives, or a transfer of ours that leaves on its execution
    // day.
    void receive(Day day, Money amount, std::string from, std::string remittance);
    void pay(Day day, const payments::Transfer& transfer);
    // The same transfer, come back.
    void send_back(Day day, const payments::Transfer& transfer, std::string reason);

    // The statement from the last one to that day.
    std::string statement(Day last_day, Instant created);
    const std::string& last_id() const { return last_id_; }

  private:
    Iban account_;
    std::vector<PlayedMovement> waiting_;
    Money balance_;
    Day first_day_ = Day::of(2025, 10, 1);
    int number_ = 0;
    std::string last_id_;
};

}  // namespace deodat::demo
