#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "reports/transfers/payment_file.h"

namespace deodat::reports {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void text(Writer& json, std::string_view name, std::string_view value) {
    json.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

void amount(Writer& json, const char* name, const std::optional<Money>& value) {
    json.Key(name);
    if (value) {
        json.Int64(value->cents());
    } else {
        json.Null();
    }
}

void reasons(Writer& json, const std::vector<Refusal>& faults) {
    json.Key("reasons");
    json.StartArray();
    for (const Refusal& fault : faults) {
        json.StartObject();
        text(json, "code", code_name(fault.code));
        text(json, "field", fault.field);
        text(json, "message", fault.message);
        json.EndObject();
    }
    json.EndArray();
}

void write(Writer& json, const ReadTransfers& file) {
    text(json, "kind", "transfers");
    text(json, "format", file.format);
    text(json, "id", file.message_id);
    text(json, "created", file.created);
    json.Key("debtor");
    json.StartObject();
    text(json, "name", file.debtor_name);
    text(json, "account", file.debtor_account);
    json.EndObject();
    text(json, "announced_count", file.announced_count);
    text(json, "announced_sum", file.announced_sum);
    json.Key("count");
    json.Uint64(file.transfers.size());
    amount(json, "sum_cents", file.sum);
    json.Key("sendable");
    json.Bool(file.faults.empty());
    if (file.is_signed) text(json, "signature", "not_verified");
    reasons(json, file.faults);
    json.Key("transfers");
    json.StartArray();
    for (const ReadTransfer& transfer : file.transfers) {
        json.StartObject();
        text(json, "block", transfer.block_id);
        text(json, "id", transfer.end_to_end_id);
        text(json, "instruction", transfer.instruction_id);
        amount(json, "amount_cents", transfer.amount);
        text(json, "currency", transfer.currency);
        text(json, "creditor", transfer.creditor_name);
        text(json, "account", transfer.creditor_account);
        text(json, "remittance", transfer.remittance);
        text(json, "execution_day", transfer.execution_day);
        json.EndObject();
    }
    json.EndArray();
}

void write(Writer& json, const bank::StatusReport& report) {
    text(json, "kind", "status");
    text(json, "format", report.format);
    text(json, "id", report.id);
    text(json, "created", report.created);
    text(json, "original_file", report.original_file);
    text(json, "original_format", report.original_format);
    text(json, "collectivity", report.collectivity);
    reasons(json, report.remarks);
    json.Key("statuses");
    json.StartArray();
    for (const bank::StatusItem& item : report.items) {
        json.StartObject();
        text(json, "level", bank::status_level_name(item.level));
        text(json, "block", item.block);
        text(json, "id", item.id);
        text(json, "instruction", item.instruction);
        text(json, "status", item.code);
        text(json, "stage", bank::stage_name(item.stage));
        text(json, "day", item.day ? item.day->iso() : "");
        amount(json, "amount_cents", item.amount);
        json.Key("told");
        json.StartArray();
        for (const bank::StatusReason& reason : item.reasons) {
            json.StartObject();
            text(json, "code", reason.code);
            text(json, "message", reason.french);
            json.EndObject();
        }
        json.EndArray();
        json.EndObject();
    }
    json.EndArray();
}

}  // namespace

std::string payment_file_json(const PaymentFile& file) {
    rapidjson::StringBuffer out;
    Writer json(out);
    json.StartObject();
    std::visit([&](const auto& read) { write(json, read); }, file);
    json.EndObject();
    return out.GetString();
}

}  // namespace deodat::reports
