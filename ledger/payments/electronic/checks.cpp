#include "ledger/payments/electronic/checks.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "ledger/base/checks.h"
#include "ledger/base/iban.h"
#include "ledger/base/siret.h"
#include "ledger/base/text.h"

namespace deodat::payments::electronic {
namespace {

constexpr std::int64_t cents_a_euro = 100;

constexpr std::size_t number_points_max = 40;
constexpr std::int64_t tolerated_cents_a_line = 1;
// What the law knows of rates in metropolitan France, in basis points.
constexpr std::array<std::int64_t, 4> standard_rates = {210, 550, 1'000, 2'000};

// Whole cents, wider than Money: a hostile file's sums may leave its bounds.
using Cents = std::int64_t;

std::string shown_cents(Cents cents) {
    return Money::in_range(cents) ? french(Money::cents(cents)) : "un montant hors bornes";
}

Cents cents_of(const std::optional<Money>& amount) {
    return amount ? amount->cents() : 0;
}

Cents sum_of(const std::vector<Adjustment>& adjustments, bool charges) {
    Cents sum = 0;
    for (const Adjustment& adjustment : adjustments) {
        if (adjustment.charge == charges) sum += adjustment.amount.cents();
    }
    return sum;
}

std::string field_of(std::size_t line, const char* what) {
    return "lines[" + std::to_string(line) + "]." + what;
}

// « ligne 2 (« Pose ») »
std::string named(const Line& line, std::size_t index) {
    return "ligne " + (line.id.empty() ? std::to_string(index + 1) : shown(line.id)) + " (« " +
           shown(line.name) + " »)";
}

bool mentions_reverse_charge(const std::string& text) {
    std::string lower;
    for (const char c : text) {
        if (c != '-' && c != ' ') {
            lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return lower.find("autoliquid") != std::string::npos ||
           lower.find("reversecharge") != std::string::npos;
}

class Checker {
  public:
    Checker(const ElectronicInvoice& invoice, Day today) : invoice_(invoice), today_(today) {}

    Checks run() {
        check_heading();
        check_dates();
        check_seller();
        check_references();
        check_lines();
        check_adjustments();
        check_vat();
        check_totals();
        check_signs();
        check_reverse_charge();
        check_payee();
        return std::move(out_);
    }

  private:
    void obstacle(Code code, std::string field, std::string message) {
        out_.obstacles.push_back({code, std::move(field), std::move(message)});
    }
    void remark(Code code, std::string field, std::string message) {
        out_.remarks.push_back({code, std::move(field), std::move(message)});
    }

    // What is stated against what we find, with so many cents between them forgiven.
    void compare(const std::string& field, const std::string& what, Cents stated, Cents expected,
                 Cents tolerance, Code code) {
        const Cents gap = stated - expected;
        if (gap == 0) return;
        const std::string message = what + " : annoncé " + shown_cents(stated) + ", calculé " +
                                    shown_cents(expected) + ", écart " + shown_cents(gap) + ".";
        if (gap <= tolerance && gap >= -tolerance) {
            remark(Code::invoice_cent_gap, field, message + " Toléré (un centime par ligne).");
        } else {
            obstacle(code, field, message);
        }
    }

    void check_heading() {
        if (invoice_.number.empty()) {
            obstacle(Code::missing, "number",
                     "La facture n'a pas de numéro (CGI, annexe II, 242 "
                     "nonies A).");
        } else if (auto number = clean_text("number", invoice_.number, number_points_max);
                   !number) {
            out_.obstacles.push_back(number.refusal());
        }
        if (invoice_.kind == Kind::other) {
            obstacle(Code::out_of_range, "type_code",
                     "Le type de document « " + shown(invoice_.type_code) +
                         " » n'est pas connu : attendu 380 (facture), 381 (avoir), 384 "
                         "(rectificative), 386 (acompte) ou 326, 875 à 877 (situations, solde).");
        }
        if (invoice_.currency != "EUR") {
            obstacle(Code::invoice_currency, "currency",
                     "La facture est en « " + shown(invoice_.currency) +
                         " » : seul l'euro (EUR) est payé.");
        }
        for (const std::string& currency : invoice_.foreign_currencies) {
            obstacle(Code::invoice_currency, "currency",
                     "Un montant est en « " + shown(currency) + " », la facture en « " +
                         shown(invoice_.currency) + " ».");
        }
    }

    void check_dates() {
        const WrittenDay& issued = invoice_.issued_on;
        if (!issued.is_given()) {
            obstacle(Code::missing, "issued_on", "La facture n'a pas de date.");
        } else if (!issued.day) {
            obstacle(Code::date_invalid, "issued_on",
                     "La date de la facture, « " + shown(issued.text) + " », n'existe pas.");
        } else if (auto happened = require_happened("issued_on", *issued.day, today_); !happened) {
            out_.obstacles.push_back(happened.refusal());
        }
        const WrittenDay& due = invoice_.due_on;
        if (due.is_given() && !due.day) {
            remark(Code::date_invalid, "due_on",
                   "L'échéance « " + shown(due.text) + " » n'existe pas.");
        } else if (due.day && issued.day && *due.day < *issued.day) {
            remark(Code::date_invalid, "due_on",
                   "L'échéance du " + due.day->french() + " précède la facture du " +
                       issued.day->french() + ".");
        }
        for (const Precedent& precedent : invoice_.precedents) {
            if (precedent.issued_on.day && issued.day && *precedent.issued_on.day > *issued.day) {
                remark(Code::date_invalid, "precedents",
                       "La facture d'origine « " + shown(precedent.number) + " » serait du " +
                           precedent.issued_on.day->french() + ", après celle-ci.");
            }
        }
    }

    void check_seller() {
        const Party& seller = invoice_.seller;
        if (seller.name.empty()) {
            obstacle(Code::missing, "seller.name", "La facture ne dit pas qui l'a émise.");
        }
        if (seller.siret.empty() && seller.siren.empty()) {
            obstacle(Code::missing, "seller.siret",
                     "La facture ne porte ni SIRET ni SIREN de l'entreprise.");
        }
        std::string siren = seller.siren;
        if (!seller.siret.empty()) {
            if (auto siret = Siret::parse("seller.siret", seller.siret); !siret) {
                out_.obstacles.push_back(siret.refusal());
            } else if (!siren.empty() && siret->siren().text() != siren) {
                obstacle(Code::siret_invalid, "seller.siret",
                         "Le SIRET " + siret->text() + " n'est pas un établissement du SIREN " +
                             shown(siren) + " que la facture donne aussi.");
            } else {
                siren = siret->siren().text();
            }
        } else if (!siren.empty()) {
            if (auto read = Siren::parse("seller.siren", siren); !read) {
                out_.obstacles.push_back(read.refusal());
            }
            remark(Code::missing, "seller.siret",
                   "La facture ne porte que le SIREN de l'entreprise, pas le SIRET de "
                   "l'établissement.");
        }
        check_vat_number(siren);
    }

    // FR + (12 + 3 × (SIREN mod 97)) mod 97 + SIREN.
    void check_vat_number(const std::string& siren) {
        std::string number = invoice_.seller.vat_number;
        std::erase(number, ' ');
        if (number.empty() || !Siren::parse("seller.siren", siren)) return;
        const long long key = (12 + 3 * (std::stoll(siren) % 97)) % 97;
        const std::string expected =
            "FR" + std::string(key < 10 ? "0" : "") + std::to_string(key) + siren;
        if (number == expected) return;
        remark(Code::malformed, "seller.vat_number",
               "Le numéro de TVA « " + shown(number) + " » n'est pas celui du SIREN " + siren +
                   ", " + expected + ".");
    }

    void check_references() {
        const bool named = std::any_of(invoice_.precedents.begin(), invoice_.precedents.end(),
                                       [](const Precedent& p) { return !p.number.empty(); });
        if (named) return;
        if (invoice_.kind == Kind::credit_note || invoice_.kind == Kind::corrective) {
            obstacle(Code::invoice_reference_missing, "precedents",
                     "Un document de type " + std::string(kind_label(invoice_.kind)) +
                         " doit nommer la facture qu'il corrige.");
        } else if (cents_of(invoice_.totals.prepaid) > 0) {
            remark(Code::invoice_reference_missing, "precedents",
                   "La facture déduit " + french(*invoice_.totals.prepaid) +
                       " déjà payés sans nommer de facture d'acompte : à vérifier.");
        }
    }

    void check_lines() {
        if (invoice_.lines.empty()) {
            remark(
                Code::missing, "lines",
                "La facture n'a pas de lignes (profil MINIMUM ou BASIC WL) : elles sont à saisir "
                "d'après sa page.");
        }
        std::set<std::string> ids;
        for (std::size_t i = 0; i < invoice_.lines.size(); ++i) {
            const Line& line = invoice_.lines[i];
            if (!line.id.empty() && !ids.insert(line.id).second) {
                obstacle(Code::duplicate, field_of(i, "id"),
                         "Deux lignes portent le numéro « " + shown(line.id) + " ».");
            }
            if (line.counted) check_line(line, i);
        }
    }

    void check_line(const Line& line, std::size_t index) {
        ++counted_lines_;
        check_rate(line.category, line.rate, field_of(index, "rate"), named(line, index));
        if (!line.net) {
            obstacle(Code::missing, field_of(index, "net"),
                     "La " + named(line, index) + " n'a pas de montant HT.");
            return;
        }
        lines_ += line.net->cents();
        if (!line.quantity || !line.price) return;
        const auto product =
            priced(*line.quantity, *line.price, line.price_per.value_or(Decimal::whole(1)));
        if (!product) {
            obstacle(Code::invoice_line_mismatch, field_of(index, "net"),
                     "Le montant de la " + named(line, index) + " ne peut pas être recalculé.");
            return;
        }
        const Cents expected =
            product->cents() + sum_of(line.adjustments, true) - sum_of(line.adjustments, false);
        compare(field_of(index, "net"),
                "Montant HT de la " + named(line, index) + ", " + line.quantity->french() + " × " +
                    line.price->french(),
                line.net->cents(), expected, tolerated_cents_a_line, Code::invoice_line_mismatch);
    }

    void check_rate(const std::string& category, const std::optional<Decimal>& rate,
                    const std::string& field, const std::string& what) {
        const Decimal given = rate.value_or(Decimal());
        if (category != "S") {
            if (given.is_zero()) return;
            obstacle(Code::invoice_vat_mismatch, field,
                     what + " : la catégorie de TVA « " + shown(category) + " » ne va pas avec " +
                         given.french() + " %.");
            return;
        }
        const auto bp = given.hundredths();
        if (bp &&
            std::find(standard_rates.begin(), standard_rates.end(), *bp) != standard_rates.end()) {
            return;
        }
        obstacle(Code::out_of_range, field,
                 what + " : le taux de TVA de " + given.french() +
                     " % n'existe pas (attendu 5,5, 10 ou 20 %).");
    }

    void check_adjustments() {
        const Totals& totals = invoice_.totals;
        const auto many = static_cast<Cents>(invoice_.adjustments.size());
        allowances_ = sum_of(invoice_.adjustments, false);
        charges_ = sum_of(invoice_.adjustments, true);
        // The smaller profiles give the sums alone.
        if (invoice_.adjustments.empty() && invoice_.lines.empty()) {
            allowances_ = cents_of(totals.allowances);
            charges_ = cents_of(totals.charges);
            return;
        }
        compare("totals.allowances", "Somme des remises", cents_of(totals.allowances), allowances_,
                many, Code::invoice_total_mismatch);
        compare("totals.charges", "Somme des frais", cents_of(totals.charges), charges_, many,
                Code::invoice_total_mismatch);
    }

    // What is taxed in one way: category, then rate.
    using Taxed = std::pair<std::string, std::string>;
    struct Share {
        Cents lines_base = 0;   // of the lines and adjustments
        Cents stated_base = 0;  // of the breakdown
        Cents stated_vat = 0;
        Cents lines = 0;  // how many
        bool is_stated = false;
        Decimal rate;
    };

    Share& share_of(const std::string& category, const std::optional<Decimal>& rate) {
        const Decimal given = rate.value_or(Decimal());
        Share& share = shares_[{category, given.text()}];
        share.rate = given;
        return share;
    }

    void collect_shares() {
        for (const Line& line : invoice_.lines) {
            if (!line.counted) continue;
            Share& share = share_of(line.category, line.rate);
            share.lines_base += cents_of(line.net);
            ++share.lines;
        }
        for (const Adjustment& adjustment : invoice_.adjustments) {
            Share& share = share_of(adjustment.category, adjustment.rate);
            share.lines_base +=
                adjustment.charge ? adjustment.amount.cents() : -adjustment.amount.cents();
            ++share.lines;
        }
        for (const VatShare& vat : invoice_.vat) {
            Share& share = share_of(vat.category, vat.rate);
            share.stated_base += cents_of(vat.base);
            share.stated_vat += cents_of(vat.amount);
            share.is_stated = true;
        }
    }

    void check_vat() {
        collect_shares();
        for (const auto& [taxed, share] : shares_) check_share(taxed.first, share);
    }

    void check_share(const std::string& category, const Share& share) {
        const std::string what = "à " + share.rate.french() + " % (" + shown(category) + ")";
        const Cents tolerance = std::max<Cents>(share.lines, 1) * tolerated_cents_a_line;
        if (!share.is_stated) {
            if (share.lines_base != 0 && !invoice_.vat.empty()) {
                obstacle(Code::invoice_vat_mismatch, "vat",
                         "Le récapitulatif de TVA oublie " + shown_cents(share.lines_base) +
                             " de base " + what + ".");
            }
            return;
        }
        if (!invoice_.lines.empty()) {
            compare("vat.base", "Base de TVA " + what, share.stated_base, share.lines_base,
                    tolerance, Code::invoice_vat_mismatch);
        }
        if (!Money::in_range(share.stated_base)) {
            obstacle(Code::invoice_vat_mismatch, "vat.base",
                     "La base de TVA " + what + " est hors bornes.");
            return;
        }
        const auto expected = percent_of(Money::cents(share.stated_base), share.rate);
        if (!expected) {
            obstacle(Code::invoice_vat_mismatch, "vat.amount",
                     "La TVA " + what + " ne peut pas être recalculée.");
            return;
        }
        compare("vat.amount", "TVA " + what, share.stated_vat, expected->cents(), tolerance,
                Code::invoice_vat_mismatch);
        vat_ += expected->cents();
        stated_vat_ += share.stated_vat;
    }

    void check_totals() {
        const Totals& totals = invoice_.totals;
        const Cents tolerance = std::max<Cents>(counted_lines_, 1) * tolerated_cents_a_line;
        const bool has_lines = !invoice_.lines.empty();
        if (has_lines && totals.lines) {
            compare("totals.lines", "Somme des lignes", totals.lines->cents(), lines_, tolerance,
                    Code::invoice_total_mismatch);
        }
        const Cents stated_lines = totals.lines ? totals.lines->cents() : lines_;
        if (totals.net && (has_lines || totals.lines)) {
            compare("totals.net", "Total HT, lignes moins remises plus frais", totals.net->cents(),
                    stated_lines - allowances_ + charges_, 1, Code::invoice_total_mismatch);
        }
        if (totals.vat && !invoice_.vat.empty()) {
            compare("totals.vat", "Total de la TVA", totals.vat->cents(), stated_vat_,
                    static_cast<Cents>(shares_.size()), Code::invoice_total_mismatch);
        }
        if (!totals.gross || !totals.net) {
            obstacle(Code::missing, "totals", "La facture n'a pas de total HT ou TTC.");
            return;
        }
        compare("totals.gross", "Total TTC, HT plus TVA", totals.gross->cents(),
                totals.net->cents() + cents_of(totals.vat), 1, Code::invoice_total_mismatch);
        // BT-114 rounds what is paid, to the euro at most: beyond that it is an amount of its own.
        if (std::abs(cents_of(totals.rounding)) >= cents_a_euro) {
            obstacle(Code::invoice_total_mismatch, "totals.rounding",
                     "L'arrondi annoncé (" + french(*totals.rounding) +
                         ") dépasse un arrondi : moins d'un euro est admis.");
        }
        if (!totals.due) {
            obstacle(Code::missing, "totals.due", "La facture ne dit pas ce qui reste à payer.");
        } else {
            compare("totals.due", "Net à payer, TTC moins déjà payé", totals.due->cents(),
                    totals.gross->cents() - cents_of(totals.prepaid) + cents_of(totals.rounding), 1,
                    Code::invoice_total_mismatch);
        }
        if (has_lines) recompute(tolerance);
    }

    void recompute(Cents tolerance) {
        const Cents net = lines_ - allowances_ + charges_;
        const Cents gross = net + vat_;
        const Cents gap = invoice_.totals.gross->cents() - gross;
        for (const Cents sum : {lines_, net, vat_, gross, gap}) {
            if (Money::in_range(sum)) continue;
            obstacle(Code::invoice_total_mismatch, "totals", "Les sommes sont hors bornes.");
            return;
        }
        out_.recomputed =
            Recomputed{Money::cents(lines_), Money::cents(net), Money::cents(vat_),
                       Money::cents(gross),  Money::cents(gap), Money::cents(tolerance)};
        // Each sum may pass alone while their cents add up.
        if (gap > tolerance || gap < -tolerance) {
            obstacle(Code::invoice_total_mismatch, "totals.gross",
                     "Les lignes et leur TVA font " + shown_cents(gross) + ", la facture annonce " +
                         french(*invoice_.totals.gross) + " : l'écart de " + shown_cents(gap) +
                         " dépasse un centime par ligne.");
        }
    }

    void check_signs() {
        const Totals& totals = invoice_.totals;
        if (cents_of(totals.gross) < 0) {
            obstacle(Code::invoice_negative, "totals.gross",
                     invoice_.kind == Kind::credit_note
                         ? "L'avoir porte un total négatif, " + french(*totals.gross) +
                               " : les montants d'un avoir (381) s'écrivent sans signe."
                         : "La facture porte un total négatif, " + french(*totals.gross) +
                               " : ce que l'entreprise rend s'écrit en avoir (381).");
        } else if (cents_of(totals.due) < 0) {
            obstacle(Code::invoice_negative, "totals.due",
                     "Le net à payer est négatif, " + french(*totals.due) +
                         " : il a été payé plus que la facture, demander un avoir.");
        }
    }

    void check_reverse_charge() {
        bool found = false;
        for (const Line& line : invoice_.lines) found = found || is_reverse(line.category);
        for (const VatShare& vat : invoice_.vat) {
            found = found || is_reverse(vat.category) || mentions_reverse_charge(vat.exemption);
        }
        for (const std::string& note : invoice_.notes) {
            found = found || mentions_reverse_charge(note);
        }
        if (!found) return;
        obstacle(Code::invoice_reverse_charge, "vat",
                 "La facture est en autoliquidation : elle suppose un client assujetti à la TVA "
                 "(CGI, art. 283-2 nonies), ce qu'un ménage n'est pas. Demander une facture avec "
                 "TVA.");
    }

    static bool is_reverse(const std::string& category) {
        return category == "AE" || category == "K";
    }

    void check_payee() {
        const Party& payee = invoice_.payee;
        if (!payee.name.empty() && payee.name != invoice_.seller.name) {
            remark(Code::invoice_payee, "payee",
                   "La facture demande de payer « " + shown(payee.name) + " » et non « " +
                       shown(invoice_.seller.name) +
                       " » (affacturage, cession ?) : rien n'est payé sans cession notifiée.");
        }
        for (const PaymentMeans& means : invoice_.payment_means) {
            if (means.account.empty()) continue;
            const auto iban = Iban::parse("payment_means.account", means.account);
            if (!iban) {
                out_.remarks.push_back(iban.refusal());
            } else if (!iban->text().starts_with("FR")) {
                remark(Code::invoice_payee, "payment_means.account",
                       "Le compte de la facture est à l'étranger (" + iban->text().substr(0, 2) +
                           ") : à vérifier avec l'entreprise.");
            }
        }
    }

    const ElectronicInvoice& invoice_;
    Day today_;
    Checks out_;
    Cents counted_lines_ = 0;
    Cents lines_ = 0;
    Cents allowances_ = 0;
    Cents charges_ = 0;
    Cents vat_ = 0;         // ours
    Cents stated_vat_ = 0;  // of the breakdown
    std::map<Taxed, Share> shares_;
};

}  // namespace

Checks check(const ElectronicInvoice& invoice, Day today) {
    return Checker(invoice, today).run();
}

}  // namespace deodat::payments::electronic
