#include "ledger/payments/electronic/invoice_json.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace deodat::payments::electronic {
namespace {

class JsonWriter {
  public:
    std::string take() const { return {buffer_.GetString(), buffer_.GetSize()}; }

    void whole(const ElectronicInvoice& invoice, const Checks& checks) {
        writer_.StartObject();
        text("syntax", syntax_name(invoice.syntax));
        text("profile", invoice.profile);
        text("pdf_name", invoice.pdf_name);
        text("number", invoice.number);
        text("type_code", invoice.type_code);
        text("kind", kind_name(invoice.kind));
        day("issued_on", invoice.issued_on);
        day("due_on", invoice.due_on);
        day("delivered_on", invoice.delivered_on);
        text("currency", invoice.currency);
        list("notes", invoice.notes, [&](const std::string& note) { string(note); });
        party("seller", invoice.seller);
        party("buyer", invoice.buyer);
        party("payee", invoice.payee);
        text("order", invoice.order);
        text("quote", invoice.quote);
        text("contract", invoice.contract);
        text("project", invoice.project);
        list("precedents", invoice.precedents, [&](const Precedent& p) { precedent(p); });
        list("lines", invoice.lines, [&](const Line& l) { line(l); });
        list("adjustments", invoice.adjustments, [&](const Adjustment& a) { adjustment(a); });
        list("vat", invoice.vat, [&](const VatShare& share) { vat(share); });
        totals(invoice.totals);
        list("payment_means", invoice.payment_means, [&](const PaymentMeans& m) { means(m); });
        list("attachments", invoice.attachments, [&](const Attachment& a) { attachment(a); });
        recomputed(checks.recomputed);
        list("obstacles", checks.obstacles, [&](const Refusal& fault) { refusal(fault); });
        list("remarks", checks.remarks, [&](const Refusal& fault) { refusal(fault); });
        writer_.EndObject();
    }

  private:
    void string(std::string_view value) {
        writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }
    void text(const char* name, std::string_view value) {
        writer_.Key(name);
        string(value);
    }
    void money(const char* name, Money amount) {
        writer_.Key(name);
        writer_.Int64(amount.cents());
    }
    void money(const char* name, const std::optional<Money>& amount) {
        if (amount) {
            money(name, *amount);
        } else {
            null(name);
        }
    }
    void null(const char* name) {
        writer_.Key(name);
        writer_.Null();
    }
    void decimal(const char* name, const std::optional<Decimal>& value) {
        if (value) {
            text(name, value->text());
        } else {
            null(name);
        }
    }
    // A rate finer than the basis point is no French one: null, as the checks say why.
    void rate(const std::optional<Decimal>& value) {
        const auto bp = value ? value->hundredths() : std::nullopt;
        writer_.Key("vat_bp");
        if (bp) {
            writer_.Int64(*bp);
        } else {
            writer_.Null();
        }
    }
    void day(const char* name, const WrittenDay& written) {
        if (written.day) {
            text(name, written.day->iso());
        } else {
            null(name);
        }
    }
    template <class T, class Write>
    void list(const char* name, const std::vector<T>& values, Write write) {
        writer_.Key(name);
        writer_.StartArray();
        for (const T& value : values) write(value);
        writer_.EndArray();
    }

    void party(const char* name, const Party& party) {
        writer_.Key(name);
        writer_.StartObject();
        text("name", party.name);
        text("siret", party.siret);
        text("siren", party.siren);
        text("vat_number", party.vat_number);
        text("line", party.line);
        text("postcode", party.postcode);
        text("town", party.town);
        text("country", party.country);
        writer_.EndObject();
    }

    void precedent(const Precedent& precedent) {
        writer_.StartObject();
        text("number", precedent.number);
        day("issued_on", precedent.issued_on);
        text("type_code", precedent.type_code);
        writer_.EndObject();
    }

    void line(const Line& line) {
        writer_.StartObject();
        text("id", line.id);
        text("name", line.name);
        text("description", line.description);
        writer_.Key("counted");
        writer_.Bool(line.counted);
        decimal("quantity", line.quantity);
        text("unit", line.unit);
        decimal("price", line.price);
        decimal("price_per", line.price_per);
        money("net_cents", line.net);
        text("vat_category", line.category);
        rate(line.rate);
        list("adjustments", line.adjustments, [&](const Adjustment& a) { adjustment(a); });
        text("order_line", line.order_line);
        writer_.EndObject();
    }

    void adjustment(const Adjustment& adjustment) {
        writer_.StartObject();
        text("kind", adjustment.charge ? "charge" : "allowance");
        money("amount_cents", adjustment.amount);
        text("reason", adjustment.reason);
        text("vat_category", adjustment.category);
        rate(adjustment.rate);
        writer_.EndObject();
    }

    void vat(const VatShare& share) {
        writer_.StartObject();
        text("vat_category", share.category);
        rate(share.rate);
        money("base_cents", share.base);
        money("vat_cents", share.amount);
        text("exemption", share.exemption);
        writer_.EndObject();
    }

    void totals(const Totals& totals) {
        writer_.Key("totals");
        writer_.StartObject();
        money("lines_cents", totals.lines);
        money("allowances_cents", totals.allowances);
        money("charges_cents", totals.charges);
        money("net_cents", totals.net);
        money("vat_cents", totals.vat);
        money("gross_cents", totals.gross);
        money("prepaid_cents", totals.prepaid);
        money("rounding_cents", totals.rounding);
        money("due_cents", totals.due);
        writer_.EndObject();
    }

    void means(const PaymentMeans& means) {
        writer_.StartObject();
        text("code", means.code);
        text("account_as_written", means.account);
        writer_.Key("payable");
        writer_.Bool(false);
        text("account_name", means.account_name);
        text("bic", means.bic);
        writer_.EndObject();
    }

    void attachment(const Attachment& attachment) {
        writer_.StartObject();
        text("name", attachment.name);
        text("media_type", attachment.media_type);
        text("description", attachment.description);
        text("location", attachment.location);
        writer_.Key("bytes");
        writer_.Uint64(attachment.bytes);
        writer_.Key("in_pdf");
        writer_.Bool(attachment.in_pdf);
        writer_.EndObject();
    }

    void recomputed(const std::optional<Recomputed>& sums) {
        if (!sums) {
            null("recomputed");
            return;
        }
        writer_.Key("recomputed");
        writer_.StartObject();
        money("lines_cents", sums->lines);
        money("net_cents", sums->net);
        money("vat_cents", sums->vat);
        money("gross_cents", sums->gross);
        money("gap_cents", sums->gap);
        money("tolerance_cents", sums->tolerance);
        writer_.EndObject();
    }

    void refusal(const Refusal& refusal) {
        writer_.StartObject();
        text("code", code_name(refusal.code));
        text("field", refusal.field);
        text("message", refusal.message);
        writer_.EndObject();
    }

    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace

std::string invoice_json(const ElectronicInvoice& invoice, const Checks& checks) {
    JsonWriter writer;
    writer.whole(invoice, checks);
    return writer.take();
}

}  // namespace deodat::payments::electronic
