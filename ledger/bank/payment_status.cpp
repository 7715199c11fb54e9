#include "ledger/bank/payment_status.h"

#include <array>

#include "ledger/bank/payment_status_parts.h"
#include "ledger/base/named.h"
#include "ledger/base/text.h"

namespace deodat::bank {
namespace {

struct StageRow {
    std::string_view name;
    std::string_view label;
};
constexpr std::array<StageRow, stage_count> stages = {{
    {"unknown", "sans effet connu"},
    {"received", "reçu"},
    {"technically_accepted", "accepté techniquement"},
    {"accepted", "accepté"},
    {"taken_in_charge", "pris en charge"},
    {"announced_paid", "annoncé comme exécuté"},
    {"rejected", "rejeté"},
}};

}  // namespace

std::string_view stage_name(Stage stage) {
    return stages.at(static_cast<std::size_t>(stage)).name;
}

std::string_view stage_label(Stage stage) {
    return stages.at(static_cast<std::size_t>(stage)).label;
}

std::optional<Stage> stage_of(std::string_view name) {
    return named<Stage>(stages, name, &StageRow::name);
}

std::string_view status_level_name(StatusLevel level) {
    switch (level) {
        case StatusLevel::file:
            return "file";
        case StatusLevel::block:
            return "block";
        case StatusLevel::line:
            return "line";
        case StatusLevel::attachment:
            return "attachment";
    }
    broken_invariant("level", "a level is one of four", __FILE__, __LINE__);
}

namespace status {

Refusal damaged(const std::string& place, const std::string& why) {
    return Refusal{Code::payment_file_damaged, place,
                   "Le fichier est abîmé (" + place + ") : " + why};
}

Result<Done> add(StatusReport& report, StatusItem item) {
    if (report.items.size() >= status_items_max) {
        return damaged("fichier", "il dit plus de " + std::to_string(status_items_max) +
                                      " statuts ; il doit être scindé.");
    }
    report.items.push_back(std::move(item));
    return Done{};
}

void remark(StatusReport& report, std::string field, std::string message) {
    constexpr std::size_t remarks_max = 100;  // more would say nothing more
    if (report.remarks.size() >= remarks_max) return;
    report.remarks.push_back(
        Refusal{Code::payment_file_damaged, std::move(field), std::move(message)});
}

}  // namespace status

bool is_payment_status(const XmlTree& tree) {
    return status::is_pain002(tree) || status::is_acquit(tree) || status::is_retour(tree);
}

Result<StatusReport> read_payment_status(const XmlTree& tree) {
    if (status::is_pain002(tree)) return status::read_pain002(tree);
    if (status::is_acquit(tree)) return status::read_acquit(tree);
    if (status::is_retour(tree)) return status::read_retour(tree);
    const std::string_view name_space = tree.root().declared_namespace();
    return Refusal{Code::not_a_payment_file, "fichier",
                   "Le fichier est de type « " +
                       shown(name_space.empty() ? tree.root().name() : name_space) +
                       " » ; un pain.002, un PES Acquit ou un PES Retour est attendu."};
}

Result<XmlTree> payment_tree(std::string_view xml) {
    return XmlTree::parse(xml, {"Ccy", "V"});
}

Result<StatusReport> read_payment_status(std::string_view xml) {
    const auto tree = payment_tree(xml);
    if (!tree) return tree.refusal();
    return read_payment_status(*tree);
}

}  // namespace deodat::bank
