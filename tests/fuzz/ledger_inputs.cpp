#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "ledger/bank/camt.h"
#include "ledger/bank/statement_file.h"
#include "ledger/base/csv.h"
#include "ledger/base/text.h"
#include "ledger/dossiers/dossier.h"
#include "ledger/payments/opening_balance.h"
#include "ledger/payments/qualification.h"
#include "ledger/people/person.h"
#include "reports/transfers/transfer_file.h"
#include "tests/fuzz/inputs.h"

namespace deodat::fuzz {
namespace {

void has_words(const Refusal& refusal) {
    promise(!refusal.message.empty() && is_utf8(refusal.message), "a refusal has words");
}

void check(const bank::Statement& statement) {
    int ordinal = 0;
    for (const bank::Movement& movement : statement.movements) {
        promise(movement.ordinal == ++ordinal, "movements are numbered in order");
    }
    for (const Refusal& obstacle : statement.obstacles) has_words(obstacle);
    for (const Refusal& remark : statement.remarks) has_words(remark);
    if (!statement.bookable()) return;
    promise(statement.account && statement.opening && statement.closing,
            "what may be booked has an account and both balances");
    promise(statement.opening->amount + statement.booked_sum().value() == statement.closing->amount,
            "what may be booked adds up");
}

std::vector<CsvRow> rows_of(std::string_view text, char separator) {
    std::vector<CsvRow> out;
    CsvReader reader(text, separator);
    CsvRow row;
    for (std::int64_t line = 0;;) {
        const auto more = reader.next(row);
        if (more && !*more) return out;
        promise(row.line > line, "lines are read forwards");
        line = row.line;
        if (more) {
            promise(!row.cells.empty(), "a row has cells");
            out.push_back(row);
        } else {
            has_words(more.refusal());
        }
    }
}

// The rows with every cell between quotation marks.
std::string written(const std::vector<CsvRow>& rows, char separator) {
    std::string out;
    for (const CsvRow& row : rows) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (i > 0) out += separator;
            out += '"';
            for (const char c : row.cells[i])
                out += c == '"' ? std::string("\"\"") : std::string(1, c);
            out += '"';
        }
        out += '\n';
    }
    return out;
}

// A signed column with the balance after each movement; two columns with lines for the balances.
const std::vector<bank::BankProfile>& profiles() {
    static const std::vector<bank::BankProfile> out = [] {
        const std::string head =
            "account = FR7699999000010000000010106\nbooking_date = Date\nlabel = Texte\n";
        std::vector<bank::BankProfile> made;
        for (const char* tail :
             {"date_format = DD/MM/YYYY\namount = Montant\nbalance = Solde\n",
              "date_format = YYYY-MM-DD\ndebit = Debit\ncredit = Credit\nopening = Ouverture\n"
              "closing = Cloture\nvalue_date = Valeur\n"}) {
            made.push_back({.mapping = *bank::read_csv_mapping(head + tail)});
        }
        return made;
    }();
    return out;
}

void try_rows(std::string_view bytes, char separator) {
    const auto rows = rows_of(bytes, separator);
    const auto again = rows_of(written(rows, separator), separator);
    promise(rows.size() == again.size(), "as many rows are read again");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        promise(rows[i].cells == again[i].cells, "the same cells are read again");
    }
}

// A ledger with one programme, funder, contractor and dossier (D26-0001), for as long as the
// program runs.
class Ledger {
  public:
    Ledger() {
        promise(store::Store::create(directory_, clock_, random_).ok(), "a directory of its own");
        auto opened = store::Store::open(directory_, store::Store::Access::write, clock_, random_);
        promise(opened.ok(), "an empty ledger opens");
        store_ = std::move(*opened);
        const auto filled = store_->write([&](store::Transaction& tx) { return fill(tx); });
        promise(filled.ok(), "what imports name is there");
    }
    ~Ledger() {
        store_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(directory_, ignored);
    }
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;

    // Both imports, neither of which is kept.
    void take(std::string_view file) {
        const auto outcome = store_->write([&](store::Transaction& tx) -> Result<Done> {
            take_opening(tx, file);
            const auto listed = payments::import_rge(tx, file, officer_);
            if (!listed) has_words(listed.refusal());
            return Refusal{Code::state_forbids, "", "not kept"};
        });
        promise(!outcome.ok(), "nothing is kept");
    }

