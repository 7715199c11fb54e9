#include "ledger/bank/booking.h"

#include <array>

#include "ledger/bank/open_items.h"
#include "ledger/bank/overlap.h"
#include "ledger/base/canonical.h"
#include "ledger/base/checks.h"
#include "ledger/base/named.h"
#include "ledger/base/text.h"
#include "ledger/funding/claim.h"
#include "ledger/funding/household_share.h"
#include "ledger/journal/events.h"
#include "ledger/payments/transfer.h"
#include "ledger/people/person.h"

namespace deodat::bank {
namespace {

// The identification and a rank make the piece of an entry.
constexpr std::size_t identification_points_max = 70;

constexpr std::array<std::string_view, kind_count> kind_names = {
    "fund", "transfer", "returned_transfer", "claim", "household_call", "household_early"};

std::optional<Kind> kind_of(std::string_view name) {
    return named<Kind>(kind_names, name);
}

Result<ProgrammeId> programme_of_account(store::Database& db, const Statement& statement) {
    if (statement.account) {
        auto rows = db.select("SELECT id FROM programme WHERE iban = ?", statement.account->text());
        if (rows.next()) return ProgrammeId{rows.integer(0)};
    }
    return Refusal{
        Code::statement_account_unknown, "statement.account",
        "Le compte « " + shown(statement.account_text) + " » n'est celui d'aucun programme."};
}

Result<Done> check_bookable(const Statement& statement) {
    const auto id = clean_text("statement.identification", statement.id, identification_points_max);
    if (!id) return id.refusal();
    if (statement.bookable() && statement.closing->day) return Done{};
    std::string why;
    if (statement.closing && !statement.closing->day) why = " le solde final n'a pas de date.";
    for (const Refusal& reason : statement.obstacles) why += " " + reason.message;
    return Refusal{
        Code::statement_not_bookable, "statement",
        "Le relevé « " + shown(statement.id) + " » ne peut pas être comptabilisé :" + why};
}

constexpr std::string_view columns =
    "SELECT m.id, s.programme, s.identification, m.ordinal, m.day, m.cents, m.end_to_end_id,"
    " m.return_reason, m.counterparty, m.remittance, m.matched_kind, m.entry, m.doubt FROM "
    "bank_movement m"
    " JOIN bank_statement s ON s.id = m.statement ";

StoredMovement movement_of(store::Rows& rows) {
    return {{rows.integer(0)},
            {rows.integer(1)},
            rows.text(2),
            rows.integer(3),
            rows.day(4),
            rows.money(5),
            rows.text_unless_erased(6),
            rows.text(7),
            rows.text_unless_erased(8),
            rows.text_unless_erased(9),
            rows.is_null(10) ? std::nullopt : kind_of(rows.text(10)),
            rows.id<EntryId>(11),
            rows.is_null(12) ? "" : rows.text(12)};
}

std::string piece_of(const StoredMovement& movement) {
    return movement.statement + "/" + std::to_string(movement.ordinal);
}

void propose_transfers(store::Database& db, const StoredMovement& movement,
                       std::vector<Proposal>& out) {
    const auto transfer = payments::transfer_by_end_to_end_id(db, movement.end_to_end_id);
    if (!transfer) return;
    const std::string reason =
        "identifiant de bout en bout " + transfer->end_to_end_id + " et montant au centime";
    if (transfer->state == payments::TransferState::sent && movement.amount == -transfer->amount) {
        out.push_back(
            {Kind::transfer, transfer->id, "Virement à " + transfer->creditor_name, reason});
    }
    if (transfer->state == payments::TransferState::paid && movement.amount == transfer->amount) {
        out.push_back({Kind::returned_transfer, transfer->id,
                       "Rejet du virement à " + transfer->creditor_name,
                       reason + ", motif " + movement.return_reason});
    }
}

Result<EntryId> post_fund(store::Transaction& tx, const StoredMovement& movement,
                          PersonId accountant) {
    const auto programme = funding::find_programme(tx.db(), movement.programme);
    return journal::post(
        tx, {movement.day, journal::Event::fund_paid_in,
             "Fonds de préfinancement – " + programme->code, piece_of(movement), programme->ref,
             accountant, journal::events::fund_paid_in(movement.amount)});
}

Result<EntryId> post_match(store::Transaction& tx, const StoredMovement& m, Kind kind,
                           std::int64_t target, PersonId accountant) {
    const std::string piece = piece_of(m);
    switch (kind) {
        case Kind::fund:
            return post_fund(tx, m, accountant);
        case Kind::transfer:
            return payments::transfer_paid(tx, target, m.day, piece, accountant);
        case Kind::returned_transfer:
            return payments::transfer_returned(tx, target, m.return_reason, m.day, piece,
                                               accountant);
        case Kind::claim:
            return funding::receive_claim(tx, {target}, m.amount, m.day, piece, accountant);
        case Kind::household_call:
            return funding::receive_share(tx, target, m.amount, m.day, piece, accountant);
        case Kind::household_early:
            return funding::receive_share_early(tx, {target}, m.amount, m.day, piece, accountant);
    }
    broken_invariant("kind", "a kind of match is one of those named", __FILE__, __LINE__);
}

// The amount of the movement must be the whole of a transfer; a receipt checks what is open by
// itself. A movement of nothing (banks send some, for information) stands for nothing.
Result<Done> check_fits(store::Database& db, const StoredMovement& movement, Kind kind,
                        std::int64_t target) {
    const Money moved = movement.amount.is_negative() ? -movement.amount : movement.amount;
    if (auto amount = require_amount("movement.amount", moved); !amount) return amount.refusal();
    const bool pays_out = kind == Kind::transfer;
    if (movement.amount.is_negative() != pays_out) {
        return Refusal{Code::state_forbids, "movement",
                       "Le sens du mouvement de " + french(movement.amount) +
                           " ne convient pas à ce rapprochement."};
    }
    if (kind != Kind::transfer && kind != Kind::returned_transfer) return Done{};
    const auto expected = payments::transfer_by_end_to_end_id(db, movement.end_to_end_id);
    if (expected && expected->id == target && expected->amount == moved) return Done{};
    return Refusal{Code::over_commitment, "movement.amount",
                   "Le mouvement de " + french(movement.amount) +
                       " n'est pas celui de ce virement : identifiant ou montant différent."};
}

}  // namespace

std::string_view kind_name(Kind kind) {
    return kind_names.at(static_cast<std::size_t>(kind));
}

Result<std::vector<MovementId>> import_statement(store::Transaction& tx, const Statement& statement,
                                                 std::string_view content, PersonId accountant) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, accountant, people::Role::public_accountant); !role) {
        return role.refusal();
    }
    const auto programme = programme_of_account(db, statement);
    if (!programme) return programme.refusal();
    if (auto bookable = check_bookable(statement); !bookable) return bookable.refusal();
    // Of the statement within its file, which may hold several of one account.
    const std::string hash = sha256(CanonicalBytes(content)
                                        .text(statement.account->text())
                                        .text(statement.id)
                                        .text(statement.closing->day->iso())
                                        .bytes());
    auto known = db.select("SELECT imported_on FROM bank_statement WHERE content_hash = ?",
                           store::Value::bytes(hash));
    if (known.next()) {
        return Refusal{Code::statement_already_imported, "statement",
                       "Le relevé « " + shown(statement.id) + " » est déjà importé depuis le " +
                           known.day(0).french() + "."};
    }
    const auto fresh = new_movements(db, *programme, statement);
    if (!fresh) return fresh.refusal();
    const std::int64_t id = db.insert(
        "INSERT INTO bank_statement (programme, identification, opening_cents, closing_cents,"
        " closing_on, content_hash, imported_on, known_cents) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        *programme, statement.id, statement.opening->amount, statement.closing->amount,
        *statement.closing->day, store::Value::bytes(hash), tx.today(), fresh->known);
    std::vector<MovementId> out;
    for (const Movement* m : fresh->movements) {
        const std::optional<std::string> doubt =
            m->doubt ? std::optional(m->doubt->message) : std::nullopt;
        out.push_back({db.insert(
            "INSERT INTO bank_movement (statement, ordinal, day, cents, end_to_end_id,"
            " return_reason, counterparty, remittance, bank_reference, doubt)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            id, m->ordinal, *m->booking_day, m->amount, m->end_to_end_id, m->return_reason,
            m->counterparty_name, kept_text(*m), m->references.servicer, doubt)});
    }
    return out;
}

