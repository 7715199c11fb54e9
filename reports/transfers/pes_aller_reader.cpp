// PES Aller dépense, read and checked. Every value is an attribute V.
//
// The rules are those that the schemas say in their annotations (versions 4.71 and 5.17): what
// Hélios refuses beyond them (accounts of the budget, suppliers that it does not know) is not known
// here.
#include <algorithm>
#include <set>

#include "ledger/bank/statement.h"
#include "ledger/bank/xml.h"
#include "ledger/base/bic.h"
#include "ledger/base/siret.h"
#include "ledger/base/text.h"
#include "reports/transfers/transfer_file.h"

namespace deodat::reports {
namespace {

using bank::WideSum;
using bank::XmlElement;

constexpr std::string_view by_transfer = "03";  // ModRegl

std::string value_of(const XmlElement& element) {
    return std::string(element.attribute("V"));
}

bool are_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_number_above_zero(std::string_view text, std::size_t digits_max) {
    return are_digits(text) && text.size() <= digits_max &&
           text.find_first_not_of('0') != std::string_view::npos;
}

class PesReader {
  public:
    ReadTransfers take() { return std::move(out_); }

    void read(const XmlElement& flow) {
        out_.format = "PES_Aller";
        out_.message_id = value_of(flow.at("Enveloppe", "Parametres", "NomFic"));
        const XmlElement header = flow.child("EnTetePES");
        out_.created = value_of(header.child("DteStr"));
        out_.debtor_name = value_of(header.child("LibelleColBud"));
        out_.debtor_account = value_of(header.child("IdColl"));
        keep(Siret::parse("IdColl", out_.debtor_account));
        if (out_.message_id.empty()) fault("NomFic", "Le flux n'a pas de nom (NomFic).");
        std::size_t announced = 0;
        WideSum total;
        out_.is_signed = static_cast<bool>(flow.child("Signature"));
        for (const XmlElement& expenditure : flow.children("PES_DepenseAller")) {
            for (const XmlElement& bordereau : expenditure.children("Bordereau")) {
                read_bordereau(bordereau, announced, total);
            }
        }
        out_.announced_count = std::to_string(announced);
        if (const auto sum = total.money()) out_.announced_sum = decimal_text(*sum);
        out_.sum = sum_from(0);
    }

  private:
    void note(const Refusal& fault) {
        if (out_.faults.size() < faults_max) out_.faults.push_back(fault);
    }
    void fault(std::string field, std::string message, Code code = Code::pes_invalid) {
        note(Refusal{code, std::move(field), std::move(message)});
    }
    template <class T>
    void keep(const Result<T>& checked) {
        if (!checked) note(checked.refusal());
    }

    void read_bordereau(const XmlElement& bordereau, std::size_t& announced, WideSum& total) {
        const XmlElement block = bordereau.child("BlocBordereau");
        out_.is_signed = out_.is_signed || bordereau.child("Signature");
        const std::string number = value_of(block.child("IdBord"));
        const std::string name = value_of(block.child("Exer")) + "/" + number;
        const std::string place = "bordereau " + shown(name);
        if (!is_number_above_zero(number, 7)) {
            fault(place + ".IdBord", "Le numéro de bordereau « " + shown(number) +
                                         " » doit être un nombre d'au moins 1.");
        }
        if (!bordereaux_.insert(value_of(block.child("TypBord")) + " " + name).second) {
            fault(place, "Le bordereau " + shown(name) + " est donné deux fois.", Code::duplicate);
        }
        keep(Day::parse(place + ".DteBordEm", value_of(block.child("DteBordEm"))));
        const std::size_t first = out_.transfers.size();
        std::size_t pieces = 0;
        std::set<std::string> mandates;
        for (const XmlElement& piece : bordereau.children("Piece")) {
            ++pieces;
            read_piece(piece, name, mandates);
        }
        const std::string count = value_of(block.child("NbrPce"));
        if (count != std::to_string(pieces)) {
            fault(place + ".NbrPce",
                  "Le " + place + " annonce « " + shown(count) + " » pièces et en contient " +
                      std::to_string(pieces) + ".",
                  Code::transfer_count);
        }
        announced += pieces;
        check_sum(block, place, first, total);
    }

