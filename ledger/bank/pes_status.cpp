// PES Acquit (Hélios took a flow in, or not) and PES Retour (what became of each mandat).
//
// Every value is an attribute V. In an Acquit, the state 0 of a bordereau refuses the whole of it:
// the details name the pieces and lines at fault, the others fall with them.
#include "ledger/bank/payment_status_parts.h"
#include "ledger/bank/status_reasons.h"
#include "ledger/base/text.h"

namespace deodat::bank::status {
namespace {

constexpr std::size_t reasons_max = 20;  // of one item

std::string value_of(const XmlElement& element) {
    return std::string(element.attribute("V"));
}

std::string bordereau_name(const XmlElement& year, const XmlElement& number) {
    return value_of(year) + "/" + value_of(number);
}

std::optional<Day> day_of(const XmlElement& element, StatusReport& report) {
    if (!element || value_of(element).empty()) return std::nullopt;
    const auto day = Day::parse(element.name(), value_of(element));
    if (day) return *day;
    remark(report, std::string(element.name()), day.refusal().message);
    return std::nullopt;
}

std::optional<Money> amount_of(const XmlElement& element, StatusReport& report) {
    if (!element) return std::nullopt;
    const auto amount = money_from_decimal(element.name(), value_of(element));
    if (amount) return *amount;
    remark(report, std::string(element.name()), amount.refusal().message);
    return std::nullopt;
}

void head(const XmlElement& root, std::string_view format, StatusReport& report) {
    report.format = format;
    report.id = value_of(root.at("Enveloppe", "Parametres", "NomFic"));
    report.created = value_of(root.at("EnTetePES", "DteStr"));
    report.collectivity = value_of(root.at("EnTetePES", "IdColl"));
}

// ---- Acquit

void add_errors(const XmlElement& holder, std::vector<StatusReason>& reasons) {
    for (XmlElement error = holder.first_child(); error; error = error.next()) {
        if (error.name() != "Erreur" || reasons.size() == reasons_max) continue;
        StatusReason reason{value_of(error.child("NumAnoAck")), {}};
        if (!reason.code.empty()) reason.french = acquit_reason(reason.code);
        const std::string label = value_of(error.child("LibelleAnoAck"));
        if (!label.empty()) {
            if (!reason.french.empty()) reason.french += " – ";
            reason.french += label;
        }
        reasons.push_back(std::move(reason));
    }
}

Result<Done> read_piece(const XmlElement& piece, const std::string& bordereau,
                        StatusReport& report) {
    StatusItem item{.level = StatusLevel::line,
                    .block = bordereau,
                    .id = value_of(piece.child("NumPiece")),
                    .code = "0",
                    .stage = Stage::rejected};
    if (item.id.empty()) return damaged("DetailPiece", "la pièce n'a pas de numéro (NumPiece).");
    add_errors(piece, item.reasons);
    const bool by_itself = !item.reasons.empty() || !piece.child("DetailLigne");
    if (by_itself) {
        if (auto added = add(report, item); !added) return added;
    }
    for (XmlElement line = piece.first_child(); line; line = line.next()) {
        if (line.name() != "DetailLigne") continue;
        StatusItem of_line = item;
        of_line.instruction = value_of(line.child("NumLigne"));
        of_line.reasons.clear();
        add_errors(line, of_line.reasons);
        if (auto added = add(report, std::move(of_line)); !added) return added;
    }
    return Done{};
}

Result<Done> read_element(const XmlElement& element, StatusReport& report) {
    const std::string domain = value_of(element.child("DomaineAck"));
    const std::string state = value_of(element.child("EtatAck"));
    if (state != "0" && state != "1") {
        return damaged("EtatAck", "l'état est « " + shown(state) + " » ; 0 ou 1 est attendu.");
    }
    StatusItem item{.code = state,
                    .stage = state == "1" ? Stage::technically_accepted : Stage::rejected};
    add_errors(element, item.reasons);
    if (element.child("IdUnique")) {
        item.level = StatusLevel::attachment;
        item.id = value_of(element.child("IdUnique"));
    } else if (element.child("NumBord")) {
        // Only expenditure pays; what is said of receipts or invoices is told, and matched with
        // nothing.
        item.level = StatusLevel::block;
        item.block = bordereau_name(element.child("ExerciceBord"), element.child("NumBord"));
        if (domain != "5") item.block.insert(0, "domaine " + domain + " ");
    }
    const std::string bordereau = item.block;
    if (auto added = add(report, std::move(item)); !added) return added;
    for (XmlElement piece = element.first_child(); piece; piece = piece.next()) {
        if (piece.name() != "DetailPiece") continue;
        if (state == "1") {
            remark(report, "DetailPiece",
                   "Le bordereau " + shown(bordereau) +
                       " est accepté et pourtant détaillé : son détail est montré comme un rejet.");
        }
        if (auto read = read_piece(piece, bordereau, report); !read) return read;
    }
    return Done{};
}

// ---- Retour

void add_observation(const XmlElement& holder, std::vector<StatusReason>& reasons) {
    const std::string code = value_of(holder.child("ObsEtat"));
    const std::string comment = value_of(holder.child("Commentaire"));
    if (code.empty() && comment.empty()) return;
    StatusReason reason{code, code.empty() ? "" : observation_reason(code)};
    if (!comment.empty()) {
        if (!reason.french.empty()) reason.french += " – ";
        reason.french += comment;
    }
    reasons.push_back(std::move(reason));
}

// EtatPce: 01 waiting, 02 taken in charge, 04 rejected, 05 settled.
Stage stage_of_piece(std::string_view code) {
    if (code == "01") return Stage::received;
    if (code == "02") return Stage::taken_in_charge;
    if (code == "04") return Stage::rejected;
    if (code == "05") return Stage::announced_paid;
    return Stage::unknown;
}

// EtatLigPce: taken in charge, rejected, or only looked at beforehand, which decides nothing.
Stage stage_of_line(std::string_view code) {
    for (const std::string_view taken : {"01", "07", "08", "15"}) {
        if (code == taken) return Stage::taken_in_charge;
    }
    for (const std::string_view rejected : {"02", "09", "10"}) {
        if (code == rejected) return Stage::rejected;
    }
    for (const std::string_view waiting : {"03", "04", "05", "06", "16"}) {
        if (code == waiting) return Stage::received;
    }
    return Stage::unknown;
}

void note_unknown(const StatusItem& item, StatusReport& report) {
    if (item.stage != Stage::unknown) return;
    remark(report, "EtatPce",
           "L'état « " + shown(item.code) + " » n'est d'aucune liste : il est sans effet.");
}

Result<Done> read_returned_line(const XmlElement& line, const StatusItem& piece,
                                StatusReport& report) {
    const XmlElement info = line.at("BlocLignePiece", "InfoLignePiece");
    StatusItem item{.level = StatusLevel::line, .block = piece.block, .id = piece.id};
    item.instruction = value_of(info.child("IdLigne"));
    item.code = value_of(info.child("EtatLigPce"));
    item.stage = stage_of_line(item.code);
    item.day = piece.day;
    item.amount = amount_of(info.child("MtHT"), report);
    if (item.stage == Stage::rejected) add_observation(info, item.reasons);
    note_unknown(item, report);
    for (const XmlElement& payment : line.children("PaiementEmargement")) {
        // 01 is a payment; the other origins are set-offs and corrections, for a person to read.
        if (value_of(payment.child("OrgEma")) != "01" || item.stage == Stage::rejected) continue;
        item.stage = Stage::announced_paid;
        item.day = day_of(payment.child("DtePay"), report);
    }
    return add(report, std::move(item));
}

Result<Done> read_returned_piece(const XmlElement& element, const std::string& bordereau,
                                 StatusReport& report) {
    const XmlElement info = element.child("InfoPiece");
    StatusItem item{.level = StatusLevel::line, .block = bordereau};
    item.id = value_of(info.child("IdPce"));
    if (item.id.empty()) return damaged("InfoPiece", "la pièce n'a pas de numéro (IdPce).");
    item.code = value_of(info.child("EtatPce"));
    item.stage = stage_of_piece(item.code);
    item.day =
        day_of(info.child(item.stage == Stage::rejected ? "DtePceRej" : "DtePcePec"), report);
    add_observation(info, item.reasons);
    note_unknown(item, report);
    if (auto added = add(report, item); !added) return added;
    for (XmlElement line = element.first_child(); line; line = line.next()) {
        if (line.name() != "LigneDePiece") continue;
        if (auto read = read_returned_line(line, item, report); !read) return read;
    }
    return Done{};
}

}  // namespace

bool is_acquit(const XmlTree& tree) {
    return tree.root().name() == "PES_ACQUIT" || tree.root().name() == "PES_Acquit";
}

bool is_retour(const XmlTree& tree) {
    return tree.root().name() == "PES_Retour";
}

Result<StatusReport> read_acquit(const XmlTree& tree) {
    StatusReport report;
    head(tree.root(), "PES_Acquit", report);
    report.original_file = report.id;  // an Acquit bears the name of the flow it answers
    const XmlElement answers = tree.root().child("ACQUIT");
    for (XmlElement element = answers.first_child(); element; element = element.next()) {
        if (element.name() != "ElementACQUIT") continue;
        if (auto read = read_element(element, report); !read) return read.refusal();
    }
    if (report.items.empty()) return damaged("ACQUIT", "l'acquit ne contient aucun état.");
    return report;
}

Result<StatusReport> read_retour(const XmlTree& tree) {
    StatusReport report;
    head(tree.root(), "PES_Retour", report);
    const XmlElement expenditure = tree.root().child("PES_DepenseRetour");
    for (XmlElement bordereau = expenditure.first_child(); bordereau;
         bordereau = bordereau.next()) {
        if (bordereau.name() != "Bordereau") continue;
        const XmlElement block = bordereau.child("BlocBordereau");
        if (value_of(block.child("Exer")).empty() || value_of(block.child("IdBord")).empty()) {
            return damaged("BlocBordereau", "l'exercice (Exer) ou le numéro (IdBord) manque.");
        }
        const std::string name = bordereau_name(block.child("Exer"), block.child("IdBord"));
        for (XmlElement piece = bordereau.first_child(); piece; piece = piece.next()) {
            if (piece.name() != "Piece") continue;
            if (auto read = read_returned_piece(piece, name, report); !read) return read.refusal();
        }
    }
    if (report.items.empty()) {
        return damaged("PES_DepenseRetour", "le retour ne parle d'aucun mandat.");
    }
    return report;
}

}  // namespace deodat::bank::status
