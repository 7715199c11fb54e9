#include "ledger/bank/cfonb120.h"

#include <algorithm>
#include <array>

#include "ledger/base/text.h"

namespace deodat::bank {
namespace {

constexpr std::size_t record_points = 120;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Refusal damaged(const std::string& place, const std::string& why) {
    return Refusal{Code::statement_damaged, place, "Le fichier est abîmé (" + place + ") : " + why};
}

// The bytes of the first `points` characters of a UTF-8 text, or of all when it has less.
std::size_t bytes_of_points(std::string_view text, std::size_t points) {
    std::size_t at = 0;
    while (at < text.size() && points > 0) {
        at += first_code_point(text.substr(at)).size();
        --points;
    }
    return at;
}

// One record of 120 characters, and where it stands in the file.
class Record {
  public:
    Record(std::string_view text, std::string place) : text_(text), place_(std::move(place)) {
        ascii_ = is_ascii(text);
    }

    const std::string& place() const { return place_; }
    std::string_view code() const { return field(1, 2); }
    // Columns first to last, without the blanks around.
    std::string_view field(std::size_t first, std::size_t last) const {
        return trimmed(columns(first, last));
    }
    std::string_view columns(std::size_t first, std::size_t last) const {
        if (ascii_) return text_.substr(first - 1, last - first + 1);
        const std::size_t begin = bytes_of_points(text_, first - 1);
        const std::string_view rest = text_.substr(begin);
        return rest.substr(0, bytes_of_points(rest, last - first + 1));
    }

  private:
    std::string_view text_;
    std::string place_;
    bool ascii_ = true;
};

// Cuts the text into records: by its lines, or every 120 characters when it has a single one.
class Records {
  public:
    explicit Records(std::string_view text) : rest_(text) {
        const std::string_view whole = trimmed_lines(text);
        end_to_end_ = whole.find_first_of("\r\n") == std::string_view::npos;
        if (end_to_end_) rest_ = whole;
    }

    // The next one, or nothing at the end.
    Result<std::optional<Record>> next() { return end_to_end_ ? next_piece() : next_line(); }

  private:
    static std::string_view trimmed_lines(std::string_view text) {
        const std::size_t begin = text.find_first_not_of("\r\n");
        if (begin == std::string_view::npos) return {};
        return text.substr(begin, text.find_last_not_of("\r\n") + 1 - begin);
    }

    Result<std::optional<Record>> next_piece() {
        if (trimmed(rest_).empty()) return std::optional<Record>();
        const std::string place = "enregistrement " + std::to_string(++number_);
        const std::size_t bytes = bytes_of_points(rest_, record_points);
        const std::string_view record = rest_.substr(0, bytes);
        rest_.remove_prefix(bytes);
        return checked(record, place);
    }

    Result<std::optional<Record>> next_line() {
        while (!rest_.empty()) {
            const std::size_t end = std::min(rest_.find_first_of("\r\n"), rest_.size());
            const std::string_view line = rest_.substr(0, end);
            const bool both = rest_.substr(end).starts_with("\r\n");
            rest_.remove_prefix(std::min(rest_.size(), end + (both ? 2 : 1)));
            ++number_;
            if (trimmed(line).empty()) continue;
            return checked(line, "ligne " + std::to_string(number_));
        }
        return std::optional<Record>();
    }

    static Result<std::optional<Record>> checked(std::string_view line, const std::string& place) {
        const std::size_t bytes = bytes_of_points(line, record_points);
        const std::size_t points = code_points(line);
        if (points < record_points || !trimmed(line.substr(bytes)).empty()) {
            return damaged(place, std::to_string(points) +
                                      " caractères au lieu de 120 ; le fichier a été coupé ou "
                                      "remis en forme, redemandez-le à la banque.");
        }
        if (line.find('\t') != std::string_view::npos) {
            return damaged(place, "il s'y trouve une tabulation, que le format n'admet pas.");
        }
        return std::optional<Record>(Record(line.substr(0, bytes), place));
    }