    // MtBordHT, and MtBordTVA where lines have VAT of their own.
    void check_sum(const XmlElement& block, const std::string& place, std::size_t first,
                   WideSum& total) {
        const auto net = money_from_decimal("MtBordHT", value_of(block.child("MtBordHT")));
        const std::string vat_text = value_of(block.child("MtBordTVA"));
        const auto vat = money_from_decimal("MtBordTVA", vat_text.empty() ? "0" : vat_text);
        const auto sum = sum_from(first);
        WideSum announced;
        if (net) announced.add(*net);
        if (vat) announced.add(*vat);
        if (net && vat && sum && announced.money() == sum) return total.add(*sum);
        fault(place + ".MtBordHT",
              "Le " + place + " annonce « " + shown(value_of(block.child("MtBordHT"))) +
                  " », ses lignes font " + (sum ? decimal_text(*sum) : "une somme illisible") + ".",
              Code::transfer_sum);
    }

    void read_piece(const XmlElement& piece, const std::string& bordereau,
                    std::set<std::string>& mandates) {
        const XmlElement info = piece.at("BlocPiece", "InfoPce");
        const std::string number = value_of(info.child("IdPce"));
        const std::string place = "mandat " + shown(bordereau) + "/" + shown(number);
        if (!is_number_above_zero(number, 8)) {
            fault(place + ".IdPce",
                  "Le numéro de mandat « " + shown(number) + " » doit avoir de 1 à 8 chiffres.");
        }
        if (!mandates.insert(number).second) {
            fault(place, "Le mandat " + shown(number) + " est donné deux fois.", Code::duplicate);
        }
        if (code_points(value_of(info.child("Obj"))) > object_length_max) {
            fault(place + ".Obj", "L'objet du mandat dépasse 100 caractères.", Code::transfer_text);
        }
        for (const XmlElement& reference : info.children("PJRef")) {
            const std::string id = value_of(reference.child("IdUnique"));
            if (!attachments_.insert(id).second) {
                fault(place + ".IdUnique",
                      "La pièce jointe « " + shown(id) + " » est donnée deux fois.",
                      Code::duplicate);
            }
        }
        for (const XmlElement& line : piece.children("LigneDePiece")) {
            read_line(line, bordereau, number, place);
        }
    }

    void read_line(const XmlElement& element, const std::string& bordereau,
                   const std::string& mandate, const std::string& piece) {
        const XmlElement info = element.at("BlocLignePiece", "InfoLignePce");
        const XmlElement payee = element.child("Tiers");
        const XmlElement account = payee.child("CpteBancaire");
        ReadTransfer line{.block_id = bordereau,
                          .end_to_end_id = mandate,
                          .instruction_id = value_of(info.child("IdLigne")),
                          .amount = {},
                          .currency = "EUR",
                          .creditor_name = value_of(payee.at("InfoTiers", "Nom")),
                          .creditor_account = value_of(account.child("IBAN")),
                          .remittance = value_of(info.child("LibVir1")),
                          .execution_day = {}};
        const std::string place = piece + " ligne " + shown(line.instruction_id);
        const auto net = money_from_decimal(place + ".MtHT", value_of(info.child("MtHT")));
        const std::string vat_text = value_of(info.child("MtTVA"));
        const auto vat = money_from_decimal(place + ".MtTVA", vat_text.empty() ? "0" : vat_text);
        keep(net);
        keep(vat);
        if (net && vat) {
            WideSum sum;
            sum.add(*net);
            sum.add(*vat);
            line.amount = sum.money();
        }
        if (line.amount && *line.amount <= Money()) {
            fault(place + ".MtHT", "Le montant " + french(*line.amount) + " ne se paie pas.",
                  Code::amount_not_positive);
        }
        if (line.creditor_name.empty()) {
            fault(place + ".Nom", "Le tiers n'a pas de nom.", Code::transfer_text);
        }
        if (account) {
            check_account(account, place, line);
        } else if (value_of(info.child("ModRegl")) == by_transfer) {
            fault(place + ".CpteBancaire",
                  "La ligne se règle par virement et n'a pas de compte bancaire.");
        }
        out_.transfers.push_back(std::move(line));
    }

