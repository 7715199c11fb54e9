#include "ledger/payments/opening_balance.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "ledger/base/canonical.h"
#include "ledger/base/csv.h"
#include "ledger/base/text.h"
#include "ledger/dossiers/dossier.h"
#include "ledger/people/person.h"

namespace deodat::payments {
namespace {

constexpr std::string_view header = "compte;dossier;financeur;entreprise;montant";
constexpr std::size_t cell_count = 5;
constexpr std::size_t lines_max = 100'000;
constexpr std::size_t listed_max = 20;   // bad lines in the sentence
constexpr std::size_t told_max = 1'000;  // and in its facts

Result<Money> amount_of(std::string text) {
    const bool negative = text.starts_with('-');
    if (negative) text.erase(0, 1);
    if (const std::size_t comma = text.find(','); comma != std::string::npos) text[comma] = '.';
    const auto amount = money_from_decimal("montant", text);
    if (!amount) return amount.refusal();
    if (amount->is_zero()) {
        return Refusal{Code::malformed, "", "le montant est nul : retirer la ligne"};
    }
    return negative ? -*amount : *amount;
}

// Reads lines into legs against one ledger, programme and day.
class Reader {
  public:
    Reader(store::Database& db, const OpeningBalance& opening) : db_(db), opening_(opening) {}

    Result<journal::Leg> leg(const CsvRow& row) {
        const auto& cells = row.cells;
        if (cells.size() != cell_count) {
            return Refusal{Code::malformed, "",
                           std::to_string(cells.size()) + " cellules au lieu de " +
                               std::to_string(cell_count) + " (" + std::string(header) + ")"};
        }
        journal::Leg leg{};
        if (const auto named = name_auxiliaries(cells, leg); !named) return named.refusal();
        if (const auto found = find_account(cells[0], leg); !found) return found.refusal();
        const auto amount = amount_of(cells[4]);
        if (!amount) return amount.refusal();
        leg.amount = *amount;
        if (leg.role == journal::Role::household_early_receipt && leg.amount.is_positive()) {
            return Refusal{Code::out_of_range, "",
                           "le compte " + cells[0] + " est créditeur : montant négatif attendu"};
        }
        const auto [known, fresh] = given_.try_emplace(
            {leg.role, leg.dossier.value, leg.funder.id.value, leg.contractor.value}, row.line);
        if (!fresh) {
            return Refusal{
                Code::duplicate, "",
                "même compte et mêmes auxiliaires qu'à la ligne " + std::to_string(known->second)};
        }
        return leg;
    }

  private:
    Result<Done> name_auxiliaries(const std::vector<std::string>& cells, journal::Leg& leg) {
        if (!cells[1].empty()) {
            auto rows = db_.select("SELECT id FROM dossier WHERE reference = ?", cells[1]);
            if (!rows.next()) return unknown("dossier", cells[1]);
            const auto dossier = dossiers::find_dossier(db_, {rows.integer(0)});
            if (dossier->programme.id != opening_.programme.ref.id) {
                return Refusal{Code::state_forbids, "",
                               "le dossier " + cells[1] + " est d'un autre programme que " +
                                   opening_.programme.code};
            }
            if (dossier->state != dossiers::State::open) {
                return Refusal{Code::state_forbids, "", "le dossier " + cells[1] + " est fini"};
            }
            leg.dossier = dossier->id;
        }
        if (!cells[2].empty()) {
            const auto funder = funding::funder_by_code(db_, cells[2]);
            if (!funder) return unknown("financeur", cells[2]);
            leg.funder = funder->ref;
        }
        if (!cells[3].empty()) {
            auto rows = db_.select("SELECT id FROM contractor WHERE siret = ?", cells[3]);
            if (!rows.next()) return unknown("SIRET d'entreprise", cells[3]);
            leg.contractor = {rows.integer(0)};
        }
        return Done{};
    }

    // The role whose account has that number at the day, for the line's funder; and whether the
    // line names what the account requires.
    Result<Done> find_account(const std::string& number, journal::Leg& leg) {
        const auto family = leg.funder.id ? std::optional(leg.funder.family)
                                          : std::optional<journal::FunderFamily>();
        for (std::size_t i = 0; i < journal::role_count; ++i) {
            const auto role = static_cast<journal::Role>(i);
            // Its number depends on the funder's family.
            if (role == journal::Role::funder_receivable && !family) continue;
            const auto account = journal::Chart::m57().account(
                role, opening_.day, opening_.programme.ref.operation, family);
            if (!account || account->number != number) continue;
            leg.role = role;
            return has_required(account->required, leg);
        }
        return Refusal{
            Code::not_found, "",
            "compte « " + shown(number) + " » inconnu du plan de comptes au " +
                opening_.day.french() +
                " pour ce programme et ce financeur (un compte 443 nomme son financeur)"};
    }

    static Result<Done> has_required(const journal::RequiredAuxiliaries& required,
                                     const journal::Leg& leg) {
        const auto missing = [](std::string_view what) {
            return Refusal{Code::missing, "", "ce compte demande " + std::string(what)};
        };
        if (required.dossier && !leg.dossier) return missing("un dossier");
        if (required.funder && !leg.funder.id) return missing("un financeur");
        if (required.contractor && !leg.contractor) return missing("une entreprise");
        return Done{};
    }

