#include "api/desks/treasury/statement_json.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <ostream>

namespace deodat::treasury_desk {
namespace {

class StatementWriter {
  public:
    explicit StatementWriter(std::ostream& out) : out_(out) {}

    void file(const std::vector<bank::Statement>& statements) {
        writer_.StartObject();
        key("bookable");
        writer_.Bool(std::ranges::all_of(
            statements, [](const bank::Statement& statement) { return statement.bookable(); }));
        key("reasons");
        writer_.StartArray();
        for (std::size_t i = 0; i < statements.size(); ++i) {
            for (const Refusal& reason : statements[i].obstacles) refusal(reason, i + 1);
        }
        writer_.EndArray();
        key("statements");
        writer_.StartArray();
        for (const bank::Statement& one : statements) statement(one);
        writer_.EndArray();
        writer_.EndObject();
        flush();
        out_ << '\n';
    }

  private:
    void statement(const bank::Statement& statement) {
        writer_.StartObject();
        text("format", statement.format);
        text("kind", statement_kind_name(statement.kind));
        text("message_id", statement.message_id);
        text("id", statement.id);
        key("sequence_number");
        if (statement.sequence_number) {
            writer_.Int64(*statement.sequence_number);
        } else {
            writer_.Null();
        }
        text("account", statement.account_text);
        truth("account_is_iban", statement.account.has_value());
        text("currency", statement.currency);
        day("first_day", statement.first_day);
        day("last_day", statement.last_day);
        balance_or_null("opening", statement.opening);
        balance_or_null("closing", statement.closing);
        key("balances");
        writer_.StartArray();
        for (const bank::Balance& one : statement.balances) balance(one);
        writer_.EndArray();
        number("movement_count", static_cast<std::int64_t>(statement.movements.size()));
        key("booked_sum_cents");
        if (const auto sum = statement.booked_sum()) {
            writer_.Int64(sum->cents());
        } else {
            writer_.Null();
        }
        truth("bookable", statement.bookable());
        refusals("reasons", statement.obstacles);
        refusals("remarks", statement.remarks);
        key("movements");
        writer_.StartArray();
        for (const bank::Movement& line : statement.movements) {
            movement(line);
            flush();
        }
        writer_.EndArray();
        writer_.EndObject();
    }

    void movement(const bank::Movement& line) {
        writer_.StartObject();
        number("ordinal", line.ordinal);
        number("entry_ordinal", line.entry_ordinal);
        day("booking_date", line.booking_day);
        day("value_date", line.value_day);
        number("amount_cents", line.amount.cents());
        text("currency", line.currency);
        text("status", movement_status_name(line.status));
        truth("reversal", line.reversal);
        truth("charges", line.charges);
        text("return_reason", line.return_reason);
        text("end_to_end_id", line.end_to_end_id);
        text("counterparty_name", line.counterparty_name);
        text("counterparty_iban", line.counterparty_iban);
        text("remittance", line.remittance);
        text("bank_code", line.bank_code);
        text("bank_label", line.bank_label);
        references(line.references);
        if (line.announced_details > 0) number("batch_transactions", line.announced_details);
        if (line.proposed_booking_day) day("proposed_booking_date", line.proposed_booking_day);
        if (line.proposed_value_day) day("proposed_value_date", line.proposed_value_day);
        if (line.doubt) {
            key("doubt");
            refusal(*line.doubt);
        }
        writer_.EndObject();
    }

    void references(const bank::References& references) {
        key("references");
        writer_.StartObject();
        const auto said = [&](const char* name, const std::string& value) {
            if (!value.empty()) text(name, value);
        };
        said("entry", references.entry);
        said("servicer", references.servicer);
        said("message", references.message);
        said("payment_information", references.payment_information);
        said("instruction", references.instruction);
        said("transaction", references.transaction);
        said("mandate", references.mandate);
        said("uetr", references.uetr);
        said("creditor_reference", references.creditor_reference);
        writer_.EndObject();
    }