    std::string_view rest_;
    bool end_to_end_ = false;
    std::int64_t number_ = 0;
};

// The sign and last digit of an amount; nothing for any other character.
struct Overpunch {
    int digit;
    bool negative;
};
std::optional<Overpunch> overpunch(char c) {
    if (c == '{') return Overpunch{0, false};
    if (c == '}') return Overpunch{0, true};
    if (c >= 'A' && c <= 'I') return Overpunch{c - 'A' + 1, false};
    if (c >= 'J' && c <= 'R') return Overpunch{c - 'J' + 1, true};
    return std::nullopt;
}

// Columns 91-104, by the decimals of column 20.
Result<Money> amount_of(const Record& record) {
    const std::string_view text = record.columns(91, 104);
    const std::string what = "le montant « " + shown(text) + " »";
    const auto last = is_ascii(text) ? overpunch(text.back()) : std::nullopt;
    if (!last || !std::ranges::all_of(text.substr(0, 13), is_digit)) {
        return damaged(record.place(),
                       what + " n'est pas treize chiffres suivis d'une lettre de signe.");
    }
    const std::string_view decimals = record.columns(20, 20);
    if (decimals != " " && (decimals.size() != 1 || !is_digit(decimals[0]))) {
        return damaged(record.place(),
                       "le nombre de décimales « " + shown(decimals) + " » n'est pas un chiffre.");
    }
    std::int64_t value = last->digit;
    std::int64_t power = 1;
    for (std::size_t i = 13; i-- > 0;) {
        power *= 10;
        value += power * (text[i] - '0');
    }
    constexpr int cent_decimals = 2;
    for (int i = decimals == " " ? cent_decimals : decimals[0] - '0'; i != cent_decimals;) {
        if (i < cent_decimals) {
            value *= 10;
            ++i;
        } else if (value % 10 == 0) {
            value /= 10;
            --i;
        } else {
            return damaged(record.place(), what + " est plus fin que le centime.");
        }
    }
    if (!Money::in_range(value)) {
        return damaged(record.place(), what + " dépasse 100 milliards d'euros.");
    }
    return Money::cents(last->negative ? -value : value);
}

// A day as written, DDMMYY.
struct WrittenDay {
    std::optional<Day> day;
    std::optional<Day> proposed;  // the last day of its month, when only the day is impossible
    std::string_view text;        // empty when absent
};
WrittenDay written_day(const Record& record, std::size_t first) {
    const std::string_view text = record.columns(first, first + 5);
    WrittenDay out{{}, {}, trimmed(text)};
    if (out.text == "000000") out.text = {};
    if (text.size() != 6 || !std::ranges::all_of(text, is_digit)) return out;
    const auto pair = [&](std::size_t at) { return std::string(text.substr(at, 2)); };
    // Two digits of the year: 80 to 99 are of the last century.
    const std::string month = (pair(4) >= "80" ? "19" : "20") + pair(4) + "-" + pair(2) + "-";
    if (const auto day = Day::parse("date", month + pair(0))) {
        out.day = *day;
    } else if (const auto begin = Day::parse("date", month + "01");
               begin && pair(0) >= "29" && pair(0) <= "31") {
        out.proposed = begin->plus_months(1).plus_days(-1);
    }
    return out;
}

std::string joined(std::string_view text, std::string_view more) {
    std::string out(text);
    if (!out.empty() && !more.empty()) out += ' ';
    return out += more;
}

// EndToEndId and its like, without the words that banks write for "none".
std::string reference(std::string_view text) {
    if (text == "NOTPROVIDED" || text == "NOT PROVIDED" || text == "NONREF") return {};
    return std::string(text);
}

// What identifies the account besides the bank: branch and number.
struct AccountOf {
    std::string_view branch;
    std::string_view number;
    friend bool operator==(const AccountOf&, const AccountOf&) = default;
};
AccountOf account_of(const Record& record) {
    return {record.field(12, 16), record.field(22, 32)};
}

void read_account(const Record& record, Statement& statement) {
    const std::string_view bank = record.columns(3, 7);
    const std::string_view branch = record.columns(12, 16);
    const std::string_view number = record.columns(22, 32);
    statement.account_text = joined(joined(bank, branch), number);
    const auto fits = [](std::string_view text, std::size_t size, bool letters) {
        return text.size() == size && std::ranges::all_of(text, [&](char c) {
                   return is_digit(c) || (letters && is_upper(c));
               });
    };
    if (!fits(bank, 5, false) || !fits(branch, 5, false) || !fits(number, 11, true)) return;
    statement.account = french_iban({bank, branch, number});
    statement.account_text = statement.account->text();
}

// Both parties of a payment, of which one is us.
struct Parties {
    std::string payer;
    std::string payer_account;
    std::string payee;
    std::string payee_account;
};

void read_complement(const Record& record, Parties& parties, Movement& line) {
    const std::string_view qualifier = record.columns(46, 48);
    const std::string_view text = record.field(49, 118);
    const auto keep = [](std::string& target, std::string_view part) {
        if (target.empty()) target = reference(trimmed(part));
    };
    if (qualifier == "NPY") {
        keep(parties.payer, text);
    } else if (qualifier == "NBE") {
        keep(parties.payee, text);
    } else if (qualifier == "CPY") {
        keep(parties.payer_account, text);
    } else if (qualifier == "CBE") {
        keep(parties.payee_account, text);
    } else if (qualifier == "RCN") {
        keep(line.end_to_end_id, record.columns(49, 83));
        line.remittance = joined(line.remittance, record.field(84, 118));
    } else if (qualifier == "REF") {
        keep(line.references.transaction, text);
    } else if (qualifier == "RUM") {
        keep(line.references.mandate, record.columns(49, 83));
    } else {
        constexpr std::array<std::string_view, 5> plain = {"LIB", "LCC", "LC2", "LCS", "   "};
        const bool named = std::ranges::find(plain, qualifier) == plain.end();
        line.remittance = joined(line.remittance, named ? joined(qualifier, text) : text);
    }
}

// Whoever is not us: the payer of a credit, the payee of a debit; else the only one that is named.
void name_counterparty(Parties& parties, Movement& line) {
    if (line.amount.is_negative()) {
        std::swap(parties.payer, parties.payee);
        std::swap(parties.payer_account, parties.payee_account);
    }
    line.counterparty_name = parties.payer.empty() ? parties.payee : parties.payer;
    line.counterparty_iban =
        parties.payer_account.empty() ? parties.payee_account : parties.payer_account;
}

class FileReader {
  public:
    Result<std::vector<Statement>> read(std::string_view text) {
        Records records(text);
        for (;;) {
            const auto record = records.next();
            if (!record) return record.refusal();
            if (!*record) break;
            if (const auto taken = take(**record); !taken) return taken.refusal();
        }
        if (open_) {
            return damaged(
                "fin du fichier",
                "le dernier relevé n'a pas de solde final (07), le fichier est tronqué.");
        }
        return std::move(statements_);
    }

