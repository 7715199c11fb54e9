#include "reports/journal/exports.h"

#include <algorithm>
#include <array>
#include <map>

#include "ledger/dossiers/dossier.h"
#include "ledger/payments/contractor.h"
#include "reports/figures.h"
#include "reports/journal/beancount.h"
#include "reports/journal/hledger.h"
#include "reports/journal/journal_csv.h"

namespace deodat::reports {
namespace {

const std::string title = "Déodat – journal de " + std::string(petr_name);

struct Named {
    std::string code;  // empty for none
    std::string name;
};

// What postings are about, each looked up once.
class Names {
  public:
    explicit Names(store::Database& db) : db_(db) {}

    std::string dossier(DossierId id) {
        if (!id) return {};
        auto [at, fresh] = dossiers_.try_emplace(id.value);
        if (fresh) at->second = dossiers::find_dossier(db_, id)->reference;
        return at->second;
    }
    Named funder(FunderId id) {
        if (!id) return {};
        auto [at, fresh] = funders_.try_emplace(id.value);
        if (fresh) {
            const auto found = funding::find_funder(db_, id);
            at->second = {found->code, found->name};
        }
        return at->second;
    }
    Named contractor(ContractorId id) {
        if (!id) return {};
        auto [at, fresh] = contractors_.try_emplace(id.value);
        if (fresh) {
            const auto found = payments::find_contractor(db_, id);
            at->second = {found->siret, found->name};
        }
        return at->second;
    }
    std::string programme(ProgrammeId id) {
        if (!id) return {};
        auto [at, fresh] = programmes_.try_emplace(id.value);
        if (fresh) at->second = funding::find_programme(db_, id)->code;
        return at->second;
    }