    void balance(const bank::Balance& balance) {
        writer_.StartObject();
        text("code", balance.code);
        number("amount_cents", balance.amount.cents());
        text("currency", balance.currency);
        day("date", balance.day);
        writer_.EndObject();
    }

    void balance_or_null(const char* name, const std::optional<bank::Balance>& one) {
        key(name);
        if (one) {
            balance(*one);
        } else {
            writer_.Null();
        }
    }

    void refusals(const char* name, const std::vector<Refusal>& all) {
        key(name);
        writer_.StartArray();
        for (const Refusal& one : all) refusal(one);
        writer_.EndArray();
    }

    // Of the statement of that rank in its file, where the file's are told together.
    void refusal(const Refusal& refusal, std::size_t statement_rank = 0) {
        writer_.StartObject();
        if (statement_rank > 0) number("statement", static_cast<std::int64_t>(statement_rank));
        text("code", code_name(refusal.code));
        text("field", refusal.field);
        text("message", refusal.message);
        writer_.EndObject();
    }

    void key(const char* name) { writer_.Key(name); }
    void text(const char* name, std::string_view value) {
        key(name);
        writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }
    void number(const char* name, std::int64_t value) {
        key(name);
        writer_.Int64(value);
    }
    void truth(const char* name, bool value) {
        key(name);
        writer_.Bool(value);
    }
    void day(const char* name, const std::optional<Day>& value) {
        key(name);
        if (value) {
            const std::string iso = value->iso();
            writer_.String(iso.c_str(), static_cast<rapidjson::SizeType>(iso.size()));
        } else {
            writer_.Null();
        }
    }
    // A statement of megabytes is never held as a whole.
    void flush() {
        out_.write(buffer_.GetString(), static_cast<std::streamsize>(buffer_.GetSize()));
        buffer_.Clear();
    }

    std::ostream& out_;
    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

std::string french_or(const std::optional<Day>& day, const std::string& otherwise) {
    return day ? day->french() : otherwise;
}

void write_balance(std::ostream& out, const char* name, const std::optional<bank::Balance>& one) {
    out << "  " << name << " : ";
    if (!one) {
        out << "non dit\n";
        return;
    }
    out << french(one->amount) << (one->currency == "EUR" ? "" : " [" + one->currency + "]")
        << " au " << french_or(one->day, "jour non dit") << "\n";
}

void write_movement(std::ostream& out, const bank::Movement& line) {
    out << "  " << line.ordinal << ". " << french_or(line.booking_day, "date inconnue") << "  "
        << french(line.amount);
    if (line.currency != "EUR") out << " [" << line.currency << "]";
    for (const std::string* part :
         {&line.counterparty_name, &line.bank_label, &line.remittance, &line.end_to_end_id}) {
        if (!part->empty()) out << "  " << *part;
    }
    if (line.status == bank::MovementStatus::pending) out << "  (annoncé)";
    if (line.status == bank::MovementStatus::information) out << "  (pour information)";
    if (line.reversal) out << "  (annulation)";
    if (line.charges) out << "  (frais)";
    if (!line.return_reason.empty()) out << "  (retour " << line.return_reason << ")";
    out << "\n";
    if (line.doubt) out << "     " << line.doubt->message << "\n";
}

}  // namespace

void write_json(std::ostream& out, const std::vector<bank::Statement>& statements) {
    StatementWriter(out).file(statements);
}

void write_text(std::ostream& out, const std::vector<bank::Statement>& statements) {
    for (const bank::Statement& one : statements) {
        out << "Relevé « " << one.id << " » (" << one.format << "), compte " << one.account_text
            << "\n";
        write_balance(out, "Solde initial", one.opening);
        for (const bank::Movement& line : one.movements) write_movement(out, line);
        write_balance(out, "Solde final", one.closing);
        out << (one.bookable() ? "  Peut être comptabilisé.\n"
                               : "  Ne peut pas être comptabilisé :\n");
        for (const Refusal& reason : one.obstacles) out << "  - " << reason.message << "\n";
        for (const Refusal& remark : one.remarks) out << "  À noter : " << remark.message << "\n";
    }
}

}  // namespace deodat::treasury_desk
