#include "ledger/bank/status_reasons.h"

#include <array>
#include <span>

#include "ledger/base/text.h"

namespace deodat::bank {
namespace {

struct Meaning {
    std::string_view code;
    std::string_view french;
};

constexpr auto iso_meanings = std::to_array<Meaning>({
    {"AC01", "numéro de compte incorrect : faire confirmer le RIB"},
    {"AC03", "compte du bénéficiaire incorrect : faire confirmer le RIB"},
    {"AC04", "compte clos : demander un nouveau RIB"},
    {"AC06", "compte bloqué"},
    {"AG01", "opération interdite sur ce compte"},
    {"AG02", "code d'opération incorrect"},
    {"AM01", "montant nul"},
    {"AM02", "montant au-delà de ce qui est permis"},
    {"AM04", "provision insuffisante"},
    {"AM05", "doublon d'un paiement déjà reçu"},
    {"AM09", "montant incorrect"},
    {"AM10", "somme de contrôle incorrecte"},
    {"AM18", "nombre d'opérations incorrect"},
    {"BE01", "nom et compte ne correspondent pas"},
    {"BE04", "adresse du bénéficiaire absente ou incorrecte : la corriger, ou n'en pas envoyer"},
    {"CNOR", "banque du bénéficiaire absente du système de paiement"},
    {"CUST", "à la demande du donneur d'ordre"},
    {"DS02", "annulé par un utilisateur habilité de la banque à distance"},
    {"DT01", "date d'exécution incorrecte"},
    {"DU01", "identifiant de fichier (MsgId) déjà reçu"},
    {"DU02", "identifiant de bloc (PmtInfId) déjà reçu"},
    {"DU03", "opération déjà reçue"},
    {"DU04", "identifiant de bout en bout (EndToEndId) déjà reçu"},
    {"DU05", "identifiant d'instruction (InstrId) déjà reçu"},
    {"FF01", "format du fichier incorrect"},
    {"FOCR", "retour après une demande de rappel"},
    {"MD07", "bénéficiaire décédé"},
    {"MS02", "motif non précisé par le bénéficiaire"},
    {"MS03", "motif non précisé par la banque"},
    {"NARR", "motif en clair"},
    {"NOOR", "opération d'origine inconnue"},
    {"NORR", "pas de réponse à la vérification du bénéficiaire"},
    {"PI01", "l'identifiant du bénéficiaire ne correspond pas au compte"},
    {"PN01", "le nom du bénéficiaire ne correspond pas au compte"},
    {"PN02", "le nom du bénéficiaire ne correspond qu'à peu près au compte"},
    {"RC01", "identifiant de banque (BIC) incorrect"},
    {"RR04", "motif réglementaire"},
    {"RR10", "caractères non admis"},
    {"TM01", "reçu après l'heure limite"},
    {"UPAY", "paiement non dû"},
});

constexpr auto acquit_meanings = std::to_array<Meaning>({
    {"ERREUR_AUTRE", "anomalie"},
    {"ERREUR_CERTIFICAT", "certificat refusé"},
    {"ERREUR_CODE_COLLECTIVITE_BUDGET", "code de collectivité ou de budget inconnu"},
    {"ERREUR_CODIFICATION", "valeur hors de la codification"},
    {"ERREUR_CODIQUE", "codique du poste inconnu"},
    {"ERREUR_CONNECTION_IMPOSSIBLE_A_LA_BASE", "Hélios indisponible : à renvoyer"},
    {"ERREUR_CUMUL_MONTANTS", "le cumul annuel ne correspond pas"},
    {"ERREUR_DOUBLON_BORDEREAU", "numéro de bordereau déjà reçu"},
    {"ERREUR_DOUBLON_LIGNE", "ligne déjà reçue"},
    {"ERREUR_DOUBLON_PIECE", "numéro de pièce déjà reçu"},
    {"ERREUR_DOUBLON_PJ",
     "identifiant de pièce jointe déjà connu : un nouvel identifiant est nécessaire"},
    {"ERREUR_ENCODING", "encodage incorrect"},
    {"ERREUR_FLUX_VIDE", "flux vide"},
    {"ERREUR_MONTANT_TVA_ZERO_NEGATIF", "montant de TVA nul ou négatif"},
    {"ERREUR_PES_PARAM", "paramétrage"},
    {"ERREUR_PES_PARAM_SIGNATURE", "paramétrage de la signature"},
    {"ERREUR_PES_SIGNATURE", "signature"},
    {"ERREUR_PJ", "pièce jointe"},
    {"ERREUR_PJ_SIGNEE", "pièce jointe signée refusée"},
    {"ERREUR_SCHEMA_INCOMPLET", "fichier non conforme au schéma"},
    {"ERREUR_SIGNATURE_BORDEREAU_ILLISIBLE", "signature du bordereau illisible"},
    {"ERREUR_SIGNATURE_BORDEREAU_INCOMPLETE", "signature du bordereau incomplète"},
    {"ERREUR_SIGNATURE_BORDEREAU_INVALIDE", "signature du bordereau invalide"},
    {"ERREUR_SIGNATURE_EXTERNE", "signature externe refusée"},
    {"ERREUR_SIGNATURE_ILLISIBLE", "signature illisible"},
    {"ERREUR_SIGNATURE_INCOMPLETE", "signature incomplète"},
    {"ERREUR_SIGNATURE_INVALIDE", "signature invalide"},
    {"ERREUR_SIRET", "SIRET inconnu"},
    {"ERREUR_TAILLE_BORDEREAUX", "trop de bordereaux"},
    {"ERREUR_TAILLE_LIGNE", "trop de lignes"},
    {"ERREUR_TAILLE_PIECE", "trop de pièces"},
    {"ERREUR_TIMEOUT", "délai dépassé : à renvoyer"},
    {"ERREUR_VERSION_PES", "version du PES refusée"},
    {"ERREUR_VERSION_PJ", "version des pièces jointes refusée"},
});

constexpr auto observation_meanings = std::to_array<Meaning>({
    {"01", "pièces justificatives absentes ou invalides"},
    {"02", "pièces justificatives insuffisantes"},
    {"03", "crédits budgétaires insuffisants"},
    {"04", "liquidation erronée"},
    {"05", "service fait ou caractère exécutoire non certifié"},
    {"06", "autre motif"},
    {"07", "payé deux fois"},
    {"09", "domiciliation bancaire absente ou erronée"},
    {"10", "récupération d'avance non effectuée"},
    {"11", "incompétence du donneur d'ordre"},
    {"13", "prescription ou déchéance"},
    {"16", "mandat non établi au nom du véritable créancier"},
    {"23", "imputation comptable ou budgétaire erronée"},
    {"24", "rejet technique"},
});

std::string meaning(std::span<const Meaning> table, std::string_view code) {
    for (const Meaning& row : table) {
        if (row.code == code) return std::string(row.french);
    }
    return "motif « " + shown(code) + " » hors des listes connues";
}

}  // namespace

std::string iso_reason(std::string_view code) {
    return meaning(iso_meanings, code);
}

std::string acquit_reason(std::string_view code) {
    return meaning(acquit_meanings, code);
}

std::string observation_reason(std::string_view code) {
    return meaning(observation_meanings, code);
}

}  // namespace deodat::bank
