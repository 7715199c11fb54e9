#include "ledger/bank/csv_statement.h"

#include <algorithm>
#include <array>

#include "ledger/bank/csv_amount.h"
#include "ledger/base/csv.h"
#include "ledger/base/text.h"

namespace deodat::bank {
namespace {

Refusal damaged(const std::string& place, const std::string& why) {
    return Refusal{Code::statement_damaged, place, "Le fichier est abîmé (" + place + ") : " + why};
}

std::string place_of(const CsvRow& row) {
    return "ligne " + std::to_string(row.line);
}

// Where the mapped columns stand in the table; npos for those that are not mapped.
struct Columns {
    std::size_t booking_date, value_date, amount, debit, credit, label, counterparty, iban,
        reference, end_to_end_id, balance;
    std::size_t count;  // of all columns
};

// The columns by their headings, or the first heading that is not there.
struct Headings {
    std::optional<Columns> columns;
    std::string missing;
};
Headings headings_of(const CsvRow& row, const CsvMapping& mapping) {
    Headings out;
    const auto at = [&](const std::string& heading) {
        if (heading.empty()) return std::string::npos;
        const auto found = std::ranges::find(row.cells, heading);
        if (found == row.cells.end() && out.missing.empty()) out.missing = heading;
        return static_cast<std::size_t>(found - row.cells.begin());
    };
    const Columns columns = {
        at(mapping.booking_date),  at(mapping.value_date), at(mapping.amount),
        at(mapping.debit),         at(mapping.credit),     at(mapping.label),
        at(mapping.counterparty),  at(mapping.iban),       at(mapping.reference),
        at(mapping.end_to_end_id), at(mapping.balance),    row.cells.size()};
    if (out.missing.empty()) out.columns = columns;
    return out;
}

// The table of a file, row after row: the lines before its headings with the balances, then the
// movements.
class Table {
  public:
    Table(std::string_view text, char separator, const CsvMapping& mapping)
        : reader_(text, separator), mapping_(mapping) {}

    // The next row of a movement or of a balance; false at the end.
    Result<bool> next() {
        for (;;) {
            const auto more = reader_.next(row_);
            if (!more) {
                return damaged(place_of(row_), more.refusal().message + ".");
            }
            if (!*more) return false;
            kind_ = kind_of_row();
            if (kind_ != Kind::movement) return true;
            if (columns_) return checked();
            columns_ = headings_of(row_, mapping_).columns;
        }
    }

    enum class Kind { movement, opening, closing };
    Kind kind() const { return kind_; }
    const CsvRow& row() const { return row_; }
    bool has_headings() const { return columns_.has_value(); }
    const Columns& columns() const { return *columns_; }
    std::string cell(std::size_t column) const {
        return column < row_.cells.size() ? row_.cells[column] : std::string();
    }
    // The last cell that is not empty: a balance's amount.
    std::string last_cell() const {
        for (auto at = row_.cells.rbegin(); at != row_.cells.rend(); ++at) {
            if (!at->empty()) return *at;
        }
        return {};
    }

  private:
    Kind kind_of_row() const {
        const auto first =
            std::ranges::find_if(row_.cells, [](const auto& cell) { return !cell.empty(); });
        if (first == row_.cells.end()) return Kind::movement;
        const auto begins = [&](const std::string& words) {
            return !words.empty() && first->starts_with(words);
        };
        if (begins(mapping_.opening)) return Kind::opening;
        return begins(mapping_.closing) ? Kind::closing : Kind::movement;
    }

    Result<bool> checked() const {
        for (std::size_t i = columns_->count; i < row_.cells.size(); ++i) {
            if (row_.cells[i].empty()) continue;
            return damaged(place_of(row_), "elle a " + std::to_string(row_.cells.size()) +
                                               " cellules pour " + std::to_string(columns_->count) +
                                               " colonnes.");
        }
        return true;
    }

