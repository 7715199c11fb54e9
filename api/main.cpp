// The program: a table of commands, and the one place that turns failures into exit codes.
#include <array>
#include <iostream>
#include <vector>

#include "api/cli/command.h"
#include "ledger/base/invariant.h"

namespace {

using deodat::cli::Arguments;
using deodat::cli::Command;
using deodat::cli::Exit;

constexpr auto commands = std::to_array<Command>({
    {"demo", "--data DOSSIER --out DOSSIER",
     "joue une année d'une petite Déodatie et écrit ses fichiers", &deodat::cli::demo},
    {"plan",
     "[--facts FICHIER | --jsonl] [--explain [--text]] [--rules DOSSIER]"
     "\n              [--what-if FICHIER | --recompute FICHIER | --cash FICHIER] [--text]",
     "calcule le plan de financement d'un dossier, et ce qu'il devient", &deodat::cli::plan},
    {"batch",
     "propose [--facts FICHIER] [--text] | allocate [--facts FICHIER] [--text] [--rules DOSSIER]",
     "propose quelles maisons grouper ; partage au centime la remise et les coûts communs, dit qui "
     "gagne\n      quoi",
     &deodat::cli::batch},
    {"rules",
     "check | list [--at DATE] | explain AIDE | test FICHIER  [--rules DOSSIER]\n"
     "               diff ANCIENNES NOUVELLES --facts FICHIER.jsonl [--json]",
     "vérifie, énumère, explique, compare ou éprouve les règles", &deodat::cli::rules},
    {"statement", "FICHIER [--mapping FICHIER] [--reversals booked|original] [--text]",
     "montre un relevé de banque (camt, CFONB120, CSV) et s'il peut être comptabilisé",
     &deodat::cli::statement},
    {"verify", "--data DOSSIER [--anchor FICHIER]",
     "vérifie le journal, et que les dossiers disent la même chose que lui", &deodat::cli::verify},
    {"close-period", "ANNÉE --data DOSSIER [--person NUMÉRO]",
     "clôt un exercice, définitivement, une fois réglé ce qui lui appartient",
     &deodat::cli::close_period},
    {"anchor",
     "key | sign --out FICHIER | request --out FICHIER.tsq | attach FICHIER.tsr --authority "
     "FICHIER.pem | list  --data DOSSIER [--key FICHIER]",
     "scelle l'état du grand livre : signature, horodatage par un tiers", &deodat::cli::anchor},
    {"backup", "--data DOSSIER --out FICHIER",
     "copie les données, même pendant qu'on y écrit, et vérifie la copie", &deodat::cli::backup},
    {"restore", "FICHIER --data DOSSIER [--erasures LISTE] | FICHIER --drill",
     "restaure une sauvegarde dans un dossier vide, ou s'y exerce sans rien garder",
     &deodat::cli::restore},
    {"erase",
     "dossier RÉFÉRENCE | person NUMÉRO  --data DOSSIER\n"
     "               [--person NUMÉRO --ground request|period_over --asked-on DATE --confirm NOM]\n"
     "               list --data DOSSIER",
     "montre ce qui serait effacé d'un ménage ou d'une personne, et pourquoi pas ; l'efface pour "
     "de\n      bon une fois confirmé ; énumère les effacements",
     &deodat::cli::erase},
    {"export",
     "hledger | beancount | csv | chain | fec [--year ANNÉE] [--siren SIREN --out DOSSIER]\n"
     "                --data DOSSIER [--person NUMÉRO] [--entry N]\n"
     "                list --data DOSSIER",
     "écrit le journal pour d'autres programmes, ou la chaîne pour qui veut la recalculer, et\n    "
     "  l'inscrit au registre ; montre le registre",
     &deodat::cli::export_journal},
    {"import",
     "opening FICHIER.csv --data DOSSIER --date AAAA-MM-JJ --person NUMÉRO [--programme CODE]\n"
     "                bank FICHIER --data DOSSIER --person NUMÉRO [--mapping FICHIER]\n"
     "                [--reversals booked|original]\n"
     "                status FICHIER.xml --data DOSSIER --person NUMÉRO",
     "reprend des soldes d'ouverture avant toute écriture de montant, ou un relevé de banque ; "
     "tout\n      ou rien ; lit ce que la banque ou le comptable dit de nos virements",
     &deodat::cli::import},
    {"invoice", "FICHIER [--json]",
     "montre et vérifie une facture électronique : Factur-X (PDF), CII ou UBL",
     &deodat::cli::invoice},
    {"limit",
     "set debit|credit --account COMPTE | set engaged [--funder CODE] | set outstanding --funder "
     "CODE\n               --amount EUROS | --lift  --reason MOTIF --data DOSSIER [--since DATE]\n"
     "               [--person NUMÉRO] [--programme CODE]\n"
     "               list --data DOSSIER [--programme CODE]",
     "fixe ou lève une limite d'un compte, d'une convention ou du programme ; montre ce qui en "
     "est\n      utilisé, réservé, et ce qui reste",
     &deodat::cli::limit},
    {"transfers", "FICHIER [--text]",
     "montre et vérifie un fichier de paiement : pain.001, pain.002, PES", &deodat::cli::transfers},
    {"report",
     "funder --funder CODE | treasury  --data DOSSIER --out FICHIER.xlsx [--programme CODE]"
     "\n              [--as-of DATE] [--entry N]",
     "écrit un tableur : rapprochement d'un financeur, ou trésorerie", &deodat::cli::report},
    {"document",
     "works-order RÉFÉRENCE | payment-notice NUMÉRO | liquidation NUMÉRO  --data DOSSIER --out "
     "FICHIER.html",
     "écrit une pièce à imprimer : commande de travaux, avis de paiement, certificat de "
     "liquidation",
     &deodat::cli::document},
});

void show_usage(std::ostream& out) {
    out << "Usage : deodat COMMANDE …\n\n";
    for (const Command& command : commands) {
        out << "  deodat " << command.name << " " << command.usage << "\n      " << command.summary
            << "\n";
    }
}

Exit run(const std::vector<std::string_view>& words) {
    if (words.empty()) {
        show_usage(std::cerr);
        return Exit::usage;
    }
    if (words[0] == "--help" || words[0] == "help") {
        show_usage(std::cout);
        return Exit::done;
    }
    for (const Command& command : commands) {
        if (command.name != words[0]) continue;
        const Exit code = command.run(Arguments(words).subspan(1));
        if (code == Exit::usage) {
            std::cerr << "Usage : deodat " << command.name << " " << command.usage << "\n";
        }
        return code;
    }
    std::cerr << "deodat : la commande « " << words[0] << " » n'existe pas.\n\n";
    show_usage(std::cerr);
    return Exit::usage;
}

}  // namespace

int main(int count, char** values) {
    try {
        std::ios::sync_with_stdio(false);
        return static_cast<int>(run({values + 1, values + count}));
    } catch (const deodat::BrokenInvariant& failure) {
        std::cerr << "deodat : invariant rompu : " << failure.what() << '\n';
        return static_cast<int>(Exit::broken_invariant);
    } catch (const std::exception& failure) {
        std::cerr << "deodat : " << failure.what() << '\n';
        return static_cast<int>(Exit::environment);
    }
}
