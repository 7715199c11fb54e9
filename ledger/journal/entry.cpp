#include "ledger/journal/entry.h"

#include <algorithm>
#include <array>
#include <map>

#include "ledger/base/composed.h"
#include "ledger/base/named.h"
#include "ledger/base/text.h"
#include "ledger/journal/chain.h"
#include "ledger/journal/limits.h"
#include "ledger/journal/periods.h"

namespace deodat::journal {
namespace {

struct EventRow {
    std::string_view name;
    std::string_view label;
    std::string_view journal;
};

constexpr std::array<EventRow, event_count> events = {{
    {"fund_paid_in", "Fonds de préfinancement versé", "TR"},
    {"grant_notified", "Subvention notifiée", "HB"},
    {"grant_refused", "Subvention refusée ou abandonnée", "HB"},
    {"works_ordered", "Travaux commandés", "HB"},
    {"works_order_amended", "Commande augmentée par avenant", "HB"},
    {"works_order_finished", "Travaux terminés, reste de commande annulé", "HB"},
    {"commitment_ordered", "Engagement ordonnancé", "HB"},
    {"commitment_withdrawn", "Ordonnancement annulé, engagement rendu", "HB"},
    {"commitment_paid", "Engagement payé", "HB"},
    {"commitment_unpaid", "Engagement à payer de nouveau", "HB"},
    {"household_share_called", "Reste à charge appelé", "TI"},
    {"household_receipt", "Reste à charge encaissé", "TR"},
    {"household_early_receipt", "Encaissement avant titre", "TR"},
    {"household_early_receipt_applied", "Encaissement avant titre imputé", "TI"},
    {"order_approved", "Ordre de paiement approuvé", "MA"},
    {"order_refused", "Ordre de paiement refusé", "MA"},
    {"order_released", "Ordre de paiement pris en charge", "MA"},
    {"transfer_paid", "Virement exécuté", "TR"},
    {"transfer_returned", "Virement rejeté par la banque", "TR"},
    {"claim_filed", "Demande de paiement déposée", "HB"},
    {"claim_title_issued", "Titre émis sur le financeur", "TI"},
    {"claim_received", "Subvention encaissée", "TR"},
    {"claim_reduced", "Subvention réduite par le financeur", "TI"},
    {"loss_borne", "Différence supportée par le PETR", "MA"},
    {"retention_released", "Retenue de garantie libérée", "MA"},
    {"dossier_closed", "Dossier soldé", "MA"},
    {"reversal", "Contre-passation", "OD"},
    {"opening_balance_taken", "Reprise des soldes d'ouverture", "AN"},
    {"plan_signed", "Plan de financement signé", "HB"},
    {"dossier_abandoned", "Dossier abandonné", "HB"},
    {"period_closed", "Exercice clos", "OD"},
    {"personal_data_erased", "Données personnelles effacées", "OD"},
}};

// Labels are made of our own words and of texts of at most 120 code points: four bytes each at
// most.
constexpr std::size_t text_bytes_max = 1'000;
constexpr std::size_t reason_points_max = 200;
static_assert(reason_points_max * 4 <= text_bytes_max);
constexpr std::size_t rows_a_statement = 32;
constexpr std::size_t posting_columns = 8;
// How far ahead of the clock an entry may be dated.
constexpr std::int64_t days_ahead_max = 31;

// The accounts that were met already, by role and number. An account never changes.
using KnownAccounts = std::array<std::map<std::string, std::int64_t, std::less<>>, role_count>;

std::int64_t account_id(store::Transaction& tx, Role role, const Account& account) {
    auto& known = tx.memory().of<KnownAccounts>().at(static_cast<std::size_t>(role));
    const auto found = known.find(account.number);
    if (found != known.end()) return found->second;
    auto rows = tx.db().select("SELECT id FROM account WHERE role = ? AND number = ?",
                               role_name(role), account.number);
    const std::int64_t id =
        rows.next() ? rows.integer(0)
                    : tx.db().insert("INSERT INTO account (role, number, label) VALUES (?, ?, ?)",
                                     role_name(role), account.number, account.label);
    known.emplace(account.number, id);
    return id;
}

struct Head {
    EntryId number;
    Instant recorded_at;
    std::string hash;
};

Head head(store::Database& db) {
    auto rows =
        db.select("SELECT number, recorded_at, hash FROM entry ORDER BY number DESC LIMIT 1");
    if (!rows.next()) return {{0}, Instant(0), std::string(hash_bytes, '\0')};
    return {{rows.integer(0)}, Instant(rows.integer(1)), rows.bytes(2)};
}

Result<Done> check_day(store::Database& db, Event event, Day day, Day today) {
    if (day <= today.plus_days(days_ahead_max)) return check_period(db, event, day, today);
    return Refusal{Code::entry_date, "day",
                   "L'écriture du " + day.french() + " est trop en avance sur aujourd'hui (" +
                       today.french() + ", " + std::to_string(days_ahead_max) + " jours au plus)."};
}

Result<Done> check(const EntryDraft& draft) {
    Money sum;
    for (const Leg& leg : draft.legs) {
        DEODAT_ASSERT(!leg.amount.is_zero(), "a leg has an amount");
        sum += leg.amount;
    }
    if (draft.legs.empty())
        DEODAT_ASSERT(!draft.digest.empty(), "an entry moves or proves something");
    DEODAT_ASSERT(draft.digest.empty() || draft.digest.size() == hash_bytes,
                  "a digest has 32 bytes");
    DEODAT_ASSERT(draft.label.size() <= text_bytes_max && draft.piece.size() <= text_bytes_max,
                  "labels and pieces are short");
    for (const std::string& text : {draft.label, draft.piece}) {
        if (is_utf8(text) && is_composed(text)) continue;
        return Refusal{Code::text_invalid, "entry",
                       "Le texte « " + shown(text) +
                           " » ne convient pas : il n'est pas en UTF-8 composé (NFC)."};
    }
    if (sum.is_zero()) return Done{};
    return Refusal{
        Code::entry_unbalanced, "legs",
        "L'écriture « " + draft.label + " » ne s'équilibre pas : il reste " + french(sum) + "."};
}

void check_auxiliaries(const Leg& leg, const RequiredAuxiliaries& required) {
    DEODAT_ASSERT(!required.dossier || leg.dossier, "the account's postings name a dossier");
    DEODAT_ASSERT(!required.funder || leg.funder.id, "the account's postings name a funder");
    DEODAT_ASSERT(!required.contractor || leg.contractor,
                  "the account's postings name a contractor");
}

// The text of an INSERT of one row, two rows, and so on.
using InsertOfRows = std::array<std::string, rows_a_statement + 1>;

InsertOfRows insert_of_rows(std::string_view insert, std::string_view row, std::string_view end) {
    InsertOfRows out;
    std::string sql = std::string(insert) + " VALUES " + std::string(row);
    for (std::size_t rows = 1; rows <= rows_a_statement; ++rows) {
        out.at(rows) = sql + std::string(end);
        sql.append(", ").append(row);
    }
    return out;
}

// One statement for an entry's postings, and one for its balances: SQLite notes what a statement
// may have to undo, page by page, once for each statement.
template <class AddRow>
void insert_rows(store::Database& db, const InsertOfRows& statements, std::size_t rows,
                 const AddRow& add_row) {
    std::vector<store::Value> values;
    values.reserve(std::min(rows, rows_a_statement) * posting_columns);
    std::size_t gathered = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        add_row(values, i);
        if (++gathered < rows_a_statement && i + 1 < rows) continue;
        db.run_with(statements.at(gathered), values);
        values.clear();
        gathered = 0;
    }
}

void store_postings(store::Database& db, const EntryRow& entry,
                    const std::vector<std::int64_t>& accounts) {
    static const InsertOfRows statements =
        insert_of_rows("INSERT INTO posting", "(?, ?, ?, ?, ?, ?, ?, ?)", "");
    insert_rows(db, statements, accounts.size(),
                [&](std::vector<store::Value>& values, std::size_t i) {
                    const PostingRow& posting = entry.postings[i];
                    values.emplace_back(entry.number);
                    values.emplace_back(static_cast<std::int64_t>(i) + 1);
                    values.emplace_back(accounts[i]);
                    values.emplace_back(posting.dossier);
                    values.emplace_back(posting.funder);
                    values.emplace_back(posting.contractor);
                    values.emplace_back(posting.batch);
                    values.emplace_back(posting.amount);
                });
}

void keep_balances(store::Database& db, const EntryRow& entry,
                   const std::vector<std::int64_t>& accounts) {
    static const InsertOfRows statements =
        insert_of_rows("INSERT INTO balance", "(?, ?, ?, ?, ?, ?, ?)",
                       " ON CONFLICT DO UPDATE SET cents = cents + excluded.cents");
    insert_rows(db, statements, accounts.size(),
                [&](std::vector<store::Value>& values, std::size_t i) {
                    const PostingRow& posting = entry.postings[i];
                    values.emplace_back(accounts[i]);
                    values.emplace_back(entry.programme);
                    values.emplace_back(posting.dossier);
                    values.emplace_back(posting.funder);
                    values.emplace_back(posting.contractor);
                    values.emplace_back(posting.batch);
                    values.emplace_back(posting.amount);
                });
}

EntryRow without_postings(const store::Rows& rows) {
    return {{rows.integer(0)},
            rows.day(1),
            Instant(rows.integer(2)),
            rows.text(3),
            rows.text(4),
            rows.text(5),
            rows.text(6),
            {rows.integer(7)},
            {rows.integer(8)},
            {rows.integer(9)},
            rows.bytes(10),
            rows.bytes(11),
            {}};
}

constexpr std::string_view posting_columns_where =
    "SELECT a.role, a.number, a.label, p.dossier, p.funder, p.contractor, p.batch, p.cents, p.entry"
    " FROM posting p CROSS JOIN account a ON a.id = p.account WHERE ";

PostingRow posting_of(const store::Rows& rows) {
    return {rows.text(0),      rows.text(1),      rows.text(2),      {rows.integer(3)},
            {rows.integer(4)}, {rows.integer(5)}, {rows.integer(6)}, Money::cents(rows.integer(7))};
}

EntryRow row_of(store::Database& db, const store::Rows& rows) {
    static const std::string sql =
        std::string(posting_columns_where) + "p.entry = ? ORDER BY p.line";
    EntryRow entry = without_postings(rows);
    auto lines = db.select(sql, entry.number);
    while (lines.next()) entry.postings.push_back(posting_of(lines));
    return entry;
}

constexpr std::string_view entry_columns_where =
    "SELECT number, day, recorded_at, journal, event, label, piece, programme, person, reverses,"
    " digest, hash FROM entry WHERE ";

std::string entry_query(std::string_view condition) {
    return std::string(entry_columns_where) + std::string(condition);
}

// Writes the row with its hash. Postings come first: the entry's trigger sums them.
EntryId record(store::Transaction& tx, EntryRow entry, const std::vector<std::int64_t>& accounts) {
    store::Database& db = tx.db();
    const Head previous = head(db);
    DEODAT_ASSERT(entry.recorded_at >= previous.recorded_at,
                  "the time of recording never goes back");
    entry.number = {previous.number.value + 1};
    entry.hash = sha256(canonical_bytes(entry, previous.hash));
    store_postings(db, entry, accounts);
    keep_balances(db, entry, accounts);
    db.run("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", entry.number, entry.day,
           entry.recorded_at, entry.journal, entry.event, entry.label, entry.piece, entry.programme,
           entry.person, entry.reverses, store::Value::bytes(entry.digest),
           store::Value::bytes(entry.hash));
    return entry.number;
}

}  // namespace

