#include "ledger/base/text.h"
#include "reports/transfers/payment_file.h"

namespace deodat::reports {
namespace {

// « pain.001.001.09 « M1 » du 2026-11-25T10:00:00 »
std::string headline(const std::string& format, const std::string& id, const std::string& created) {
    return format + " « " + shown(id) + " »" + (created.empty() ? "" : " du " + shown(created)) +
           "\n";
}

void list(std::string& out, const std::vector<Refusal>& faults) {
    for (const Refusal& fault : faults) {
        out += "  - " + shown(fault.field) + " : " + fault.message + " (" +
               std::string(code_name(fault.code)) + ")\n";
    }
}

std::string shown_text(const ReadTransfers& file) {
    std::string out = headline(file.format, file.message_id, file.created);
    out += "Donneur d'ordre : " + shown(file.debtor_name) + ", " + shown(file.debtor_account) +
           "\n" + std::to_string(file.transfers.size()) + " virement" +
           (file.transfers.size() > 1 ? "s, " : ", ") +
           (file.sum ? french(*file.sum) : "somme illisible") +
           " (annoncé : " + shown(file.announced_count) + ", " + shown(file.announced_sum) +
           ")\n\n";
    for (const ReadTransfer& transfer : file.transfers) {
        out += "  " + shown(transfer.end_to_end_id) + "  " +
               (transfer.amount ? french(*transfer.amount) : "montant illisible") + "  " +
               shown(transfer.creditor_name) + "  " + shown(transfer.creditor_account) + "  " +
               shown(transfer.remittance) + "\n";
    }
    if (file.is_signed) out += "\nSigné ; la signature n'est pas vérifiée ici.\n";
    if (file.faults.empty()) return out + "\nÀ envoyer : rien ne s'y oppose dans le fichier.\n";
    out += "\nÀ ne pas envoyer :\n";
    list(out, file.faults);
    return out;
}

std::string shown_text(const bank::StatusReport& report) {
    std::string out = headline(report.format, report.id, report.created);
    if (!report.original_file.empty()) {
        out += "Au sujet du fichier « " + shown(report.original_file) + " »\n";
    }
    out += "\n";
    for (const bank::StatusItem& item : report.items) {
        out += "  ";
        for (const std::string* part : {&item.block, &item.id, &item.instruction}) {
            if (!part->empty()) out += shown(*part) + "  ";
        }
        if (item.level == bank::StatusLevel::file) out += "le fichier  ";
        out += std::string(bank::stage_label(item.stage)) + " (" + shown(item.code) + ")";
        if (item.day) out += " le " + item.day->french();
        for (const bank::StatusReason& reason : item.reasons) {
            out += "\n      " + shown(reason.code) + " : " + shown(reason.french, 300);
        }
        out += "\n";
    }
    if (!report.remarks.empty()) out += "\nRemarques :\n";
    list(out, report.remarks);
    return out;
}

}  // namespace

std::string payment_file_text(const PaymentFile& file) {
    return std::visit([](const auto& read) { return shown_text(read); }, file);
}

}  // namespace deodat::reports
