#include "ledger/bank/status_booking.h"

#include <algorithm>
#include <map>

#include "ledger/base/canonical.h"
#include "ledger/base/text.h"
#include "ledger/people/person.h"

namespace deodat::bank {
namespace {

using payments::Transfer;
using payments::TransferFile;
using payments::TransferState;

// What one item says of one transfer, and how specifically: file, block, piece, line of a piece.
struct Said {
    int specific;
    const StatusItem* item;
};

// A transfer of ours, and all that the report says of it.
struct Told {
    Transfer transfer;
    std::vector<Said> said;
};

int specificity(const StatusItem& item) {
    if (item.level == StatusLevel::file) return 0;
    if (item.level == StatusLevel::block) return 1;
    return item.instruction.empty() ? 2 : 3;
}

std::string name_of(const StatusItem& item) {
    std::string out(status_level_name(item.level));
    for (const std::string* part : {&item.block, &item.id, &item.instruction}) {
        if (!part->empty()) out += " " + shown(*part);
    }
    return out;
}

Refusal doubt(const Transfer& transfer, const std::string& why) {
    return Refusal{Code::status_doubtful, transfer.end_to_end_id,
                   "Virement " + transfer.end_to_end_id + " (" + french(transfer.amount) +
                       ") : " + why + " Rien n'est changé."};
}

// ---- what a report is about

void add_file(const TransferFile& file, std::map<std::int64_t, Told>& ours) {
    for (const Transfer& transfer : file.transfers)
        ours.try_emplace(transfer.id, Told{transfer, {}});
}

std::map<std::int64_t, Told> told_by_bank(store::Database& db, const StatusReport& report,
                                          StatusOutcome& outcome) {
    std::map<std::int64_t, Told> ours;
    const auto file = payments::transfer_file_by_message_id(db, report.original_file);
    if (!file || file->format == payments::FileFormat::pes_aller) {
        outcome.unmatched.push_back("fichier " + shown(report.original_file));
        return ours;
    }
    add_file(*file, ours);
    for (const StatusItem& item : report.items) {
        bool matched = item.level == StatusLevel::file;
        // Our files have one block, which bears the file's name.
        const bool our_block = item.block == file->message_id;
        for (auto& [id, told] : ours) {
            const bool about = item.level == StatusLevel::file ||
                               (our_block && (item.level == StatusLevel::block ||
                                              item.id == told.transfer.end_to_end_id));
            if (!about) continue;
            matched = true;
            // A line of pain.002 has an InstrId that is no finer than itself.
            told.said.push_back({std::min(specificity(item), 2), &item});
        }
        if (!matched) outcome.unmatched.push_back(name_of(item));
    }
    return ours;
}

std::optional<TransferFile> file_of_bordereau(store::Database& db, const StatusReport& report,
                                              const std::string& bordereau) {
    auto rows = db.select(
        "SELECT file FROM transfer_file_content WHERE siret = ? AND bordereau > 0"
        " AND year || '/' || bordereau = ?",
        report.collectivity, bordereau);
    if (!rows.next()) return std::nullopt;
    return payments::find_transfer_file(db, rows.integer(0));
}

void tell_attachment(store::Database& db, const StatusItem& item, StatusOutcome& outcome) {
    const auto transfer = payments::transfer_by_end_to_end_id(db, item.id);
    if (!transfer) {
        outcome.unmatched.push_back(name_of(item));
    } else if (item.stage == Stage::rejected) {
        std::string why;
        for (const StatusReason& reason : item.reasons) why += " " + reason.french + ".";
        outcome.remarks.push_back(doubt(*transfer, "sa pièce jointe est refusée." + why));
    }
}

std::map<std::int64_t, Told> told_by_accountant(store::Database& db, const StatusReport& report,
                                                StatusOutcome& outcome) {
    std::map<std::int64_t, Told> ours;
    std::map<std::string, std::optional<TransferFile>> bordereaux;
    for (const StatusItem& item : report.items) {
        if (item.level == StatusLevel::attachment) {
            tell_attachment(db, item, outcome);
            continue;
        }
        std::optional<TransferFile> flow;
        if (item.level == StatusLevel::file) {
            flow = payments::transfer_file_by_message_id(db, report.original_file);
            if (flow && (!flow->collectivity || flow->collectivity->siret != report.collectivity)) {
                flow.reset();
            }
        } else {
            const auto [at, fresh] = bordereaux.try_emplace(item.block);
            if (fresh) at->second = file_of_bordereau(db, report, item.block);
            flow = at->second;
        }
        bool matched = false;
        if (flow) {
            add_file(*flow, ours);
            for (const Transfer& transfer : flow->transfers) {
                const bool about =
                    item.level != StatusLevel::line || item.id == std::to_string(transfer.mandate);
                if (!about) continue;
                matched = true;
                ours.at(transfer.id).said.push_back({specificity(item), &item});
            }
        }
        if (!matched) outcome.unmatched.push_back(name_of(item));
    }
    return ours;
}

// ---- what it means for a transfer

struct Verdict {
    const StatusItem* item = nullptr;  // none: nothing that changes anything
    std::string contradiction;
};

Verdict verdict_of(const Told& told) {
    const Said* rejection = nullptr;
    const Said* best = nullptr;
    for (const Said& said : told.said) {
        const StatusItem& item = *said.item;
        if (item.amount && *item.amount != told.transfer.amount) {
            return {nullptr, "le compte rendu parle de " + french(*item.amount) + "."};
        }
        if (item.stage == Stage::unknown) continue;
        if (item.stage == Stage::rejected) {
            if (rejection == nullptr || said.specific >= rejection->specific) rejection = &said;
        } else if (best == nullptr || item.stage > best->item->stage) {
            best = &said;
        }
    }
    if (rejection == nullptr) return {best == nullptr ? nullptr : best->item, {}};
    for (const Said& said : told.said) {
        const Stage stage = said.item->stage;
        const bool positive = stage != Stage::unknown && stage != Stage::rejected;
        if (positive && said.specific >= rejection->specific) {
            return {nullptr, "le compte rendu le dit rejeté et aussi " +
                                 std::string(stage_label(stage)) + "."};
        }
    }
    return {rejection->item, {}};
}

// The reasons of a rejection, or of what stands above it when it gives none.
std::vector<StatusReason> reasons_of(const Told& told, const StatusItem& item) {
    if (!item.reasons.empty()) return item.reasons;
    std::vector<StatusReason> out;
    for (const Said& said : told.said) {
        if (said.item->stage == item.stage && !said.item->reasons.empty()) out = said.item->reasons;
    }
    return out;
}

std::string told_in_french(const std::vector<StatusReason>& reasons, const StatusItem& item) {
    constexpr std::size_t shown_max = 1'000;  // characters kept and shown
    std::string out;
    for (const StatusReason& reason : reasons) {
        if (!out.empty()) out += " ; ";
        if (!reason.code.empty()) out += reason.code + " : ";
        out += reason.french;
        if (out.size() > shown_max) break;
    }
    if (out.empty() && item.stage == Stage::rejected) {
        out = item.level == StatusLevel::block ? "le bordereau ou le bloc entier est refusé"
                                               : "sans motif";
    }
    return shown(out, shown_max);
}

void remark_verification(const Told& told, StatusOutcome& outcome) {
    for (const Said& said : told.said) {
        const std::string& code = said.item->code;
        if (code != "RVNM" && code != "RVMC") continue;
        outcome.remarks.push_back(doubt(
            told.transfer,
            "la vérification du bénéficiaire répond que le nom " +
                std::string(code == "RVNM" ? "ne correspond pas" : "ne correspond qu'à peu près") +
                " au compte."));
    }
}

struct Applying {
    store::Transaction& tx;
    std::int64_t report;
    PersonId accountant;
    payments::Rejection rejection;
};

Result<Done> apply(const Applying& with, const Told& told, StatusOutcome& outcome) {
    store::Database& db = with.tx.db();
    remark_verification(told, outcome);
    const Verdict verdict = verdict_of(told);
    if (!verdict.contradiction.empty()) {
        outcome.remarks.push_back(doubt(told.transfer, verdict.contradiction));
        return Done{};
    }
    const Stage before = standing_of(db, told.transfer.id).stage;
    if (verdict.item == nullptr || verdict.item->stage == before) {
        ++outcome.unchanged;
        return Done{};
    }
    const StatusItem& item = *verdict.item;
    if (told.transfer.state != TransferState::sent) {
        const bool against =
            (item.stage == Stage::rejected) == (told.transfer.state != TransferState::rejected);
        if (against) {
            outcome.remarks.push_back(
                doubt(told.transfer, "il est dit " + std::string(stage_label(item.stage)) +
                                         " alors que son dénouement est déjà enregistré."));
        } else {
            ++outcome.unchanged;
        }
        return Done{};
    }
    if (item.stage < before) {
        ++outcome.unchanged;
        return Done{};
    }
    const auto reasons = reasons_of(told, item);
    const std::string code = reasons.empty() ? "" : shown(reasons.front().code);
    const std::string french = told_in_french(reasons, item);
    if (item.stage == Stage::rejected) {
        auto freed =
            payments::transfer_rejected(with.tx, told.transfer.id, with.rejection,
                                        code.empty() ? "sans motif" : code, with.accountant);
        if (!freed) return freed;
    }
    db.run(
        "INSERT INTO transfer_status (report, transfer, stage, code, reason, told, told_on)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        with.report, told.transfer.id, stage_name(item.stage), shown(item.code), code, french,
        item.day);
    outcome.changes.push_back({told.transfer.id, told.transfer.end_to_end_id,
                               told.transfer.order_number, told.transfer.amount, before, item.stage,
                               french});
    return Done{};
}

}  // namespace

Result<StatusOutcome> import_payment_status(store::Transaction& tx, const StatusReport& report,
                                            std::string_view content, PersonId accountant) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, accountant, people::Role::public_accountant); !role) {
        return role.refusal();
    }
    const std::string hash = sha256(content);
    auto imported = db.select("SELECT imported_at FROM status_report WHERE content_hash = ?",
                              store::Value::bytes(hash));
    if (imported.next()) {
        return Refusal{Code::status_already_imported, "fichier",
                       "Ce compte rendu a déjà été lu le " +
                           Instant(imported.integer(0)).day_in_paris().french() +
                           " : il ne change plus rien."};
    }
    StatusOutcome outcome{
        .report = report.id, .changes = {}, .unmatched = {}, .remarks = report.remarks};
    const bool of_bank = report.collectivity.empty() && report.format.starts_with("pain.002");
    const auto ours =
        of_bank ? told_by_bank(db, report, outcome) : told_by_accountant(db, report, outcome);
    const bool about_us =
        std::ranges::any_of(ours, [](const auto& entry) { return !entry.second.said.empty(); });
    if (!about_us) {
        return Refusal{Code::status_unmatched, "fichier",
                       "Le compte rendu « " + shown(report.id) + " » sur « " +
                           shown(report.original_file) +
                           " » ne parle d'aucun virement d'ici : vérifiez qu'il est bien pour "
                           "cette base."};
    }
    const std::int64_t id = db.insert(
        "INSERT INTO status_report (format, identification, content_hash, imported_at, imported_by)"
        " VALUES (?, ?, ?, ?, ?)",
        shown(report.format), shown(report.id), store::Value::bytes(hash), tx.now(), accountant);
    const Applying with{
        tx, id, accountant,
        of_bank ? payments::Rejection::of_transfer : payments::Rejection::of_mandate};
    for (const auto& [transfer, told] : ours) {
        if (auto applied = apply(with, told, outcome); !applied) return applied.refusal();
    }
    return outcome;
}

TransferStanding standing_of(store::Database& db, std::int64_t transfer) {
    auto rows = db.select(
        "SELECT stage, reason, told, told_on FROM transfer_status WHERE transfer = ?"
        " ORDER BY id DESC LIMIT 1",
        transfer);
    if (!rows.next()) return {};
    return {stage_of(rows.text(0)).value(), rows.text(1), rows.text(2), rows.maybe_day(3)};
}

}  // namespace deodat::bank