  private:
    Result<Done> take(const Record& record) {
        const std::string_view code = record.code();
        if (code == "01") return take_opening(record);
        if (code != "04" && code != "05" && code != "07") {
            return damaged(record.place(), "l'enregistrement « " + shown(code) +
                                               " » n'est pas de ce format (01, 04, 05, 07).");
        }
        if (!open_) {
            return damaged(record.place(), "l'enregistrement " + std::string(code) +
                                               " vient sans solde initial (01) avant lui.");
        }
        if (account_of(record) != account_) {
            return damaged(record.place(), "le compte « " + shown(record.field(12, 32)) +
                                               " » n'est pas celui du solde initial (01).");
        }
        if (code == "04") return take_movement(record);
        if (code == "05") return take_complement(record);
        return take_closing(record);
    }

    Result<Done> take_opening(const Record& record) {
        if (open_) {
            return damaged(record.place(),
                           "un relevé (01) commence avant que le précédent soit fini (07).");
        }
        if (statements_.size() == statements_max) return too_many(statements_max, "relevés");
        const auto balance = balance_of(record);
        if (!balance) return balance.refusal();
        open_.emplace();
        open_->format = "CFONB120";
        account_ = account_of(record);
        bank_ = record.field(3, 7);
        read_account(record, *open_);
        open_->currency = balance->currency;
        open_->opening = *balance;
        return Done{};
    }

    Result<Balance> balance_of(const Record& record) {
        const auto amount = amount_of(record);
        if (!amount) return amount.refusal();
        const WrittenDay day = written_day(record, 35);
        if (!day.day) {
            return damaged(record.place(), "la date du solde « " + shown(record.columns(35, 40)) +
                                               " » n'existe pas ; JJMMAA est attendu.");
        }
        return Balance{std::string(record.code()), *amount, std::string(record.field(17, 19)),
                       day.day};
    }