std::string_view event_name(Event event) {
    return events.at(static_cast<std::size_t>(event)).name;
}

std::string_view event_label(Event event) {
    return events.at(static_cast<std::size_t>(event)).label;
}

std::string_view event_journal(Event event) {
    return events.at(static_cast<std::size_t>(event)).journal;
}

std::optional<Event> event_of(std::string_view name) {
    return named<Event>(events, name, &EventRow::name);
}

Result<EntryId> post(store::Transaction& tx, const EntryDraft& draft) {
    if (const auto checked = check(draft); !checked) return checked.refusal();
    DEODAT_ASSERT(draft.person && (draft.programme.id || draft.legs.empty()),
                  "an entry has an author and, when it moves money, a programme");
    const Day today = tx.today();
    if (auto limit = exceeded_limit(tx.db(), draft.programme.id, draft.event, draft.legs, today)) {
        return *limit;
    }
    if (const auto dated = check_day(tx.db(), draft.event, draft.day, today); !dated) {
        return dated.refusal();
    }
    EntryRow entry{{},
                   draft.day,
                   tx.now(),
                   std::string(event_journal(draft.event)),
                   std::string(event_name(draft.event)),
                   draft.label,
                   draft.piece,
                   draft.programme.id,
                   draft.person,
                   {},
                   draft.digest,
                   {},
                   {}};
    std::vector<std::int64_t> accounts;
    accounts.reserve(draft.legs.size());
    entry.postings.reserve(draft.legs.size());
    for (const Leg& leg : draft.legs) {
        const auto family =
            leg.funder.id ? std::optional(leg.funder.family) : std::optional<FunderFamily>();
        auto account = Chart::m57().account(leg.role, draft.day, draft.programme.operation, family);
        if (!account) return account.refusal();
        check_auxiliaries(leg, account->required);
        accounts.push_back(account_id(tx, leg.role, *account));
        entry.postings.push_back({std::string(role_name(leg.role)), std::move(account->number),
                                  std::move(account->label), leg.dossier, leg.funder.id,
                                  leg.contractor, leg.batch, leg.amount});
    }
    return record(tx, std::move(entry), accounts);
}