    static Refusal unknown(std::string_view what, std::string_view value) {
        return {Code::not_found, "", std::string(what) + " « " + shown(value) + " » inconnu"};
    }

    store::Database& db_;
    const OpeningBalance& opening_;
    std::map<std::tuple<journal::Role, std::int64_t, std::int64_t, std::int64_t>, std::int64_t>
        given_;  // to its line
};

struct BadLines {
    std::size_t count = 0;
    std::vector<std::pair<std::int64_t, Refusal>> first;  // told_max at most

    void add(std::int64_t line, const Refusal& why) {
        ++count;
        if (first.size() < told_max) first.emplace_back(line, why);
    }
};

Refusal refusal_of(const BadLines& bad) {
    Refusal out{bad.first.front().second.code, "opening",
                std::to_string(bad.count) +
                    (bad.count == 1 ? " ligne refusée" : " lignes refusées") +
                    ", rien n'est inscrit :"};
    for (const auto& [line, why] : bad.first) {
        out.facts.emplace_back("line " + std::to_string(line), why.message);
        if (out.facts.size() > listed_max) continue;
        out.message += "\n  ligne " + std::to_string(line) + " : " + why.message;
    }
    if (bad.count > listed_max) out.message += "\n  …";
    return out;
}

Refusal bad_file(Code code, std::string_view why) {
    return {code, "opening", "Reprise des soldes : " + std::string(why)};
}

// The file's legs. Refuses a file of another form, and names every bad line.
Result<std::vector<journal::Leg>> legs_of(store::Database& db, const OpeningBalance& opening) {
    if (!is_utf8(opening.file)) {
        return bad_file(Code::text_invalid, "le fichier n'est pas en UTF-8.");
    }
    CsvReader file(opening.file, ';');
    CsvRow row;
    const auto first = file.next(row);
    std::string names;
    for (const std::string& cell : row.cells) names += (names.empty() ? "" : ";") + cell;
    if (!first || names != header) {
        return bad_file(Code::malformed,
                        "la première ligne doit être « " + std::string(header) + " ».");
    }
    Reader reader(db, opening);
    std::vector<journal::Leg> legs;
    BadLines bad;
    for (std::size_t lines = 0;; ++lines) {
        const auto more = file.next(row);
        if (more && !*more) break;
        if (lines == lines_max) {
            return bad_file(Code::out_of_range,
                            "plus de " + std::to_string(lines_max) + " lignes dans le fichier.");
        }
        auto leg = more ? reader.leg(row) : Result<journal::Leg>(more.refusal());
        if (leg) {
            legs.push_back(*leg);
        } else {
            bad.add(row.line, leg.refusal());
        }
    }
    if (bad.count > 0) return refusal_of(bad);
    if (legs.empty()) return bad_file(Code::missing, "le fichier ne contient aucun solde.");
    return legs;
}

Result<Done> check_first(store::Database& db, std::string_view digest) {
    // Signed plans and ended dossiers have entries that move nothing.
    auto moving = db.select("SELECT min(entry), count(DISTINCT entry) FROM posting");
    moving.next();
    const std::int64_t count = moving.integer(1);
    if (count == 0) return Done{};
    const auto first = journal::find_entry(db, moving.id<EntryId>(0));
    if (first->event == journal::event_name(journal::Event::opening_balance_taken) &&
        first->digest == digest) {
        return Refusal{Code::duplicate, "opening",
                       "Ce fichier a déjà été repris : c'est l'écriture n° " +
                           std::to_string(first->number.value) + " du " + first->day.french() +
                           "."};
    }
    return Refusal{
        Code::state_forbids, "opening",
        "Le journal contient déjà " + std::to_string(count) +
            " écritures de montants : les soldes d'ouverture ne se reprennent qu'avant la "
            "première."};
}

// Each half on its own, so that the balance sheet balances without the memos.
Result<Done> check_sums(const std::vector<journal::Leg>& legs) {
    Money balance_sheet;
    Money off_balance;
    for (const journal::Leg& leg : legs) {
        (journal::is_off_balance(leg.role) ? off_balance : balance_sheet) += leg.amount;
    }
    const auto refuse = [](std::string_view what, Money rest) {
        return Refusal{Code::entry_unbalanced, "opening",
                       "Les soldes d'ouverture " + std::string(what) +
                           " ne s'équilibrent pas : il reste " + french(rest) + "."};
    };
    if (!balance_sheet.is_zero()) return refuse("du bilan", balance_sheet);
    if (!off_balance.is_zero()) return refuse("hors bilan", off_balance);
    return Done{};
}

}  // namespace

Result<EntryId> take_opening_balance(store::Transaction& tx, const OpeningBalance& opening) {
    store::Database& db = tx.db();
    if (const auto role =
            people::require_role(db, opening.accountant, people::Role::public_accountant);
        !role) {
        return role.refusal();
    }
    const std::string digest = sha256(opening.file);
    if (const auto first = check_first(db, digest); !first) return first.refusal();
    auto legs = legs_of(db, opening);
    if (!legs) return legs.refusal();
    if (const auto sums = check_sums(*legs); !sums) return sums.refusal();
    return journal::post(tx, {opening.day, journal::Event::opening_balance_taken,
                              "Reprise des soldes d'ouverture – " + opening.programme.code,
                              "OUVERTURE-" + opening.programme.code, opening.programme.ref,
                              opening.accountant, std::move(*legs), digest});
}

}  // namespace deodat::payments
