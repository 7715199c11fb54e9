#include "reports/transfers/payment_file.h"

#include <map>
#include <tuple>

#include "ledger/base/text.h"

namespace deodat::reports {
namespace {

void note(ReadTransfers& file, Code code, std::string field, std::string message) {
    if (file.faults.size() >= faults_max) return;
    file.faults.push_back(Refusal{code, std::move(field), std::move(message)});
}

// A day that is past when the file leaves: once a day, however many transfers ask for it.
void check_days(ReadTransfers& file, Day sending) {
    std::map<std::string, bool> seen;
    for (const ReadTransfer& transfer : file.transfers) {
        if (!seen.emplace(transfer.execution_day, true).second) continue;
        const auto day = Day::parse("ReqdExctnDt", transfer.execution_day);
        if (!day || *day >= sending) continue;
        note(file, Code::transfer_day, "ReqdExctnDt",
             "Le jour demandé, " + day->french() + ", est passé : le fichier est à refaire.");
    }
}

// The same payment twice under two identifiers. That it is wanted, only a person can say.
void check_repeated(ReadTransfers& file) {
    using Payment = std::tuple<std::string, std::int64_t, std::string>;
    std::map<Payment, const ReadTransfer*> seen;
    for (const ReadTransfer& transfer : file.transfers) {
        if (!transfer.amount || transfer.creditor_account.empty()) continue;
        const auto [first, fresh] = seen.emplace(
            Payment{transfer.creditor_account, transfer.amount->cents(), transfer.remittance},
            &transfer);
        if (fresh) continue;
        note(file, Code::duplicate, shown(transfer.end_to_end_id),
             "Le virement « " + shown(transfer.end_to_end_id) + " » répète « " +
                 shown(first->second->end_to_end_id) + " » : même compte, même montant (" +
                 french(*transfer.amount) + "), même libellé.");
    }
}

}  // namespace

Result<PaymentFile> read_payment_file(std::string_view bytes, Day sending) {
    const auto tree = bank::payment_tree(bytes);
    if (!tree) return tree.refusal();
    if (bank::is_payment_status(*tree)) {
        auto report = bank::read_payment_status(*tree);
        if (!report) return report.refusal();
        return PaymentFile(std::move(*report));
    }
    const bool pes = is_pes_aller(*tree);
    if (!pes && !is_pain001(*tree)) {
        const std::string_view name_space = tree->root().declared_namespace();
        return Refusal{Code::not_a_payment_file, "fichier",
                       "Le fichier est de type « " +
                           shown(name_space.empty() ? tree->root().name() : name_space) +
                           " » ; un pain.001, un pain.002, un PES Aller dépense, un PES Acquit ou "
                           "un PES Retour est attendu."};
    }
    auto file = pes ? read_pes_aller(*tree) : read_pain001(*tree);
    if (!file) return file.refusal();
    if (!pes) {
        check_days(*file, sending);
        check_repeated(*file);
    }
    return PaymentFile(std::move(*file));
}

}  // namespace deodat::reports
