#include "ledger/bank/statement.h"

#include "ledger/base/text.h"

namespace deodat::bank {
namespace {

class Notes {
  public:
    explicit Notes(Statement& statement) : statement_(statement) {}

    void add(Code code, std::string field, const std::string& why) {
        statement_.obstacles.push_back(
            Refusal{code, std::move(field), "Le relevé « " + shown(statement_.id) + " » " + why});
    }

  private:
    Statement& statement_;
};

void note_kind(const Statement& statement, Notes& notes) {
    switch (statement.kind) {
        case StatementKind::end_of_day:
            return;
        case StatementKind::intraday:
            notes.add(Code::statement_not_final, "type",
                      "est un relevé en cours de journée (" + statement.format +
                          ") : attendez le relevé de fin de journée (camt.053).");
            return;
        case StatementKind::notice:
            notes.add(Code::statement_not_final, "type",
                      "est un avis d'opéré (" + statement.format +
                          ") : ses mouvements figurent aussi au relevé (camt.053), qui seul se "
                          "comptabilise.");
            return;
    }
}

void note_currencies(const Statement& statement, Notes& notes) {
    const auto note = [&](const char* field, const std::string& what, const std::string& currency) {
        if (currency == "EUR") return false;
        notes.add(Code::statement_currency, field,
                  "a " + what + " en « " + shown(currency) +
                      " » : seul un compte en euros se comptabilise.");
        return true;
    };
    if (statement.opening) note("solde_initial", "un solde initial", statement.opening->currency);
    if (statement.closing) note("solde_final", "un solde final", statement.closing->currency);
    for (const Movement& movement : statement.movements) {
        const std::string what = "un mouvement n° " + std::to_string(movement.ordinal);
        if (note("mouvement.devise", what, movement.currency)) return;
    }
}

void note_days(const Statement& statement, Notes& notes) {
    for (const Movement& movement : statement.movements) {
        if (movement.status != MovementStatus::booked || movement.booking_day) continue;
        if (statement.obstacles.size() >= remarks_max) return;
        notes.add(
            Code::date_invalid, "mouvement.date",
            "a un mouvement n° " + std::to_string(movement.ordinal) + " (" +
                french(movement.amount) + ") sans date comptable qui existe" +
                (movement.proposed_booking_day
                     ? " ; le " + movement.proposed_booking_day->french() + " est à confirmer."
                     : " ; demandez-la à la banque."));
    }
}

// The opening balance plus the booked movements, when it stays within the bounds of an amount.
std::optional<Money> expected_closing(const Statement& statement, bool flip_reversals) {
    WideSum sum;
    sum.add(statement.opening->amount);
    for (const Movement& movement : statement.movements) {
        if (movement.status != MovementStatus::booked) continue;
        const bool flipped = flip_reversals && movement.reversal;
        sum.add(flipped ? -movement.amount : movement.amount);
    }
    return sum.money();
}

void note_balances(const Statement& statement, Notes& notes) {
    if (!statement.opening) {
        notes.add(Code::statement_balance_missing, "solde_initial",
                  "n'a pas de solde initial (OPBD ou PRCD) : rien ne prouve qu'il est complet.");
    }
    if (!statement.closing) {
        notes.add(Code::statement_balance_missing, "solde_final",
                  "n'a pas de solde final (CLBD) : rien ne prouve qu'il est complet.");
    }
    if (!statement.opening || !statement.closing) return;
    const auto expected = expected_closing(statement, false);
    if (expected == statement.closing->amount) return;
    std::string why = "ne tombe pas juste : solde initial " + french(statement.opening->amount) +
                      " et mouvements donnent " +
                      (expected ? french(*expected) : "une somme hors bornes") +
                      ", le solde final annoncé est " + french(statement.closing->amount) + ".";
    if (expected_closing(statement, true) == statement.closing->amount) {
        why +=
            " Il tomberait juste si les annulations (RvslInd) allaient en sens inverse : cette "
            "banque répète le sens de l'original (--reversals original).";
    }
    notes.add(Code::statement_balance_mismatch, "solde_final", why);
}

}  // namespace

std::string_view statement_kind_name(StatementKind kind) {
    switch (kind) {
        case StatementKind::end_of_day:
            return "end_of_day";
        case StatementKind::intraday:
            return "intraday";
        case StatementKind::notice:
            return "notice";
    }
    return "";
}

std::string_view movement_status_name(MovementStatus status) {
    switch (status) {
        case MovementStatus::booked:
            return "booked";
        case MovementStatus::pending:
            return "pending";
        case MovementStatus::information:
            return "information";
        case MovementStatus::other:
            return "other";
    }
    return "";
}

std::optional<Money> Statement::booked_sum() const {
    WideSum sum;
    for (const Movement& movement : movements) {
        if (movement.status == MovementStatus::booked) sum.add(movement.amount);
    }
    return sum.money();
}

void note_obstacles(Statement& statement) {
    Notes notes(statement);
    note_kind(statement, notes);
    if (!statement.account) {
        notes.add(Code::statement_account_unknown, "compte",
                  "porte sur le compte « " + shown(statement.account_text) +
                      " », qui n'est pas un IBAN valable.");
    }
    if (statement.id.empty()) {
        notes.add(Code::missing, "identifiant", "n'a pas d'identifiant (Id).");
    }
    note_currencies(statement, notes);
    note_days(statement, notes);
    if (statement.kind == StatementKind::end_of_day) note_balances(statement, notes);
}

}  // namespace deodat::bank