std::optional<StoredMovement> find_movement(store::Database& db, MovementId id) {
    static const std::string sql = std::string(columns) + "WHERE m.id = ?";
    auto rows = db.select(sql, id);
    if (!rows.next()) return std::nullopt;
    return movement_of(rows);
}

std::vector<StoredMovement> unmatched_movements(store::Database& db, ProgrammeId programme) {
    static const std::string sql =
        std::string(columns) + "WHERE s.programme = ? AND m.entry IS NULL ORDER BY m.id";
    std::vector<StoredMovement> out;
    auto rows = db.select(sql, programme);
    while (rows.next()) out.push_back(movement_of(rows));
    return out;
}

std::vector<Proposal> proposals(store::Database& db, MovementId id) {
    std::vector<Proposal> out;
    const auto movement = find_movement(db, id);
    if (!movement || movement->matched) return out;
    propose_transfers(db, *movement, out);
    if (out.empty() && movement->amount.is_positive()) {
        out = OpenItems::of(db, movement->programme).proposals(*movement);
    }
    for (Proposal& proposal : out) {
        if (!movement->doubt.empty()) proposal.reason += ". À vérifier : " + movement->doubt;
    }
    return out;
}

Result<EntryId> confirm_match(store::Transaction& tx, MovementId id, Kind kind, std::int64_t target,
                              PersonId accountant) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, accountant, people::Role::public_accountant); !role) {
        return role.refusal();
    }
    const auto movement = find_movement(db, id);
    if (!movement) return Refusal{Code::not_found, "movement", "Ce mouvement n'existe pas."};
    if (movement->matched) {
        return Refusal{Code::state_forbids, "movement",
                       "Ce mouvement est déjà rapproché (écriture n° " +
                           std::to_string(movement->entry.value) + ")."};
    }
    if (auto fits = check_fits(db, *movement, kind, target); !fits) return fits.refusal();
    const auto posted = post_match(tx, *movement, kind, target, accountant);
    if (!posted) return posted;
    const bool own_fund = kind != Kind::fund || target == movement->programme.value;
    if (!own_fund || journal::find_entry(db, *posted)->programme != movement->programme) {
        return Refusal{Code::not_found, "movement",
                       "Ce rapprochement n'est pas du programme dont le compte a bougé."};
    }
    db.run("UPDATE bank_movement SET matched_kind = ?, matched_id = ?, entry = ? WHERE id = ?",
           kind_name(kind), target, *posted, id);
    return posted;
}

}  // namespace deodat::bank