Result<EntryId> reverse(store::Transaction& tx, EntryId number, Day day, std::string_view why,
                        PersonId person) {
    auto original = find_entry(tx.db(), number);
    if (!original) {
        return Refusal{Code::not_found, "entry",
                       "L'écriture n° " + std::to_string(number.value) + " n'existe pas."};
    }
    if (original->postings.empty()) {
        return Refusal{Code::state_forbids, "entry",
                       "L'écriture n° " + std::to_string(number.value) +
                           " ne déplace aucun montant : il n'y a rien à contre-passer."};
    }
    auto rows = tx.db().select("SELECT number FROM entry WHERE reverses = ?", number);
    if (rows.next()) {
        return Refusal{Code::already_reversed, "entry",
                       "L'écriture n° " + std::to_string(number.value) +
                           " est déjà contre-passée par l'écriture n° " +
                           std::to_string(rows.integer(0)) + "."};
    }
    const auto reason = clean_text("entry.reason", why, reason_points_max);
    if (!reason) return reason.refusal();
    if (day < original->day) {
        return Refusal{Code::entry_date, "day",
                       "Une contre-passation ne peut pas précéder l'écriture du " +
                           original->day.french() + "."};
    }
    const auto event = event_of(original->event);
    DEODAT_ASSERT(event.has_value(), "a posted event is an event");
    if (const auto dated = check_day(tx.db(), *event, day, tx.today()); !dated) {
        return dated.refusal();
    }
    EntryRow entry = *original;
    entry.day = day;
    entry.recorded_at = tx.now();
    entry.journal = event_journal(Event::reversal);
    entry.event = event_name(Event::reversal);
    entry.label = "Contre-passation de l'écriture n° " + std::to_string(number.value);
    entry.person = person;
    entry.reverses = number;
    entry.digest.clear();
    std::vector<std::int64_t> accounts;
    for (PostingRow& posting : entry.postings) {
        posting.amount = -posting.amount;
        auto account = tx.db().select("SELECT id FROM account WHERE role = ? AND number = ?",
                                      posting.role, posting.account);
        DEODAT_ASSERT(account.next(), "a posted account exists");
        accounts.push_back(account.integer(0));
    }
    const EntryId posted = record(tx, std::move(entry), accounts);
    tx.db().run("INSERT INTO reversal VALUES (?, ?)", posted, *reason);
    return posted;
}