  private:
    store::Database& db_;
    std::map<std::int64_t, std::string> dossiers_;
    std::map<std::int64_t, Named> funders_;
    std::map<std::int64_t, Named> contractors_;
    std::map<std::int64_t, std::string> programmes_;
};

bool off_balance(const journal::PostingRow& posting) {
    const auto role = journal::role_of(posting.role);
    DEODAT_ASSERT(role.has_value(), "a posted role is a role");
    return journal::is_off_balance(*role);
}

// ---- FEC

struct JournalLabel {
    std::string_view code;
    std::string_view label;
};
constexpr std::array journal_labels = {
    JournalLabel{"AN", "À nouveau"},
    JournalLabel{"TR", "Trésorerie"},
    JournalLabel{"MA", "Mandats"},
    JournalLabel{"TI", "Titres"},
    JournalLabel{"OD", "Opérations diverses"},
};

std::string journal_label(std::string_view code) {
    for (const JournalLabel& known : journal_labels) {
        if (known.code == code) return std::string(known.label);
    }
    DEODAT_ASSERT(code == "HB", "a journal has a label");
    return "Hors bilan";
}

// Account, auxiliary, amount and the dossier in the label: what a posting gives a line.
FecLine line_of(const journal::PostingRow& posting, const FecLine& entry, Names& names) {
    FecLine line = entry;
    line.account = posting.account;
    line.account_label = posting.account_label;
    line.amount = posting.amount;
    const std::string dossier = names.dossier(posting.dossier);
    const Named third =
        posting.funder ? names.funder(posting.funder) : names.contractor(posting.contractor);
    line.auxiliary = third.code.empty() ? dossier : third.code;
    line.auxiliary_label = third.code.empty() ? "Dossier " + dossier : third.name;
    if (line.auxiliary.empty()) line.auxiliary_label.clear();
    if (!dossier.empty() && line.label.find(dossier) == std::string::npos) {
        line.label += " – " + dossier;
    }
    return line;
}

// What earlier years left, account by account; charges and income on one line.
std::vector<journal::PostingRow> opening_of(store::Database& db, Day first) {
    std::vector<journal::PostingRow> out;
    Money result;
    auto rows = db.select(
        "SELECT a.role, a.number, a.label, p.dossier, p.funder, p.contractor, sum(p.cents)"
        " FROM posting p JOIN entry e ON e.number = p.entry JOIN account a ON a.id = p.account"
        " WHERE e.day < ? GROUP BY a.number, a.role, p.dossier, p.funder, p.contractor"
        " HAVING sum(p.cents) <> 0 ORDER BY a.number, a.role, p.dossier, p.funder, p.contractor",
        first);
    while (rows.next()) {
        journal::PostingRow posting{
            rows.text(0),      rows.text(1),      rows.text(2), {rows.integer(3)},
            {rows.integer(4)}, {rows.integer(5)}, {},           rows.money(6)};
        if (off_balance(posting)) continue;
        if (posting.account[0] == '6' || posting.account[0] == '7') {
            result += posting.amount;
        } else {
            out.push_back(std::move(posting));
        }
    }
    if (result.is_zero()) return out;
    const bool loss = result.is_positive();
    out.push_back(
        {"",
         loss ? "119" : "110",
         loss ? "Report à nouveau (solde débiteur)" : "Report à nouveau (solde créditeur)",
         {},
         {},
         {},
         {},
         result});
    return out;
}

}  // namespace

void export_hledger(store::Database& db, EntryId up_to, std::ostream& out) {
    HledgerJournal journal(out, title);
    Names names(db);
    journal::for_each_entry(db, up_to, [&](const journal::EntryRow& entry) {
        HledgerEntry written{entry.day,   entry.number.value, entry.event,
                             entry.label, entry.piece,        {}};
        for (const journal::PostingRow& posting : entry.postings) {
            std::vector<std::string> path = {off_balance(posting) ? "hors bilan" : "bilan",
                                             posting.account};
            if (posting.dossier) path.push_back(names.dossier(posting.dossier));
            if (posting.funder) path.push_back(names.funder(posting.funder).name);
            // Two companies may have one name.
            const Named contractor = names.contractor(posting.contractor);
            if (!contractor.code.empty()) path.push_back(contractor.name + " " + contractor.code);
            written.postings.push_back({std::move(path), posting.amount});
        }
        journal.write(written);
    });
}

void export_beancount(store::Database& db, EntryId up_to, std::ostream& out) {
    auto oldest = db.select("SELECT min(day) FROM entry");
    oldest.next();
    BeancountJournal journal(out, title, oldest.maybe_day(0).value_or(Day::of(2025, 1, 1)));
    Names names(db);
    journal::for_each_entry(db, up_to, [&](const journal::EntryRow& entry) {
        BeancountEntry written{entry.day,   entry.number.value, entry.event,
                               entry.label, entry.piece,        {}};
        for (const journal::PostingRow& posting : entry.postings) {
            std::vector<std::string> auxiliaries;
            if (posting.dossier) auxiliaries.push_back(names.dossier(posting.dossier));
            if (posting.funder) auxiliaries.push_back("F-" + names.funder(posting.funder).code);
            if (posting.contractor) {
                auxiliaries.push_back("S" + names.contractor(posting.contractor).code);
            }
            written.postings.push_back(
                {beancount_account(posting.account, auxiliaries), posting.amount});
        }
        journal.write(written);
    });
}

void export_csv(store::Database& db, EntryId up_to, std::ostream& out) {
    JournalCsv table(out);
    Names names(db);
    journal::for_each_entry(db, up_to, [&](const journal::EntryRow& entry) {
        JournalCsvLine line{entry.number.value,
                            entry.day,
                            entry.recorded_at,
                            entry.journal,
                            entry.event,
                            entry.label,
                            entry.piece,
                            names.programme(entry.programme),
                            entry.person.value,
                            {},
                            {},
                            {},
                            {},
                            {},
                            {}};
        if (entry.postings.empty()) table.write(line);
        for (const journal::PostingRow& posting : entry.postings) {
            line.account = posting.account;
            line.account_label = posting.account_label;
            line.dossier = names.dossier(posting.dossier);
            line.funder = names.funder(posting.funder).code;
            line.contractor = names.contractor(posting.contractor).code;
            line.amount = posting.amount;
            table.write(line);
        }
    });
}

FecNotes export_fec(store::Database& db, int year, std::ostream& out) {
    const Day first = Day::of(year, 1, 1);
    const Day last = Day::of(year, 12, 31);
    FecFile file(out);
    Names names(db);
    std::int64_t number = 0;
    // Writes the lines of one entry; an entry without any takes no number.
    const auto write = [&](FecLine entry, const std::vector<journal::PostingRow>& postings) {
        entry.number = number + 1;
        Money sum;
        const std::int64_t before = file.notes().lines;
        for (const journal::PostingRow& posting : postings) {
            file.write(line_of(posting, entry, names));
            sum += posting.amount;
        }
        DEODAT_ASSERT(sum.is_zero(), "balance-sheet accounts of an entry sum to zero");
        if (file.notes().lines > before) ++number;
    };
    const std::string opening = "AN-" + std::to_string(year);
    write({"AN",
           journal_label("AN"),
           0,
           first,
           "",
           "",
           "",
           "",
           opening,
           first,
           "À nouveau " + std::to_string(year),
           {},
           first},
          opening_of(db, first));
    journal::for_each_entry(db, journal::last_entry(db), [&](const journal::EntryRow& entry) {
        if (entry.day < first || last < entry.day) return;
        std::vector<journal::PostingRow> postings;
        std::remove_copy_if(entry.postings.begin(), entry.postings.end(),
                            std::back_inserter(postings), off_balance);
        const std::string piece =
            entry.piece.empty() ? "ECR-" + std::to_string(entry.number.value) : entry.piece;
        write({entry.journal,
               journal_label(entry.journal),
               0,
               entry.day,
               "",
               "",
               "",
               "",
               piece,
               entry.day,
               entry.label.empty() ? entry.event : entry.label,
               {},
               entry.recorded_at.day_in_paris()},
              postings);
    });
    return file.notes();
}

std::string fec_description(int year, const FecNotes& notes) {
    std::string out =
        "Description du fichier des écritures comptables, exercice " + std::to_string(year) +
        "\n\n"
        "Organisme : " +
        std::string(petr_name) +
        "\n"
        "Fichier à plat, codé en ISO-8859-15, une écriture par ligne et par compte, première "
        "ligne\n"
        "portant le nom des 18 zones, séparées par une tabulation ; fin de ligne CR LF. Dates\n"
        "AAAAMMJJ. Montants en euros, virgule décimale, sans séparateur de milliers.\n\n"
        "JournalCode, JournalLib : AN à nouveau, TR trésorerie, MA mandats, TI titres, OD "
        "opérations\n"
        "diverses.\n"
        "EcritureNum : numérotation continue de l'exercice, dans l'ordre de validation ; les à\n"
        "nouveaux portent le premier numéro.\n"
        "CompteNum, CompteLib : plan de comptes M57.\n"
        "CompAuxNum, CompAuxLib : le tiers (code du financeur, SIRET de l'entreprise), à défaut "
        "le\n"
        "dossier.\n"
        "PieceRef : référence de la pièce, à défaut « ECR- » et le numéro de l'écriture au "
        "journal.\n"
        "PieceDate : date de l'écriture.\n"
        "EcritureLet, DateLet : vides, le journal n'est pas lettré. Montantdevise, Idevise : "
        "vides.\n"
        "ValidDate : jour de l'enregistrement, après lequel rien ne change.\n\n"
        "N'y sont pas : les comptes hors bilan (engagements) et les approbations, qui ne "
        "déplacent\n"
        "aucun montant.\n\n" +
        std::to_string(notes.lines) + " lignes écrites ; " + std::to_string(notes.nil_lines) +
        " lignes de montant nul laissées de côté ; " + std::to_string(notes.replaced) +
        " zones dont un signe a été remplacé.\n";
    for (const std::string& example : notes.examples) out += "  " + example + "\n";
    return out;
}

}  // namespace deodat::reports
