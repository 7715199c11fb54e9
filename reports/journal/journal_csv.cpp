#include "reports/journal/journal_csv.h"

#include <algorithm>

#include "ledger/base/invariant.h"

namespace deodat::reports {
namespace {

std::string cell(std::string_view text) {
    std::string out(text);
    if (!out.empty() && std::string_view("=+-@\t\r").find(out[0]) != std::string_view::npos) {
        out.insert(0, "'");
    }
    if (out.find_first_of(";\"\r\n") == std::string::npos) return out;
    std::string quoted = "\"";
    for (const char c : out) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace

std::string comma_text(Money amount) {
    std::string out = decimal_text(amount);
    std::replace(out.begin(), out.end(), '.', ',');
    return out;
}

JournalCsv::JournalCsv(std::ostream& out) : out_(out) {
    out_ << "\xEF\xBB\xBF"
            "écriture;date;enregistrée le;journal;événement;libellé;pièce;programme;personne;"
            "compte;intitulé;dossier;financeur;entreprise;débit;crédit\r\n";
}

void JournalCsv::write(const JournalCsvLine& line) {
    out_ << line.entry << ';' << line.day.iso() << ';' << line.recorded_at.iso() << ';';
    for (const std::string* text :
         {&line.journal, &line.event, &line.label, &line.piece, &line.programme}) {
        out_ << cell(*text) << ';';
    }
    out_ << line.person << ';';
    for (const std::string* text :
         {&line.account, &line.account_label, &line.dossier, &line.funder, &line.contractor}) {
        out_ << cell(*text) << ';';
    }
    out_ << (line.amount.is_positive() ? comma_text(line.amount) : "") << ';'
         << (line.amount.is_negative() ? comma_text(-line.amount) : "") << "\r\n";
    if (!out_) throw EnvironmentFailure("CSV journal: the file cannot be written");
}

}  // namespace deodat::reports
