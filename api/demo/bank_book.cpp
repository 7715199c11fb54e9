#include "api/demo/bank_book.h"

#include <algorithm>

#include "ledger/base/numbering.h"

namespace deodat::demo {

void BankBook::receive(Day day, Money amount, std::string from, std::string remittance) {
    waiting_.push_back(
        {day, amount, "NOTPROVIDED", std::move(from), {}, std::move(remittance), {}});
}

void BankBook::pay(Day day, const payments::Transfer& transfer) {
    const auto iban = Iban::parse("iban", transfer.iban);
    waiting_.push_back({day,
                        -transfer.amount,
                        transfer.end_to_end_id,
                        transfer.creditor_name,
                        *iban,
                        "FACTURE " + transfer.invoice_number,
                        {}});
}

void BankBook::send_back(Day day, const payments::Transfer& transfer, std::string reason) {
    const auto iban = Iban::parse("iban", transfer.iban);
    waiting_.push_back({day, transfer.amount, transfer.end_to_end_id, transfer.creditor_name, *iban,
                        "RETOUR DE VIREMENT", std::move(reason)});
}

std::string BankBook::statement(Day last_day, Instant created) {
    std::stable_sort(
        waiting_.begin(), waiting_.end(),
        [](const PlayedMovement& a, const PlayedMovement& b) { return a.day < b.day; });
    const auto later =
        std::find_if(waiting_.begin(), waiting_.end(),
                     [&](const PlayedMovement& movement) { return movement.day > last_day; });
    last_id_ = numbered("REL-", ++number_);
    const PlayedStatement played{
        account_,   last_id_, number_,  created,
        first_day_, last_day, balance_, std::vector<PlayedMovement>(waiting_.begin(), later)};
    waiting_.erase(waiting_.begin(), later);
    balance_ = closing_balance(played);
    first_day_ = last_day.plus_days(1);
    return camt053_08(played);
}

}  // namespace deodat::demo