    Result<Done> take_movement(const Record& record) {
        finish_movement();
        if (++movements_ > movements_max) return too_many(movements_max, "mouvements");
        const auto amount = amount_of(record);
        if (!amount) return amount.refusal();
        Movement line;
        line.ordinal = static_cast<int>(open_->movements.size()) + 1;
        line.entry_ordinal = line.ordinal;
        line.amount = *amount;
        line.status = MovementStatus::booked;
        line.currency = record.field(17, 19);
        const WrittenDay booking = written_day(record, 35);
        line.booking_day = booking.day;
        line.proposed_booking_day = booking.proposed;
        note_value_day(written_day(record, 43), line);
        line.return_reason = record.field(41, 42);
        if (line.return_reason == "00") line.return_reason.clear();
        line.bank_code = "CFONB/" + std::string(record.field(33, 34));
        line.bank_label = record.field(49, 79);
        line.references.entry = record.field(82, 88);
        if (line.references.entry.find_first_not_of('0') == std::string::npos) {
            line.references.entry.clear();
        }
        line.references.servicer = reference(record.field(105, 120));
        note_bank(record);
        open_->movements.push_back(std::move(line));
        complemented_ = true;
        return Done{};
    }

    static void note_value_day(const WrittenDay& value, Movement& line) {
        line.value_day = value.day;
        line.proposed_value_day = value.proposed;
        if (value.text.empty() || value.day) return;
        line.doubt = Refusal{
            Code::date_invalid, "mouvement.date_valeur",
            "La date de valeur « " + shown(value.text) + " » n'existe pas" +
                (value.proposed ? " ; le " + value.proposed->french() + " est à confirmer." : ".")};
    }

    Result<Done> take_complement(const Record& record) {
        if (!complemented_) {
            return damaged(record.place(),
                           "un complément (05) vient sans mouvement (04) avant lui.");
        }
        read_complement(record, parties_, open_->movements.back());
        return Done{};
    }

    void finish_movement() {
        if (complemented_) name_counterparty(parties_, open_->movements.back());
        parties_ = {};
        complemented_ = false;
    }

    Result<Done> take_closing(const Record& record) {
        finish_movement();
        const auto balance = balance_of(record);
        if (!balance) return balance.refusal();
        if (*balance->day < *open_->opening->day) {
            return damaged(record.place(), "le solde final est du " + balance->day->french() +
                                               ", avant le solde initial du " +
                                               open_->opening->day->french() + ".");
        }
        note_bank(record);
        open_->closing = *balance;
        open_->last_day = balance->day;
        open_->id = open_->opening->day->iso() + "_" + balance->day->iso();
        fill_currency();
        open_->balances = {*open_->opening, *open_->closing};
        note_obstacles(*open_);
        statements_.push_back(std::move(*open_));
        open_.reset();
        return Done{};
    }

    // Some banks leave it blank on the balances, some on the movements.
    void fill_currency() {
        std::string& currency = open_->currency;
        for (const Movement& line : open_->movements) {
            if (currency.empty()) currency = line.currency;
        }
        for (Movement& line : open_->movements) {
            if (line.currency.empty()) line.currency = currency;
        }
        for (auto* balance : {&*open_->opening, &*open_->closing}) {
            if (!balance->currency.empty()) continue;
            balance->currency = currency;
            open_->remarks.push_back(Refusal{Code::missing, "solde.devise",
                                             "Un solde (" + balance->code +
                                                 ") ne dit pas sa devise ; celle des "
                                                 "mouvements est prise, avec deux décimales."});
        }
    }

    void note_bank(const Record& record) {
        if (record.field(3, 7) == bank_ || open_->remarks.size() >= remarks_max) return;
        open_->remarks.push_back(
            Refusal{Code::malformed, record.place(),
                    "Le code banque « " + shown(record.field(3, 7)) + " » (" + record.place() +
                        ") n'est pas celui du solde initial, « " + shown(bank_) + " »."});
    }

    std::vector<Statement> statements_;
    std::optional<Statement> open_;
    AccountOf account_;      // of the 01 that is open
    std::string_view bank_;  // likewise
    Parties parties_;
    bool complemented_ = false;  // whether a 05 may come: after a 04 of the statement that is open
    std::size_t movements_ = 0;
};

}  // namespace

Result<std::vector<Statement>> read_cfonb120(std::string_view text) {
    return FileReader().read(text);
}

bool looks_like_cfonb120(std::string_view text) {
    const std::size_t begin = text.find_first_not_of("\r\n");
    if (begin == std::string_view::npos) return false;
    const std::string_view head = text.substr(begin, 7);
    constexpr std::array<std::string_view, 4> codes = {"01", "04", "05", "07"};
    return head.size() == 7 && std::ranges::find(codes, head.substr(0, 2)) != codes.end() &&
           std::ranges::all_of(head, [](char c) { return is_digit(c) || is_upper(c); });
}

}  // namespace deodat::bank
