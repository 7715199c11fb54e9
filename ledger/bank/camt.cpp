#include "ledger/bank/camt.h"

#include <algorithm>
#include <array>

#include "ledger/bank/camt_parts.h"
#include "ledger/base/text.h"

namespace deodat::bank {
namespace camt {

Refusal damaged(const std::string& place, const std::string& why) {
    return Refusal{Code::statement_damaged, place, "Le fichier est abîmé (" + place + ") : " + why};
}

Result<SignedAmount> signed_amount(const XmlElement& holder, const std::string& place) {
    const XmlElement amount = holder.child("Amt");
    if (!amount) return damaged(place, "le montant (Amt) manque.");
    if (amount.currency().empty()) {
        return damaged(place, "la devise (Ccy) du montant manque ; EUR est attendu.");
    }
    const auto read = money_from_decimal(place, amount.text());
    if (!read) return damaged(place, read.refusal().message);
    const std::string_view direction = holder.child("CdtDbtInd").text();
    if (direction != "CRDT" && direction != "DBIT") {
        return damaged(place, "le sens (CdtDbtInd) est « " + shown(direction) +
                                  " » ; CRDT ou DBIT est attendu.");
    }
    return SignedAmount{direction == "DBIT" ? -*read : *read, std::string(amount.currency())};
}

namespace {

bool two_digits_at(std::string_view text, std::size_t at) {
    const auto digit = [&](std::size_t i) {
        return i < text.size() && text[i] >= '0' && text[i] <= '9';
    };
    return digit(at) && digit(at + 1);
}

int number_at(std::string_view text, std::size_t at) {
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

// The last day of the month named, when only the day of the month is impossible.
std::optional<Day> last_day_of_month(std::string_view iso) {
    if (!two_digits_at(iso, 8)) return std::nullopt;
    const int day = number_at(iso, 8);
    if (day < 29 || day > 31) return std::nullopt;
    const auto first = Day::parse("date", std::string(iso.substr(0, 8)) + "01");
    if (!first) return std::nullopt;
    return first->plus_months(1).plus_days(-1);
}

bool in_utc(std::string_view clock) {
    return clock.ends_with("Z") || clock.ends_with("+00:00");
}

}  // namespace

WrittenDay written_day(const XmlElement& holder) {
    constexpr std::size_t day_length = 10;
    constexpr std::int64_t minute_microseconds = 60'000'000;
    WrittenDay out;
    out.text = holder.child("Dt") ? text_of(holder.child("Dt")) : text_of(holder.child("DtTm"));
    if (out.text.empty()) return out;
    const std::string_view text = out.text;
    const std::string_view clock = text.substr(std::min(day_length, text.size()));
    if (!clock.empty() && std::string_view("TZ+-").find(clock[0]) == std::string_view::npos) {
        return out;
    }
    const std::string_view iso = text.substr(0, day_length);
    const auto day = Day::parse("date", iso);
    if (!day) {
        out.proposed = last_day_of_month(iso);
        return out;
    }
    out.day = *day;
    const bool has_time = clock.starts_with("T") && two_digits_at(clock, 1) &&
                          two_digits_at(clock, 4) && number_at(clock, 1) < 24;
    if (has_time && in_utc(clock)) {
        const std::int64_t minutes =
            (day->number() * 24 + number_at(clock, 1)) * 60 + number_at(clock, 4);
        out.day = Instant(minutes * minute_microseconds).day_in_paris();
    }
    return out;
}

std::string joined(const std::vector<XmlElement>& elements) {
    std::string out;
    for (const XmlElement& element : elements) {
        if (element.text().empty()) continue;
        if (!out.empty()) out += ' ';
        out += element.text();
    }
    return out;
}

std::string text_of(const XmlElement& element) {
    return std::string(element.text());
}

}  // namespace camt

namespace {

struct MessageType {
    StatementKind kind;
    std::string_view message;    // the element that holds the statements
    std::string_view statement;  // each of them
};

struct KnownType {
    std::string_view prefix;
    MessageType type;
};

constexpr auto known_types = std::to_array<KnownType>({
    {"camt.052.001.", {StatementKind::intraday, "BkToCstmrAcctRpt", "Rpt"}},
    {"camt.053.001.", {StatementKind::end_of_day, "BkToCstmrStmt", "Stmt"}},
    {"camt.054.001.", {StatementKind::notice, "BkToCstmrDbtCdtNtfctn", "Ntfctn"}},
});

constexpr std::string_view iso_prefix = "urn:iso:std:iso:20022:tech:xsd:";

// Document is the root, or stands in an envelope a few levels down.
XmlElement find_document(const XmlElement& element, int depth_left) {
    if (element.name() == "Document") return element;
    if (depth_left == 0) return {};
    for (XmlElement child = element.first_child(); child; child = child.next()) {
        if (const XmlElement found = find_document(child, depth_left - 1)) return found;
    }
    return {};
}

// The message's type by its namespace, which may be declared on the Document or on what it holds.
std::string_view type_of(const XmlElement& document) {
    std::string_view uri = document.declared_namespace();
    if (uri.empty()) uri = document.first_child().declared_namespace();
    return uri.starts_with(iso_prefix) ? uri.substr(iso_prefix.size()) : uri;
}

Result<MessageType> known_type(std::string_view format) {
    for (const KnownType& row : known_types) {
        if (!format.starts_with(row.prefix)) continue;
        const std::string_view version = format.substr(row.prefix.size());
        if (version.size() == 2 && version >= "02" && version <= "13") return row.type;
    }
    return Refusal{Code::not_a_statement, "fichier",
                   "Le fichier est de type « " + shown(format) +
                       " », que Déodat ne lit pas : demandez à la banque un relevé "
                       "camt.053.001.02 à .13."};
}

std::optional<std::int64_t> sequence_number(const XmlElement& element) {
    const std::string_view text = element.text();
    if (text.empty() || text.size() > 18) return std::nullopt;
    std::int64_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

void read_account(const XmlElement& account, Statement& statement) {
    const XmlElement iban = account.at("Id", "IBAN");
    statement.account_text =
        iban ? camt::text_of(iban) : camt::text_of(account.at("Id", "Othr", "Id"));
    if (auto read = Iban::parse("compte", statement.account_text)) {
        statement.account = *read;
        statement.account_text = statement.account->text();
    }
    statement.currency = camt::text_of(account.child("Ccy"));
}

// What a statement says of itself before its entries.
void read_head(const XmlElement& element, Statement& statement) {
    statement.id = camt::text_of(element.child("Id"));
    statement.sequence_number = sequence_number(element.child("ElctrncSeqNb"));
    if (!statement.sequence_number) {
        statement.sequence_number = sequence_number(element.child("LglSeqNb"));
    }
    read_account(element.child("Acct"), statement);
    const XmlElement period = element.child("FrToDt");
    const auto day_of = [&](std::string_view name) -> std::optional<Day> {
        const auto day = Day::parse("période", period.child(name).text().substr(0, 10));
        return day ? std::optional<Day>(*day) : std::nullopt;
    };
    statement.first_day = day_of("FrDtTm");
    statement.last_day = day_of("ToDtTm");
}

Result<Done> read_balances(const XmlElement& element, Statement& statement) {
    const std::string place = "relevé « " + shown(statement.id) + " », solde";
    for (const XmlElement& balance : element.children("Bal")) {
        const std::string code = camt::text_of(balance.at("Tp", "CdOrPrtry", "Cd"));
        auto amount = camt::signed_amount(balance, place + " " + shown(code));
        if (!amount) return amount.refusal();
        statement.balances.push_back(
            {code, amount->amount, amount->currency, camt::written_day(balance.child("Dt")).day});
    }
    return Done{};
}

// Several balances of one code are those of the pages: the first that opens, the last that closes.
void choose_balances(Statement& statement) {
    const Balance* previous = nullptr;
    for (const Balance& balance : statement.balances) {
        if (balance.code == "OPBD" && !statement.opening) statement.opening = balance;
        if (balance.code == "PRCD" && previous == nullptr) previous = &balance;
        if (balance.code == "CLBD") statement.closing = balance;
    }
    if (previous == nullptr) return;
    if (!statement.opening) {
        statement.opening = *previous;
    } else if (statement.opening->amount != previous->amount) {
        statement.remarks.push_back(
            Refusal{Code::statement_balance_mismatch, "solde_initial",
                    "Le solde initial (OPBD, " + french(statement.opening->amount) +
                        ") n'est pas le solde final précédent que la banque rappelle (PRCD, " +
                        french(previous->amount) + ")."});
    }
}

void note_long_texts(Statement& statement) {
    constexpr std::size_t remittance_points_max = 140;
    for (const Movement& movement : statement.movements) {
        const std::size_t points = code_points(movement.remittance);
        if (points <= remittance_points_max) continue;
        if (statement.remarks.size() >= remarks_max) return;
        statement.remarks.push_back(
            Refusal{Code::text_invalid, "mouvement.libelle",
                    "Le libellé du mouvement n° " + std::to_string(movement.ordinal) + " fait " +
                        std::to_string(points) + " caractères ; il est gardé entier."});
    }
}

// How many details an entry has: as many lines, and one for charges, is all that it can give.
std::size_t details_of(const XmlElement& entry) {
    std::size_t details = 0;
    for (XmlElement group = entry.first_child(); group; group = group.next()) {
        if (group.name() != "NtryDtls") continue;
        for (XmlElement child = group.first_child(); child; child = child.next()) {
            if (child.name() == "TxDtls") ++details;
        }
    }
    return details;
}

// Reads a message as it is parsed: an entry as soon as it closes, then what stands around the
// entries of its statement, of which the tree keeps nothing.
class MessageReader {
  public:
    explicit MessageReader(ReversalSign reversal_sign) : reading_{reversal_sign} {}

    Result<XmlTree::Shown> shown(const XmlElement& root, const XmlElement& parent,
                                 const XmlElement& element) {
        const bool entry = element.name() == "Ntry";
        if (!entry && !is_statement_name(element.name())) return XmlTree::Shown::kept;
        if (const auto known = know_type(root); !known) return known.refusal();
        const std::string_view holder = entry ? type_->statement : type_->message;
        const bool in_place = parent.name() == holder;
        if (!in_place || (!entry && element.name() != type_->statement)) {
            return XmlTree::Shown::kept;
        }
        const auto read = entry ? take_entry(parent, element) : take_statement(parent, element);
        if (!read) return read.refusal();
        return XmlTree::Shown::taken;
    }

    // Once the whole file is read; `root` is of what is left of it.
    Result<std::vector<Statement>> statements(const XmlElement& root) {
        if (const auto known = know_type(root); !known) return known.refusal();
        if (statements_.empty()) {
            return camt::damaged("fichier", "il ne contient aucun relevé (" +
                                                std::string(type_->statement) +
                                                ") ; redemandez-le à la banque.");
        }
        return std::move(statements_);
    }

  private:
    static bool is_statement_name(std::string_view name) {
        return std::ranges::any_of(
            known_types, [&](const KnownType& row) { return row.type.statement == name; });
    }

    Result<Done> know_type(const XmlElement& root) {
        constexpr int envelope_levels_max = 4;
        if (type_) return Done{};
        const XmlElement document = find_document(root, envelope_levels_max);
        const std::string_view format = document ? type_of(document) : root.name();
        const auto type = known_type(format);
        if (!type) return type.refusal();
        type_ = *type;
        format_ = format;
        return Done{};
    }

    void open_statement(const XmlElement& element) {
        if (open_) return;
        open_.emplace();
        open_->kind = type_->kind;
        open_->format = format_;
        read_head(element, *open_);
    }

    Result<Done> take_entry(const XmlElement& parent, const XmlElement& entry) {
        open_statement(parent);
        // Before a line is made of it, so that a file of bare elements costs no more than its size.
        if (lines_ + std::max<std::size_t>(1, details_of(entry)) > movements_max) {
            return too_many(movements_max, "mouvements");
        }
        const std::size_t before = open_->movements.size();
        if (const auto read = camt::read_entry(entry, reading_, *open_); !read) return read;
        lines_ += open_->movements.size() - before;
        return Done{};
    }

    Result<Done> take_statement(const XmlElement& message, const XmlElement& element) {
        open_statement(element);
        if (statements_.size() == statements_max) return too_many(statements_max, "relevés");
        open_->message_id = camt::text_of(message.at("GrpHdr", "MsgId"));
        if (const auto read = read_balances(element, *open_); !read) return read.refusal();
        choose_balances(*open_);
        note_long_texts(*open_);
        note_obstacles(*open_);
        statements_.push_back(std::move(*open_));
        open_.reset();
        return Done{};
    }

    camt::Reading reading_;
    std::optional<MessageType> type_;
    std::string format_;
    std::optional<Statement> open_;  // whose entries are being read
    std::vector<Statement> statements_;
    std::size_t lines_ = 0;
};

}  // namespace

Result<std::vector<Statement>> read_camt(std::string_view xml, ReversalSign reversal_sign) {
    MessageReader reader(reversal_sign);
    const auto tree = XmlTree::stream(
        xml, [&](const XmlElement& root, const XmlElement& parent, const XmlElement& element) {
            return reader.shown(root, parent, element);
        });
    if (!tree) return tree.refusal();
    return reader.statements(tree->root());
}

}  // namespace deodat::bank
