#include "ledger/payments/opening_balance.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "ledger/base/canonical.h"
#include "ledger/base/text.h"
#include "ledger/dossiers/dossier.h"
#include "ledger/people/person.h"

namespace deodat::payments {
namespace {

constexpr std::string_view header = "compte;dossier;financeur;entreprise;montant";
constexpr std::size_t cell_count = 5;
constexpr std::size_t lines_max = 100'000;
constexpr std::size_t listed_max = 20;

struct FileLine {
    std::int64_t number;
    std::string_view text;
};

// The lines that are not blank.
std::vector<FileLine> lines_of(std::string_view file) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (file.starts_with(mark)) file.remove_prefix(mark.size());
    std::vector<FileLine> out;
    for (std::int64_t number = 1; !file.empty(); ++number) {
        const std::size_t end = std::min(file.find('\n'), file.size());
        const std::string_view text = trimmed(file.substr(0, end));
        if (!text.empty()) out.push_back({number, text});
        file.remove_prefix(std::min(end + 1, file.size()));
    }
    return out;
}

// A cell without its quotation marks; those inside were doubled.
Result<std::string> cell_of(std::string_view text) {
    text = trimmed(text);
    if (text.empty() || text.front() != '"') return std::string(text);
    std::string out;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            if (i + 1 == text.size()) return out;
            if (text[i + 1] != '"') break;
            ++i;
        }
        out += text[i];
    }
    return Refusal{Code::malformed, "",
                   "guillemet qui ne se referme pas : « " + shown(text) + " »"};
}

// The cells of a line: separators between quotation marks are part of their cell.
Result<std::vector<std::string>> cells_of(std::string_view line) {
    std::vector<std::string> out;
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= line.size(); ++i) {
        if (i < line.size() && line[i] == '"') quoted = !quoted;
        if (i < line.size() && (quoted || line[i] != ';')) continue;
        auto cell = cell_of(line.substr(begin, i - begin));
        if (!cell) return cell.refusal();
        out.push_back(std::move(*cell));
        begin = i + 1;
    }
    if (out.size() == cell_count) return out;
    return Refusal{Code::malformed, "",
                   std::to_string(out.size()) + " cellules au lieu de " +
                       std::to_string(cell_count) + " (" + std::string(header) + ")"};
}

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

    Result<journal::Leg> leg(const FileLine& line) {
        const auto cells = cells_of(line.text);
        if (!cells) return cells.refusal();
        journal::Leg leg{};
        if (const auto named = name_auxiliaries(*cells, leg); !named) return named.refusal();
        if (const auto found = find_account((*cells)[0], leg); !found) return found.refusal();
        const auto amount = amount_of((*cells)[4]);
        if (!amount) return amount.refusal();
        leg.amount = *amount;
        if (leg.role == journal::Role::household_early_receipt && leg.amount.is_positive()) {
            return Refusal{Code::out_of_range, "",
                           "le compte " + (*cells)[0] + " est créditeur : montant négatif attendu"};
        }
        const auto [known, fresh] = given_.try_emplace(
            {leg.role, leg.dossier.value, leg.funder.id.value, leg.contractor.value}, line.number);
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

Refusal bad_lines(const std::vector<std::pair<std::int64_t, Refusal>>& bad) {
    Refusal out{bad.front().second.code, "opening",
                std::to_string(bad.size()) +
                    (bad.size() == 1 ? " ligne refusée" : " lignes refusées") +
                    ", rien n'est inscrit :"};
    for (const auto& [line, why] : bad) {
        out.facts.emplace_back("line " + std::to_string(line), why.message);
        if (out.facts.size() > listed_max) continue;
        out.message += "\n  ligne " + std::to_string(line) + " : " + why.message;
    }
    if (bad.size() > listed_max) out.message += "\n  …";
    return out;
}

Result<Done> check_file(std::string_view file, const std::vector<FileLine>& lines) {
    const auto refuse = [](Code code, std::string why) {
        return Refusal{code, "opening", "Reprise des soldes : " + std::move(why)};
    };
    if (!is_utf8(file)) return refuse(Code::text_invalid, "le fichier n'est pas en UTF-8.");
    if (lines.empty() || lines.front().text != header) {
        return refuse(Code::malformed,
                      "la première ligne doit être « " + std::string(header) + " ».");
    }
    if (lines.size() == 1) return refuse(Code::missing, "le fichier ne contient aucun solde.");
    if (lines.size() > lines_max) {
        return refuse(Code::out_of_range,
                      "plus de " + std::to_string(lines_max) + " lignes dans le fichier.");
    }
    return Done{};
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
    const auto lines = lines_of(opening.file);
    if (const auto file = check_file(opening.file, lines); !file) return file.refusal();
    Reader reader(db, opening);
    std::vector<journal::Leg> legs;
    std::vector<std::pair<std::int64_t, Refusal>> bad;
    for (const FileLine& line : std::vector(lines.begin() + 1, lines.end())) {
        const auto leg = reader.leg(line);
        if (leg) {
            legs.push_back(*leg);
        } else {
            bad.emplace_back(line.number, leg.refusal());
        }
    }
    if (!bad.empty()) return bad_lines(bad);
    if (const auto sums = check_sums(legs); !sums) return sums.refusal();
    return journal::post(tx, {opening.day, journal::Event::opening_balance_taken,
                              "Reprise des soldes d'ouverture – " + opening.programme.code,
                              "OUVERTURE-" + opening.programme.code, opening.programme.ref,
                              opening.accountant, std::move(legs), digest});
}

}  // namespace deodat::payments