    CsvReader reader_;
    const CsvMapping& mapping_;
    CsvRow row_;
    Kind kind_ = Kind::movement;
    std::optional<Columns> columns_;
};

bool finds_headings(std::string_view text, char separator, const CsvMapping& mapping) {
    // Headings stand at the beginning: what follows is not searched.
    constexpr int lines_searched = 100;
    CsvReader reader(text, separator);
    CsvRow row;
    for (int i = 0; i < lines_searched; ++i) {
        const auto more = reader.next(row);
        if (!more) continue;
        if (!*more) return false;
        if (headings_of(row, mapping).columns) return true;
    }
    return false;
}

Result<char> separator_of(std::string_view text, const CsvMapping& mapping) {
    std::string found;
    for (const char separator : mapping.separator ? std::string(1, *mapping.separator) : ";,\t") {
        if (finds_headings(text, separator, mapping)) found += separator;
    }
    if (found.size() == 1) return found[0];
    if (found.empty()) {
        return Refusal{Code::not_a_statement, "fichier",
                       "Le fichier n'a pas les colonnes que le mapping annonce (« " +
                           shown(mapping.booking_date) + " », « " + shown(mapping.label) +
                           " »…) : ce n'est pas l'export de cette banque."};
    }
    return Refusal{Code::malformed, "mapping.separator",
                   "Le séparateur du fichier est ambigu : précisez separator dans le mapping."};
}

Refusal doubtful_decimals(const std::string& place, const std::string& why) {
    return Refusal{Code::malformed, "mapping.decimal",
                   "Les décimales du fichier sont ambiguës (" + place + ") : " + why +
                       " ; précisez decimal dans le mapping."};
}

// What all amounts of the file agree on.
class Decimals {
  public:
    Result<Done> see(const std::string& text, const std::string& place) {
        const DecimalEvidence one = decimal_evidence(text);
        if (one == DecimalEvidence::ambiguous && doubt_.empty()) {
            doubt_ = text;
            doubt_place_ = place;
        }
        if (one != DecimalEvidence::comma && one != DecimalEvidence::point) return Done{};
        if (known_ != DecimalEvidence::none && known_ != one) {
            return doubtful_decimals(
                place, "« " + shown(text) + " » n'est pas écrit comme les montants précédents");
        }
        known_ = one;
        return Done{};
    }
    Result<char> sign() const {
        if (known_ == DecimalEvidence::comma) return ',';
        if (known_ == DecimalEvidence::point || doubt_.empty()) return '.';
        return doubtful_decimals(doubt_place_, "« " + shown(doubt_) + " » se lit de deux façons");
    }

  private:
    DecimalEvidence known_ = DecimalEvidence::none;
    std::string doubt_;
    std::string doubt_place_;
};

Result<char> decimal_of(std::string_view text, char separator, const CsvMapping& mapping) {
    if (mapping.decimal) return *mapping.decimal;
    Decimals decimals;
    Table table(text, separator, mapping);
    for (;;) {
        const auto more = table.next();
        if (!more) return more.refusal();
        if (!*more) return decimals.sign();
        std::vector<std::string> cells;
        if (table.kind() == Table::Kind::movement) {
            const Columns& at = table.columns();
            for (const std::size_t column : {at.amount, at.debit, at.credit, at.balance}) {
                cells.push_back(table.cell(column));
            }
        } else {
            cells.push_back(table.last_cell());
        }
        for (const std::string& cell : cells) {
            if (auto seen = decimals.see(cell, place_of(table.row())); !seen) return seen.refusal();
        }
    }
}

// A day by its form; `proposed` is the last day of its month when only the day is impossible.
struct WrittenDay {
    std::optional<Day> day;
    std::optional<Day> proposed;
};
Result<WrittenDay> written_day(const std::string& text, const std::string& form,
                               const std::string& place) {
    const auto refuse = [&] {
        return damaged(place,
                       "la date « " + shown(text) + " » n'est pas de la forme " + form + ".");
    };
    std::string year;
    std::string month;
    std::string day;
    if (text.size() != form.size()) return refuse();
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool letter = form[i] == 'Y' || form[i] == 'M' || form[i] == 'D';
        if (letter != (text[i] >= '0' && text[i] <= '9')) return refuse();
        if (!letter && text[i] != form[i]) return refuse();
        if (letter) (form[i] == 'Y' ? year : form[i] == 'M' ? month : day) += text[i];
    }
    if (year.size() == 2) year.insert(0, "20");
    std::string begin = year;
    begin += '-';
    begin += month;
    begin += '-';
    if (const auto read = Day::parse("date", begin + day)) return WrittenDay{*read, {}};
    const auto first = Day::parse("date", begin + "01");
    if (!first || day < "29" || day > "31") return refuse();
    return WrittenDay{{}, first->plus_months(1).plus_days(-1)};
}

class StatementReader {
  public:
    StatementReader(const CsvMapping& mapping, char decimal)
        : mapping_(mapping), decimal_(decimal) {
        out_.format = "CSV";
        out_.account = mapping.account;
        out_.account_text = mapping.account.text();
        out_.currency = mapping.currency;
    }