    // Either a RIB, all four parts and its key, or BIC and IBAN in capitals.
    void check_account(const XmlElement& account, const std::string& place, ReadTransfer& line) {
        if (code_points(value_of(account.child("TitCpte"))) > holder_length_max) {
            fault(place + ".TitCpte", "Le titulaire du compte dépasse 32 caractères.",
                  Code::transfer_text);
        }
        const bool has_rib = static_cast<bool>(account.child("IdCpte"));
        const bool has_iban = static_cast<bool>(account.child("IBAN"));
        if (has_rib == has_iban) {
            fault(place + ".CpteBancaire",
                  "Le compte est donné par un RIB ou par BIC et IBAN : l'un des deux.");
        }
        if (has_iban) {
            keep(Iban::parse(place + ".IBAN", line.creditor_account));
            keep(check_bic(place + ".BIC", value_of(account.child("BIC"))));
            if (std::ranges::any_of(line.creditor_account,
                                    [](char c) { return c == ' ' || (c >= 'a' && c <= 'z'); })) {
                fault(place + ".IBAN", "L'IBAN s'écrit en capitales et sans blanc.");
            }
        } else if (has_rib) {
            check_rib(account, place, line);
        }
    }

    void check_rib(const XmlElement& account, const std::string& place, ReadTransfer& line) {
        const std::string bank = value_of(account.child("CodeEtab"));
        const std::string branch = value_of(account.child("CodeGuic"));
        const std::string number = value_of(account.child("IdCpte"));
        const std::string key = value_of(account.child("CleRib"));
        line.creditor_account = bank + " " + branch + " " + number + " " + key;
        const bool formed = bank.size() == 5 && are_digits(bank) && branch.size() == 5 &&
                            are_digits(branch) && number.size() == 11 &&
                            std::ranges::all_of(number, [](char c) {
                                return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
                            });
        if (!formed) {
            return fault(place + ".CpteBancaire", "Le RIB « " + shown(line.creditor_account) +
                                                      " » n'a pas 5, 5 et 11 caractères.");
        }
        const std::string right = french_iban({bank, branch, number}).text().substr(25);
        if (key != right) {
            fault(place + ".CleRib",
                  "La clé du RIB est « " + shown(key) + " » ; " + right + " est attendu.",
                  Code::rib_key);
        }
    }

    std::optional<Money> sum_from(std::size_t first) const {
        WideSum wide;
        for (std::size_t i = first; i < out_.transfers.size(); ++i) {
            if (!out_.transfers[i].amount) return std::nullopt;
            wide.add(*out_.transfers[i].amount);
        }
        return wide.money();
    }

    static constexpr std::size_t object_length_max = 100;
    static constexpr std::size_t holder_length_max = 32;
    ReadTransfers out_;
    std::set<std::string> bordereaux_;
    std::set<std::string> attachments_;
};

std::size_t lines_in(const XmlElement& flow) {
    std::size_t count = 0;
    for (const XmlElement& expenditure : flow.children("PES_DepenseAller")) {
        for (const XmlElement& bordereau : expenditure.children("Bordereau")) {
            for (const XmlElement& piece : bordereau.children("Piece")) {
                count += piece.children("LigneDePiece").size();
            }
        }
    }
    return count;
}

}  // namespace

bool is_pes_aller(const bank::XmlTree& tree) {
    return tree.root().name() == "PES_Aller";
}

Result<ReadTransfers> read_pes_aller(const bank::XmlTree& tree) {
    if (!is_pes_aller(tree)) {
        return Refusal{Code::not_a_payment_file, "fichier",
                       "Le fichier est de type « " + shown(tree.root().name()) +
                           " » ; un PES Aller est attendu."};
    }
    if (!tree.root().at("PES_DepenseAller", "Bordereau", "Piece", "LigneDePiece")) {
        return Refusal{Code::not_a_payment_file, "fichier",
                       "Le PES Aller ne contient aucun mandat de dépense : il ne paie rien."};
    }
    const std::size_t count = lines_in(tree.root());
    if (count > transfers_max) {
        return Refusal{Code::out_of_range, "fichier",
                       "Le flux compte " + std::to_string(count) + " lignes de mandat : au plus " +
                           std::to_string(transfers_max) + " dans un flux ; scindez-le."};
    }
    PesReader reader;
    reader.read(tree.root());
    return reader.take();
}

}  // namespace deodat::reports