std::optional<EntryRow> find_entry(store::Database& db, EntryId number) {
    static const std::string sql = entry_query("number = ?");
    auto rows = db.select(sql, number);
    if (!rows.next()) return std::nullopt;
    return row_of(db, rows);
}

detail::EntryReader::EntryReader(store::Database& db, EntryId up_to)
    : entries_(db.select(entry_query("number <= ? ORDER BY number"), up_to)),
      postings_(db.select(
          std::string(posting_columns_where) + "p.entry <= ? ORDER BY p.entry, p.line", up_to)),
      at_posting_(postings_.next()) {}

std::optional<EntryRow> detail::EntryReader::next() {
    if (!entries_.next()) return std::nullopt;
    EntryRow entry = without_postings(entries_);
    for (; at_posting_ && postings_.integer(8) <= entry.number.value;
         at_posting_ = postings_.next()) {
        if (postings_.integer(8) == entry.number.value) {
            entry.postings.push_back(posting_of(postings_));
        }
    }
    return entry;
}

std::optional<Day> last_day_of(store::Database& db, DossierId dossier) {
    auto rows = db.select(
        "SELECT max(e.day) FROM posting p JOIN entry e ON e.number = p.entry WHERE p.dossier = ?",
        dossier);
    rows.next();
    return rows.maybe_day(0);
}

std::vector<EntryRow> entries_of_dossier(store::Database& db, DossierId dossier) {
    static const std::string sql =
        entry_query("number IN (SELECT entry FROM posting WHERE dossier = ?) ORDER BY number");
    std::vector<EntryRow> out;
    auto rows = db.select(sql, dossier);
    while (rows.next()) out.push_back(row_of(db, rows));
    return out;
}

EntryId last_entry(store::Database& db) {
    return head(db).number;
}

}  // namespace deodat::journal