    Result<Statement> read(Table& table) {
        for (;;) {
            const auto more = table.next();
            if (!more) return more.refusal();
            if (!*more) break;
            const auto taken =
                table.kind() == Table::Kind::movement ? take_movement(table) : take_balance(table);
            if (!taken) return taken.refusal();
        }
        put_in_order();
        name_days();
        if (const auto read = take_running_balance(); !read) return read.refusal();
        for (auto* balance : {&out_.opening, &out_.closing}) {
            if (*balance) out_.balances.push_back(**balance);
        }
        note_obstacles(out_);
        out_.obstacles.insert(out_.obstacles.end(), obstacles_.begin(), obstacles_.end());
        return std::move(out_);
    }

  private:
    Result<Money> amount_at(const std::string& text, const std::string& place) const {
        auto amount = money_from_table(place, text, decimal_);
        if (!amount) return damaged(place, amount.refusal().message);
        return amount;
    }

    Result<Done> take_balance(const Table& table) {
        const auto amount = amount_at(table.last_cell(), place_of(table.row()));
        if (!amount) return amount.refusal();
        const bool opening = table.kind() == Table::Kind::opening;
        (opening ? out_.opening : out_.closing) =
            Balance{opening ? mapping_.opening : mapping_.closing, *amount, mapping_.currency, {}};
        return Done{};
    }

    // The signed amount of a row, from one column or two. Banks write debits with or without their
    // sign.
    Result<Money> movement_amount(const Table& table) {
        const std::string place = place_of(table.row());
        const Columns& at = table.columns();
        if (!mapping_.amount.empty()) return amount_at(table.cell(at.amount), place);
        const std::string debit = table.cell(at.debit);
        const std::string credit = table.cell(at.credit);
        const auto out = debit.empty() ? Money() : amount_at(debit, place);
        if (!out) return out.refusal();
        const auto in = credit.empty() ? Money() : amount_at(credit, place);
        if (!in) return in.refusal();
        if ((debit.empty() && credit.empty()) || (!out->is_zero() && !in->is_zero())) {
            return damaged(place, "un débit ou un crédit est attendu, l'un des deux.");
        }
        if (!out->is_zero() &&
            debits_negative_.value_or(out->is_negative()) != out->is_negative()) {
            return damaged(place, "le débit « " + shown(debit) +
                                      " » n'a pas le signe des précédents : son sens est ambigu.");
        }
        if (!out->is_zero()) debits_negative_ = out->is_negative();
        if (in->is_zero()) return out->is_negative() ? *out : -*out;
        return in;
    }

    Result<Done> take_movement(const Table& table) {
        if (out_.movements.size() == movements_max) return too_many(movements_max, "mouvements");
        const std::string place = place_of(table.row());
        const Columns& at = table.columns();
        const auto amount = movement_amount(table);
        if (!amount) return amount.refusal();
        Movement line;
        line.amount = *amount;
        line.currency = mapping_.currency;
        line.status = MovementStatus::booked;
        const auto booked = written_day(table.cell(at.booking_date), mapping_.date_format, place);
        if (!booked) return booked.refusal();
        line.booking_day = booked->day;
        line.proposed_booking_day = booked->proposed;
        if (const std::string value = table.cell(at.value_date); !value.empty()) {
            const auto day = written_day(value, mapping_.date_format, place);
            if (!day) return day.refusal();
            line.value_day = day->day;
            line.proposed_value_day = day->proposed;
        }
        line.remittance = table.cell(at.label);
        line.counterparty_name = table.cell(at.counterparty);
        line.counterparty_iban = table.cell(at.iban);
        line.references.servicer = table.cell(at.reference);
        line.end_to_end_id = table.cell(at.end_to_end_id);
        out_.movements.push_back(std::move(line));
        if (mapping_.balance.empty()) return Done{};
        const auto balance = amount_at(table.cell(at.balance), place);
        if (!balance) return balance.refusal();
        running_.push_back(*balance);
        return Done{};
    }

