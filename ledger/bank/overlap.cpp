#include "ledger/bank/overlap.h"

#include <algorithm>
#include <map>

#include "ledger/base/text.h"
#include "ledger/journal/balances.h"

namespace deodat::bank {
namespace {

struct LastStatement {
    Money closing;
    Day closing_on;
};

std::optional<LastStatement> last_statement(store::Database& db, ProgrammeId programme) {
    auto rows = db.select(
        "SELECT closing_cents, closing_on FROM bank_statement WHERE programme = ? ORDER BY id DESC"
        " LIMIT 1",
        programme);
    if (!rows.next()) return std::nullopt;
    return LastStatement{rows.money(0), rows.day(1)};
}

// A movement that an earlier statement brought. Its texts are gone once they were erased.
struct Known {
    std::string reference;
    std::optional<std::string> text;
    std::optional<std::string> payer;
    bool met = false;  // in the statement that is compared
};
using KnownMovements = std::multimap<std::pair<Day, Money>, Known>;

KnownMovements known_since(store::Database& db, ProgrammeId programme, Day first) {
    KnownMovements out;
    auto rows = db.select(
        "SELECT m.day, m.cents, m.bank_reference, m.remittance, m.counterparty FROM bank_movement m"
        " JOIN bank_statement s ON s.id = m.statement WHERE s.programme = ? AND m.day >= ?"
        " ORDER BY m.id",
        programme, first);
    const auto text = [&](int column) {
        return rows.is_null(column) ? std::nullopt : std::optional(rows.text(column));
    };
    while (rows.next()) {
        out.emplace(std::pair(rows.day(0), rows.money(1)), Known{rows.text(2), text(3), text(4)});
    }
    return out;
}

bool same(const Movement& movement, const Known& known) {
    if (!movement.references.servicer.empty() && !known.reference.empty()) {
        return movement.references.servicer == known.reference;
    }
    return known.text.value_or(kept_text(movement)) == kept_text(movement) &&
           known.payer.value_or(movement.counterparty_name) == movement.counterparty_name;
}

// Whether the movement is one of the known; each known one counts once.
bool take(KnownMovements& known, const Movement& movement) {
    const auto [begin, end] = known.equal_range({*movement.booking_day, movement.amount});
    const auto found = std::find_if(
        begin, end, [&](const auto& one) { return !one.second.met && same(movement, one.second); });
    if (found == end) return false;
    found->second.met = true;
    return true;
}

std::vector<const Movement*> booked(const Statement& statement) {
    std::vector<const Movement*> out;
    for (const Movement& movement : statement.movements) {
        if (movement.status == MovementStatus::booked) out.push_back(&movement);
    }
    return out;
}

// The first day that the statement is about: of its movements, or of what it says of itself.
Day first_day(const Statement& statement, const std::vector<const Movement*>& movements) {
    Day out = statement.first_day.value_or(*statement.closing->day);
    for (const Movement* movement : movements) out = std::min(out, *movement->booking_day);
    return out;
}

Refusal gap(const Statement& statement, const char* field, const std::string& why) {
    return Refusal{Code::statement_gap, field, "Le relevé « " + shown(statement.id) + " » " + why};
}

// What the account held before its first statement.
Result<NewMovements> first_of_account(store::Database& db, ProgrammeId programme,
                                      const Statement& statement) {
    const Money held = journal::turnover(
        db, journal::Role::cash, journal::Event::opening_balance_taken, {.programme = programme});
    if (statement.opening->amount == held) return NewMovements{booked(statement), Money()};
    return gap(statement, "statement.opening",
               "s'ouvre sur " + french(statement.opening->amount) +
                   " ; c'est le premier de ce "
                   "compte, dont l'ouverture a repris " +
                   french(held) + " : il manque un relevé, ou la reprise du solde.");
}

Refusal out_of_order(const Statement& statement, const LastStatement& last) {
    return gap(statement, "statement.closing",
               "s'arrête au " + statement.closing->day->french() + " ; le précédent va jusqu'au " +
                   last.closing_on.french() + " : ils s'importent dans l'ordre.");
}

Refusal does_not_join(const Statement& statement, const LastStatement& last, Money known,
                      const std::optional<Money>& expected) {
    return gap(statement, "statement.opening",
               "s'ouvre sur " + french(statement.opening->amount) +
                   " ; le précédent se termine à " + french(last.closing) + ", et " +
                   french(known) + " de mouvements sont déjà connus : " +
                   (expected ? french(*expected) : "une somme hors bornes") +
                   " au lieu du solde final de " + french(statement.closing->amount) +
                   ". Il manque un relevé, ou l'un des deux a changé.");
}

Result<NewMovements> compared(store::Database& db, ProgrammeId programme,
                              const Statement& statement, const LastStatement& last) {
    const auto all = booked(statement);
    KnownMovements known = known_since(db, programme, first_day(statement, all));
    NewMovements out;
    WideSum known_sum;
    WideSum closing;
    closing.add(last.closing);
    for (const Movement* movement : all) {
        if (*movement->booking_day <= last.closing_on && take(known, *movement)) {
            known_sum.add(movement->amount);
        } else {
            closing.add(movement->amount);
            out.movements.push_back(movement);
        }
    }
    const bool ends_later = *statement.closing->day > last.closing_on;
    if (!all.empty() && out.movements.empty() && !ends_later) {
        return Refusal{Code::statement_already_imported, "statement",
                       "Le relevé « " + shown(statement.id) +
                           " » n'apporte rien : tous ses mouvements sont déjà importés."};
    }
    if (*statement.closing->day < last.closing_on) return out_of_order(statement, last);
    out.known = known_sum.money().value_or(Money());
    if (closing.money() == statement.closing->amount) return out;
    // It begins where the last one ended: what looks known happened twice.
    if (statement.opening->amount == last.closing) return NewMovements{all, Money()};
    return does_not_join(statement, last, out.known, closing.money());
}

}  // namespace

Result<NewMovements> new_movements(store::Database& db, ProgrammeId programme,
                                   const Statement& statement) {
    const auto last = last_statement(db, programme);
    if (!last) return first_of_account(db, programme, statement);
    const auto all = booked(statement);
    const bool follows = statement.opening->amount == last->closing &&
                         *statement.closing->day >= last->closing_on &&
                         first_day(statement, all) >= last->closing_on;
    if (follows) return NewMovements{all, Money()};
    return compared(db, programme, statement, *last);
}

std::string kept_text(const Movement& movement) {
    const bool both = !movement.bank_label.empty() && !movement.remittance.empty();
    return movement.bank_label + (both ? " " : "") + movement.remittance;
}

}  // namespace deodat::bank