  private:
    void take_opening(store::Transaction& tx, std::string_view file) {
        const auto taken = payments::take_opening_balance(
            tx, {file, *funding::find_programme(tx.db(), programme_), tx.today(), accountant_});
        if (!taken) return has_words(taken.refusal());
        const auto entry = journal::find_entry(tx.db(), *taken);
        Money sum;
        for (const auto& posting : entry->postings) sum += posting.amount;
        promise(sum.is_zero(), "an opening balances");
    }

    Result<Done> fill(store::Transaction& tx) {
        const PersonId administrator = *people::add_first_administrator(tx, "Administration");
        officer_ = *people::add_person(tx, "Gestion", {people::Role::officer}, administrator);
        accountant_ =
            *people::add_person(tx, "Comptable", {people::Role::public_accountant}, administrator);
        const PersonId adviser =
            *people::add_person(tx, "Conseil", {people::Role::adviser}, administrator);
        programme_ = *funding::open_programme(tx,
                                              {"HMD",
                                               "Habiter mieux en Déodatie",
                                               "01",
                                               french_iban({"99998", "00001", "00000000001"}),
                                               Money::euros(100'000),
                                               {"200071066"},
                                               tx.today()},
                                              administrator);
        promise(funding::add_funder(tx, "anah", "Anah", journal::FunderFamily::state, administrator)
                    .ok(),
                "a funder");
        promise(payments::add_contractor(
                    tx,
                    {siret_with_check_digit(siren_with_check_digit("99900100"), "0001"),
                     "Isolation des Hautes-Vosges", "Saint-Dié-des-Vosges", "FR"},
                    officer_)
                    .ok(),
                "a contractor");
        promise(
            dossiers::open_dossier(tx, {programme_,
                                        adviser,
                                        tx.today(),
                                        {"Ménage d'essai", 3, 24'000, "88413", "owner_occupier"},
                                        {"88413", "house", 60, true, 110, "F", "C", 50}})
                .ok(),
            "a dossier");
        return Done{};
    }

    std::string directory_ =
        (std::filesystem::temp_directory_path() / ("deodat-fuzz-" + std::to_string(::getpid())))
            .string();
    SetClock clock_{instant_in_paris(Day::of(2026, 3, 20), 10)};
    SeededRandom random_{1};
    std::unique_ptr<store::Store> store_;
    PersonId officer_;
    PersonId accountant_;
    ProgrammeId programme_;
};

}  // namespace

void try_xml(std::string_view bytes) {
    for (const auto sign : {bank::ReversalSign::as_booked, bank::ReversalSign::of_the_original}) {
        const auto statements = bank::read_camt(bytes, sign);
        if (!statements) {
            has_words(statements.refusal());
            continue;
        }
        promise(!statements->empty(), "a message holds a statement");
        for (const bank::Statement& statement : *statements) check(statement);
    }
    const auto transfers = reports::read_pain001(bytes);
    if (!transfers) return has_words(transfers.refusal());
    for (const Refusal& fault : transfers->faults) has_words(fault);
    if (!transfers->sum) return;
    Money sum;
    for (const auto& transfer : transfers->transfers) sum += transfer.amount.value();
    promise(sum == *transfers->sum, "a file's sum is that of its lines");
}

void try_cfonb(std::string_view bytes) {
    const auto statements = bank::read_statements(bytes, {});
    if (!statements) return has_words(statements.refusal());
    promise(!statements->empty(), "a file holds a statement");
    for (const bank::Statement& statement : *statements) check(statement);
}

void try_csv(std::string_view bytes) {
    for (const bank::BankProfile& profile : profiles()) {
        const auto statements = bank::read_statements(bytes, profile);
        if (!statements) {
            has_words(statements.refusal());
            continue;
        }
        for (const bank::Statement& statement : *statements) check(statement);
    }
    try_rows(bytes, ';');
    try_rows(bytes, ',');
    take_csv(bytes);
}

void take_csv(std::string_view bytes) {
    static Ledger ledger;
    ledger.take(bytes);
}

}  // namespace deodat::fuzz