    // Whether each balance is the one before it plus its movement, the rows taken in that order.
    bool running_holds(bool newest_first) const {
        for (std::size_t i = 1; i < running_.size(); ++i) {
            const std::size_t before = newest_first ? i : i - 1;
            const std::size_t after = newest_first ? i - 1 : i;
            WideSum sum;
            sum.add(running_[before]);
            sum.add(out_.movements[after].amount);
            if (sum.money() != running_[after]) return false;
        }
        return true;
    }

    bool is_newest_first() const {
        if (mapping_.order) return *mapping_.order == RowOrder::newest_first;
        if (!running_.empty() && running_holds(true) != running_holds(false)) {
            return running_holds(true);
        }
        const auto& lines = out_.movements;
        return !lines.empty() && lines.front().booking_day && lines.back().booking_day &&
               *lines.back().booking_day < *lines.front().booking_day;
    }

    void put_in_order() {
        if (is_newest_first()) {
            std::ranges::reverse(out_.movements);
            std::ranges::reverse(running_);
        }
        int ordinal = 0;
        for (Movement& line : out_.movements) line.ordinal = line.entry_ordinal = ++ordinal;
    }

    void name_days() {
        for (const Movement& line : out_.movements) {
            if (!line.booking_day) continue;
            if (!out_.first_day || *line.booking_day < *out_.first_day) {
                out_.first_day = line.booking_day;
            }
            if (!out_.last_day || *out_.last_day < *line.booking_day) {
                out_.last_day = line.booking_day;
            }
        }
        if (out_.first_day) out_.id = out_.first_day->iso() + "_" + out_.last_day->iso();
        if (out_.opening) out_.opening->day = out_.first_day;
        if (out_.closing) out_.closing->day = out_.last_day;
    }

    // The balances that the column gives where no line apart did.
    Result<Done> take_running_balance() {
        if (running_.empty()) return Done{};
        WideSum before;
        before.add(running_.front());
        before.add(-out_.movements.front().amount);
        const auto opening = before.money();
        if (!opening) return damaged("solde", "il dépasse 100 milliards d'euros.");
        if (!out_.opening) {
            out_.opening = Balance{mapping_.balance, *opening, mapping_.currency, out_.first_day};
        }
        if (!out_.closing) {
            out_.closing =
                Balance{mapping_.balance, running_.back(), mapping_.currency, out_.last_day};
        }
        const bool agrees = out_.opening->amount == *opening &&
                            out_.closing->amount == running_.back() && running_holds(false);
        if (agrees) return Done{};
        obstacles_.push_back(Refusal{
            Code::statement_balance_mismatch, "solde",
            "Le relevé « " + shown(out_.id) + " » ne tombe pas juste : la colonne « " +
                shown(mapping_.balance) + " » ne suit pas ses mouvements d'une ligne à l'autre."});
        return Done{};
    }

    const CsvMapping& mapping_;
    char decimal_;
    Statement out_;
    std::vector<Money> running_;  // the balance after each movement, when the file has it
    std::optional<bool> debits_negative_;
    std::vector<Refusal> obstacles_;
};

}  // namespace

Result<Statement> read_csv_statement(std::string_view text, const CsvMapping& mapping) {
    const auto separator = separator_of(text, mapping);
    if (!separator) return separator.refusal();
    const auto decimal = decimal_of(text, *separator, mapping);
    if (!decimal) return decimal.refusal();
    Table table(text, *separator, mapping);
    return StatementReader(mapping, *decimal).read(table);
}

}  // namespace deodat::bank
