#include "ledger/journal/periods.h"

#include <algorithm>

#include "ledger/base/canonical.h"

namespace deodat::journal {
namespace {

enum class Section : std::uint8_t { none, operating, investment };

Section section_of(Event event) {
    switch (event) {
        case Event::household_share_called:
        case Event::order_approved:
        case Event::order_released:
        case Event::claim_title_issued:
        case Event::claim_reduced:
        case Event::dossier_closed:
            return Section::investment;
        case Event::loss_borne:
            return Section::operating;
        case Event::fund_paid_in:
        case Event::grant_notified:
        case Event::grant_refused:
        case Event::works_ordered:
        case Event::works_order_finished:
        case Event::household_receipt:
        case Event::household_early_receipt:
        case Event::household_early_receipt_applied:
        case Event::transfer_paid:
        case Event::transfer_returned:
        case Event::claim_filed:
        case Event::claim_received:
        case Event::retention_released:
        case Event::reversal:
        case Event::opening_balance_taken:
        case Event::plan_signed:
        case Event::dossier_abandoned:
        case Event::period_closed:
        case Event::personal_data_erased:
            return Section::none;
    }
    broken_invariant("event", "an event has a section", __FILE__, __LINE__);
}

Day last_day_of_year(int year) {
    return Day::of(year, 12, 31);
}

Refusal closed(Day day, const std::string& why) {
    return {Code::period_closed, "day", "L'écriture du " + day.french() + " est refusée : " + why};
}

std::string piece_of(int year) {
    return "Exercice " + std::to_string(year);
}

CarriedBalance carried_of(store::Rows& rows) {
    return {rows.integer(0),       rows.text(1),         rows.id<ProgrammeId>(2),
            rows.id<DossierId>(3), rows.id<FunderId>(4), rows.id<ContractorId>(5),
            rows.id<BatchId>(6),   rows.money(7)};
}

// The digest that a programme's closing entry seals.
std::string carried_digest(int year, ProgrammeId programme,
                           const std::vector<CarriedBalance>& balances) {
    CanonicalBytes out("DEODAT-CARRIED-1");
    out.int64(year).int64(programme.value);
    for (const CarriedBalance& balance : balances) {
        if (balance.programme != programme) continue;
        out.text(balance.number)
            .int64(balance.account)
            .int64(balance.dossier.value)
            .int64(balance.funder.value)
            .int64(balance.contractor.value)
            .int64(balance.batch.value)
            .int64(balance.amount.cents());
    }
    return sha256(out.bytes());
}

Money result_of(store::Database& db, int year, EntryId last) {
    auto rows = db.select(
        "SELECT coalesce(sum(p.cents), 0) FROM posting p JOIN account a ON a.id = p.account"
        " JOIN entry e ON e.number = p.entry WHERE substr(a.number, 1, 1) IN ('6', '7')"
        " AND e.day BETWEEN ? AND ? AND e.number <= ?",
        Day::of(year, 1, 1), last_day_of_year(year), last);
    rows.next();
    return rows.money(0);
}

// The exercice whose turn it is: after the last closed one, or that of the oldest entry.
std::optional<int> next_to_close(store::Database& db) {
    if (const auto last = last_closed_year(db)) return *last + 1;
    auto rows = db.select("SELECT min(day) FROM entry");
    rows.next();
    const auto first = rows.maybe_day(0);
    return first ? std::optional(first->year()) : std::nullopt;
}

void verify_period(Verification& result, store::Database& db, int year, EntryId last,
                   Money result_kept) {
    const std::string name = "Exercice " + std::to_string(year);
    const auto expected = balances_to_carry(db, year, last);
    const auto kept = carried_balances(db, year);
    if (!std::equal(expected.begin(), expected.end(), kept.begin(), kept.end(),
                    [](const CarriedBalance& a, const CarriedBalance& b) {
                        return a.account == b.account && a.programme == b.programme &&
                               a.dossier == b.dossier && a.funder == b.funder &&
                               a.contractor == b.contractor && a.batch == b.batch &&
                               a.amount == b.amount;
                    })) {
        add_fault(result, last, name + " : les soldes reportés ne sont plus ceux du journal.");
    }
    if (result_of(db, year, last) != result_kept) {
        add_fault(result, last, name + " : le résultat n'est plus celui du journal.");
    }
    auto late = db.select("SELECT number FROM entry WHERE day <= ? AND number > ? LIMIT 1",
                          last_day_of_year(year), last);
    if (late.next()) {
        add_fault(result, {late.integer(0)},
                  name + " : l'écriture n° " + std::to_string(late.integer(0)) +
                      " y est entrée après sa clôture.");
    }
    auto sealed = db.select(
        "SELECT programme, digest FROM entry WHERE event = ? AND piece = ? AND number <= ?",
        event_name(Event::period_closed), piece_of(year), last);
    std::int64_t closings = 0;
    while (sealed.next()) {
        ++closings;
        if (sealed.bytes(1) == carried_digest(year, sealed.id<ProgrammeId>(0), kept)) continue;
        add_fault(result, last,
                  name + " : les soldes reportés ne sont plus ceux qui sont scellés.");
    }
    if (closings == 0) add_fault(result, last, name + " : aucune écriture ne dit sa clôture.");
}

}  // namespace

std::optional<int> last_closed_year(store::Database& db) {
    auto rows = db.select("SELECT max(year) FROM period");
    rows.next();
    return rows.is_null(0) ? std::nullopt : std::optional(static_cast<int>(rows.integer(0)));
}

Result<Done> check_period(store::Database& db, Event event, Day day, Day today) {
    if (const auto last = last_closed_year(db); last && day.year() <= *last) {
        return closed(day, "l'exercice " + std::to_string(day.year()) +
                               " est clos. La dater de l'exercice ouvert, à partir du 01/01/" +
                               std::to_string(*last + 1) + ".");
    }
    if (day.year() >= today.year()) return Done{};
    const Section section = section_of(event);
    if (section == Section::investment) {
        return closed(day, "les opérations sous mandat (section d'investissement) de " +
                               std::to_string(day.year()) + " s'arrêtent au 31/12. La dater de " +
                               std::to_string(today.year()) + ".");
    }
    if (section == Section::operating) {
        const bool complementary = day.year() + 1 == today.year() && today.month() == 1;
        if (!complementary || day != last_day_of_year(day.year())) {
            return closed(day,
                          "la journée complémentaire n'admet en fonctionnement que des écritures"
                          " datées du 31/12 et passées en janvier.");
        }
    }
    return Done{};
}

Result<Done> check_turn(store::Database& db, int year, Day today) {
    const std::string name = "L'exercice " + std::to_string(year);
    if (const auto last = last_closed_year(db); last && year <= *last) {
        return Refusal{Code::period_closed, "year",
                       name + " est clos, comme tout ce qui précède le 01/01/" +
                           std::to_string(*last + 1) + "."};
    }
    if (year >= today.year()) {
        return Refusal{Code::state_forbids, "year",
                       name + " n'est pas terminé : il se clôt à partir du 01/01/" +
                           std::to_string(year + 1) + "."};
    }
    const auto next = next_to_close(db);
    if (next && *next == year) return Done{};
    return Refusal{Code::state_forbids, "year",
                   name + " ne peut pas être clos : " +
                       (next ? "l'exercice à clore est " + std::to_string(*next) + "."
                             : std::string("il n'y a aucune écriture."))};
}

std::vector<CarriedBalance> balances_to_carry(store::Database& db, int year, EntryId last) {
    std::vector<CarriedBalance> out;
    auto rows = db.select(
        "SELECT a.id, a.number, e.programme, p.dossier, p.funder, p.contractor, p.batch,"
        " sum(p.cents) FROM posting p JOIN account a ON a.id = p.account"
        " JOIN entry e ON e.number = p.entry WHERE substr(a.number, 1, 1) NOT IN ('6', '7')"
        " AND e.day <= ? AND e.number <= ?"
        " GROUP BY a.id, e.programme, p.dossier, p.funder, p.contractor, p.batch"
        " HAVING sum(p.cents) <> 0"
        " ORDER BY a.number, a.id, e.programme, p.dossier, p.funder, p.contractor, p.batch",
        last_day_of_year(year), last);
    while (rows.next()) out.push_back(carried_of(rows));
    return out;
}

std::vector<CarriedBalance> carried_balances(store::Database& db, int year) {
    std::vector<CarriedBalance> out;
    auto rows = db.select(
        "SELECT a.id, a.number, c.programme, c.dossier, c.funder, c.contractor, c.batch, c.cents"
        " FROM carried_balance c JOIN account a ON a.id = c.account WHERE c.year = ?"
        " ORDER BY a.number, a.id, c.programme, c.dossier, c.funder, c.contractor, c.batch",
        static_cast<std::int64_t>(year));
    while (rows.next()) out.push_back(carried_of(rows));
    return out;
}

Result<EntryId> close_exercice(store::Transaction& tx, int year,
                               const std::vector<ProgrammeRef>& programmes, PersonId person) {
    store::Database& db = tx.db();
    if (auto turn = check_turn(db, year, tx.today()); !turn) return turn.refusal();
    const auto carried = balances_to_carry(db, year, last_entry(db));
    EntryId last;
    for (const ProgrammeRef& programme : programmes) {
        const auto sealed =
            post(tx, {last_day_of_year(year),
                      Event::period_closed,
                      std::string(event_label(Event::period_closed)) + " – " + std::to_string(year),
                      piece_of(year),
                      programme,
                      person,
                      {},
                      carried_digest(year, programme.id, carried)});
        if (!sealed) return sealed;
        last = *sealed;
    }
    DEODAT_ASSERT(last, "entries belong to a programme");
    db.run("INSERT INTO period VALUES (?, ?, ?, ?)", static_cast<std::int64_t>(year), last, person,
           result_of(db, year, last));
    for (const CarriedBalance& balance : carried) {
        db.run("INSERT INTO carried_balance VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
               static_cast<std::int64_t>(year), balance.account, balance.programme, balance.dossier,
               balance.funder, balance.contractor, balance.batch, balance.amount);
    }
    return last;
}

void verify_periods(Verification& result, store::Database& db) {
    std::int64_t closings = 0;
    auto rows = db.select("SELECT year, last_entry, result_cents FROM period ORDER BY year");
    while (rows.next()) {
        ++closings;
        verify_period(result, db, static_cast<int>(rows.integer(0)), {rows.integer(1)},
                      rows.money(2));
    }
    auto said = db.select("SELECT count(DISTINCT piece) FROM entry WHERE event = ?",
                          event_name(Event::period_closed));
    said.next();
    if (said.integer(0) != closings) {
        add_fault(result, {}, "Les exercices clos ne sont plus ceux que dit le journal.");
    }
}

}  // namespace deodat::journal
