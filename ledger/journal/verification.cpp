#include "ledger/journal/verification.h"

#include <array>
#include <optional>
#include <unordered_map>

#include "ledger/journal/chain.h"

namespace deodat::journal {
namespace {

constexpr std::size_t faults_max = 100;
constexpr std::int64_t progress_every = 10'000;

// Account (as Balances numbers it), programme, dossier, funder, contractor, batch.
using BalanceKey = std::array<std::int64_t, 6>;

struct BalanceKeyHash {
    std::size_t operator()(const BalanceKey& key) const {
        std::size_t hash = 0;
        for (const std::int64_t part : key) {
            constexpr std::uint64_t odd = 0x9e3779b97f4a7c15U;  // spreads small neighbouring ids
            hash = (hash ^ static_cast<std::uint64_t>(part)) * odd;
            hash ^= hash >> 29U;
        }
        return hash;
    }
};

// Balances recomputed from the postings. Accounts are known by role and number, as in the chain.
class Balances {
  public:
    std::int64_t account(std::string_view role, std::string_view number) {
        name_.assign(role).append(1, ' ').append(number);
        return accounts_.try_emplace(name_, static_cast<std::int64_t>(accounts_.size()))
            .first->second;
    }
    void add(const EntryRow& entry) {
        for (const PostingRow& p : entry.postings) {
            amounts_[{account(p.role, p.account), entry.programme.value, p.dossier.value,
                      p.funder.value, p.contractor.value, p.batch.value}] += p.amount;
        }
    }
    // What was recomputed for a key, nothing for one that no posting has; each is taken once, what
    // remains has no kept balance.
    std::optional<Money> take(const BalanceKey& key) {
        const auto found = amounts_.find(key);
        if (found == amounts_.end()) return std::nullopt;
        const Money amount = found->second;
        amounts_.erase(found);
        return amount;
    }
    std::size_t left() const { return amounts_.size(); }

  private:
    std::string name_;  // kept for its room
    std::unordered_map<std::string, std::int64_t> accounts_;
    std::unordered_map<BalanceKey, Money, BalanceKeyHash> amounts_;
};

// Where the chain stands before an entry.
struct Before {
    EntryId expected{1};
    std::string hash = std::string(hash_bytes, '\0');
    Instant recorded_at{0};
};

void verify_entry(Verification& result, const EntryRow& entry, const Before& before) {
    const auto name = [&] { return "L'écriture n° " + std::to_string(entry.number.value); };
    if (entry.number != before.expected) {
        add_fault(
            result, entry.number,
            name() + " suit un trou : la n° " + std::to_string(before.expected.value) + " manque.");
    }
    if (entry.recorded_at < before.recorded_at) {
        add_fault(result, entry.number,
                  name() + " est enregistrée à " + entry.recorded_at.iso() +
                      ", avant celle qui la précède.");
    }
    Money sum;
    for (const PostingRow& posting : entry.postings) sum += posting.amount;
    if (!sum.is_zero())
        add_fault(result, entry.number, name() + " ne s'équilibre pas : " + french(sum) + ".");
    if (!event_of(entry.event))
        add_fault(result, entry.number, name() + " a un événement inconnu.");
    if (sha256(canonical_bytes(entry, before.hash)) != entry.hash) {
        add_fault(result, entry.number,
                  name() + " du " + entry.day.french() + " (« " + entry.label +
                      " ») n'est plus celle qui a été scellée.");
    }
}

void verify_balances(Verification& result, store::Database& db, Balances& recomputed) {
    auto rows = db.select(
        "SELECT a.role, a.number, b.programme, b.dossier, b.funder, b.contractor, b.batch, b.cents"
        " FROM balance b LEFT JOIN account a ON a.id = b.account");
    while (rows.next()) {
        const auto expected =
            recomputed.take({recomputed.account(rows.text(0), rows.text(1)), rows.integer(2),
                             rows.integer(3), rows.integer(4), rows.integer(5), rows.integer(6)});
        if (expected == rows.money(7)) continue;
        add_fault(result, {},
                  "Le solde tenu du compte " + rows.text(1) + " (dossier " +
                      std::to_string(rows.integer(3)) + ") est de " + french(rows.money(7)) +
                      " ; le journal donne " + (expected ? french(*expected) : "rien") + ".");
    }
    if (recomputed.left() > 0) {
        add_fault(result, {},
                  "Il manque " + std::to_string(recomputed.left()) +
                      " solde(s) tenu(s) que le journal donne.");
    }
}

// Numbers and roles are in the chain; the label is the chart's.
void verify_labels(Verification& result, store::Database& db) {
    auto rows = db.select("SELECT role, number, label FROM account");
    while (rows.next()) {
        const auto role = role_of(rows.text(0));
        if (role && Chart::m57().labels(*role, rows.text(2))) continue;
        add_fault(result, {},
                  "Le compte " + rows.text(1) +
                      " porte un libellé ou un rôle que le plan de comptes ne"
                      " lui donne pas.");
    }
}

void verify_strays(Verification& result, store::Database& db) {
    auto rows = db.select(
        "SELECT entry FROM posting WHERE entry NOT IN (SELECT number FROM entry)"
        " OR account NOT IN (SELECT id FROM account) LIMIT 1");
    if (rows.next()) {
        add_fault(result, {rows.integer(0)},
                  "Des lignes existent sans leur compte ou leur écriture n° " +
                      std::to_string(rows.integer(0)) + ".");
    }
    // The chain holds the lines in their order: they are numbered from 1, without holes.
    auto lines = db.select(
        "SELECT entry FROM posting GROUP BY entry HAVING min(line) <> 1 OR max(line) <> count(*)");
    while (lines.next()) {
        add_fault(result, {lines.integer(0)},
                  "Les lignes de l'écriture n° " + std::to_string(lines.integer(0)) +
                      " ne sont plus numérotées de suite.");
    }
}

// What is stored may be what no ledger writes, once somebody has written behind its back.
template <class Part>
bool can_read(Part part) {
    try {
        part();
        return true;
    } catch (const BrokenInvariant&) {
        return false;
    }
}

}  // namespace

void add_fault(Verification& result, EntryId entry, std::string what) {
    if (result.faults.size() < faults_max) result.faults.push_back({entry, std::move(what)});
}

Verification verify(store::Database& db, const std::function<void(std::int64_t)>& progress) {
    Verification result;
    Balances balances;
    Before before;
    const auto entries = [&] {
        for_each_entry(db, {INT64_MAX}, [&](const EntryRow& entry) {
            verify_entry(result, entry, before);
            balances.add(entry);
            before.expected = {entry.number.value + 1};
            before.hash = entry.hash;
            before.recorded_at = entry.recorded_at;
            ++result.entries;
            result.postings += static_cast<std::int64_t>(entry.postings.size());
            if (progress && result.entries % progress_every == 0) progress(result.entries);
        });
    };
    if (!can_read(entries)) {
        add_fault(result, before.expected,
                  "L'écriture n° " + std::to_string(before.expected.value) + " ne se lit plus.");
    }
    result.head_hash = before.hash;
    if (!can_read([&] { verify_balances(result, db, balances); })) {
        add_fault(result, {}, "Un solde tenu ne se lit plus.");
    }
    verify_labels(result, db);
    verify_strays(result, db);
    return result;
}

}  // namespace deodat::journal
