#include "ledger/erasure/personal_data.h"

#include <array>
#include <sstream>

namespace deodat::erasure {
namespace {

// What is kept for what. How long, in years: ledger/data/keeping.periods.
constexpr std::string_view for_aids =
    "instruire les aides et en rendre compte aux financeurs, jusqu'à la fin des engagements";
constexpr std::string_view for_pieces = "pièce comptable";
constexpr std::string_view for_decision = "qui a décidé quoi, tant que les pièces sont gardées";
constexpr std::string_view of_contractor =
    "désigne le bénéficiaire des paiements, sur des pièces que l'effacement d'un ménage ne touche"
    " pas";
constexpr std::string_view of_answer =
    "une même demande reçoit toujours la même réponse ; une réponse ne dit pas de qui elle parle";

constexpr auto personal = std::to_array<PersonalData>({
    {"household", "*", "", Subject::household, "dossier = ?1",
     "ménage : nom, personnes, revenu fiscal de référence, commune, statut", for_aids},
    {"dwelling", "age_years living_area_m2", "age_years living_area_m2", Subject::household,
     "dossier = ?1", "logement : âge et surface", for_aids},
    {"dossier", "end_reason end_salt", "", Subject::household, "id = ?1", "motif de fin du dossier",
     for_aids},
    {"plan", "facts_json plan_json explanation_json salt", "facts_json plan_json explanation_json",
     Subject::household, "dossier = ?1", "plans : faits, calcul et explication", for_aids},
    {"plan_aid", "motive", "", Subject::household,
     "plan IN (SELECT id FROM plan WHERE dossier = ?1)",
     "motifs des aides décidées hors règles, dans les plans", for_aids},
    {"given_aid", "motive", "motive", Subject::household, "dossier = ?1",
     "motifs des aides décidées hors règles", for_aids},
    {"funder_grant", "motive reference", "", Subject::household, "dossier = ?1",
     "subventions : motif, référence du dossier chez le financeur", for_aids},
    {"funding_entry", "reason", "reason", Subject::household,
     "funder_grant IN (SELECT id FROM funder_grant WHERE dossier = ?1)", "motifs des financeurs",
     for_pieces},
    {"claim", "reduced_reason", "", Subject::household,
     "funder_grant IN (SELECT id FROM funder_grant WHERE dossier = ?1)",
     "motifs de réduction des demandes de paiement", for_pieces},
    {"household_call", "reason", "reason", Subject::household, "dossier = ?1",
     "motifs des appels au ménage", for_pieces},
    {"quote", "number", "number", Subject::household, "dossier = ?1", "numéros de devis",
     for_pieces},
    {"quote_line", "label", "label", Subject::household,
     "quote IN (SELECT id FROM quote WHERE dossier = ?1)", "libellés des lignes de devis",
     for_pieces},
    {"invoice_line", "label", "label", Subject::household,
     "invoice IN (SELECT i.id FROM invoice i JOIN works_order w ON w.id = i.works_order"
     " WHERE w.dossier = ?1)",
     "libellés des lignes de facture", for_pieces},
    {"works_order_amendment", "reference", "reference", Subject::household,
     "works_order IN (SELECT id FROM works_order WHERE dossier = ?1)", "références d'avenants",
     for_pieces},
    {"payment_order", "refusal", "", Subject::household,
     "invoice IN (SELECT i.id FROM invoice i JOIN works_order w ON w.id = i.works_order"
     " WHERE w.dossier = ?1)",
     "motifs de refus des ordres de paiement", for_pieces},
    // What an entry of several dossiers is about goes with the last of their households.
    {"bank_movement", "end_to_end_id counterparty remittance",
     "end_to_end_id counterparty remittance", Subject::household,
     "entry IN (SELECT entry FROM posting WHERE dossier = ?1) AND NOT EXISTS (SELECT 1 FROM posting"
     " p JOIN household h ON h.dossier = p.dossier WHERE p.entry = bank_movement.entry"
     " AND p.dossier <> ?1)",
     "mouvements de banque : payeur, libellé, référence", for_pieces},
    {"reversal", "reason", "reason", Subject::household,
     "entry IN (SELECT entry FROM posting WHERE dossier = ?1) AND NOT EXISTS (SELECT 1 FROM posting"
     " p JOIN household h ON h.dossier = p.dossier WHERE p.entry = reversal.entry"
     " AND p.dossier <> ?1)",
     "motifs de contre-passation", for_pieces},
    {"person", "name", "name", Subject::person, "id = ?1", "nom de la personne", for_decision},
    {"person_role", "*", "", Subject::person, "person = ?1", "rôles de la personne", for_decision},
    {"contractor", "siret name town", "", Subject::contractor, "",
     "entreprise, parfois individuelle", of_contractor},
    {"contractor_iban", "iban", "", Subject::contractor, "", "compte de l'entreprise",
     of_contractor},
    {"payment_order", "iban", "", Subject::contractor, "", "compte que l'approbation a scellé",
     of_contractor},
    {"transfer", "iban", "", Subject::contractor, "", "compte viré", of_contractor},
    {"transfer_content", "creditor_name creditor_town creditor_siret remittance invoice_number", "",
     Subject::contractor, "", "bénéficiaire d'un virement, tel qu'il est parti", of_contractor},
    {"transfer_status", "told", "", Subject::contractor, "",
     "ce que la banque ou le comptable dit d'un virement", of_contractor},
    {"contractor_telephone", "number source", "", Subject::contractor, "",
     "téléphones de l'entreprise", of_contractor},
    {"account_confirmation", "reached former_end former_document document", "", Subject::contractor,
     "", "personne jointe, pièces du compte", of_contractor},
    {"payee_verification", "returned_name accepted_reason", "", Subject::contractor, "",
     "nom répondu par la banque", of_contractor},
    {"account_rejection", "reason", "", Subject::contractor, "", "motif de rejet d'un compte",
     of_contractor},
    {"waiting_lift", "reason", "", Subject::contractor, "", "motif de levée d'une attente",
     of_contractor},
    {"qualification", "name", "", Subject::contractor, "", "nom de l'entreprise qualifiée",
     of_contractor},
    {"insurance", "policy", "", Subject::contractor, "", "police d'assurance", of_contractor},
    {"contractor_end", "source", "", Subject::contractor, "", "d'où l'on sait sa fin",
     of_contractor},
    {"answer", "request_key body_sha256 answer field message", "", Subject::anyone, "",
     "réponses données une fois pour toutes", of_answer},
    {"answer_fact", "request_key value", "", Subject::anyone, "",
     "réponses données une fois pour toutes", of_answer},
});

constexpr std::string_view numbers = "numbers, days, states and references of ours";
constexpr std::string_view proof = "the proof itself: digests, numbers, names of tables";
constexpr std::string_view public_body = "a public body's";

constexpr auto other = std::to_array<NotPersonal>({
    {"account", "*", "the chart's"},
    {"posting", "*", "signed amounts and numbers: the figures stay"},
    {"balance", "*", "sums of the postings"},
    {"entry", "*",
     "sealed for ever: labels and pieces are our own words and references; who acted is a number"},
    {"person", "id added_on", numbers},
    {"programme", "*", public_body},
    {"programme_epci", "*", public_body},
    {"funder", "*", public_body},
    {"dossier", "id reference programme adviser opened_on state ended_on version ended_entry",
     numbers},
    {"dwelling", "dossier commune_insee type main_residence dpe_before dpe_after energy_gain_pct",
     "what reports by commune count; it names nobody once the household is gone"},
    {"quote", "id dossier contractor issued_on", numbers},
    {"quote_line", "quote line trade ht_cents vat_bp ttc_cents eligible", "amounts of works"},
    {"plan",
     "id dossier dossier_version kept_on person rules_version works_ttc_cents total_aid_cents"
     " remaining_cost_cents signed_on signed_entry",
     "figures that were committed"},
    {"plan_aid", "plan aid funder label cents advance_cents", "names and amounts of aids"},
    {"given_aid", "dossier aid funder label cents person given_on", "names and amounts of aids"},
    {"mandate", "*", numbers},
    {"funder_grant",
     "id dossier funder plan aid label requested_cents requested_on notified_on notified_cents"
     " advance_cents refused_on refused_cents",
     "names, days and amounts of aids"},
    {"claim",
     "id reference funder_grant kind cents filed_on title titled_on received_cents received_on"
     " reduced_cents reduced_on",
     numbers},
    {"household_call", "id reference dossier cents called_on claim received_cents received_on",
     numbers},
    {"contractor", "id country", numbers},
    {"contractor_iban", "id contractor entered_by entered_on", numbers},
    {"works_order", "*", numbers},
    {"works_order_amendment", "id works_order cents signed_on person", numbers},
    {"spending_limit", "*", "how far a public body's accounts may go, and why"},
    {"payment_limit", "*", "how much a public body may pay at once, and why"},
    {"payment_suspension", "*", "when a public body stopped paying, and why"},
    {"invoice", "*", "the contractor's piece, whose number the approval seals"},
    {"invoice_line", "invoice line ht_cents vat_bp ttc_cents", "amounts of works"},
    {"acceptance", "*", numbers},
    {"payment_order",
     "id number invoice purpose cents attempt made_by made_on state approved_by approved_on"
     " approved_hash approval_recorded_on released_by released_on taken_in_charge ordered refused_on refused_by",
     numbers},
    {"transfer_file", "*", numbers},
    {"transfer",
     "id file payment_order attempt end_to_end_id cents state paid_on returned_on return_reason",
     "numbers of ours, and the bank's code"},
    {"payment_channel", "*", public_body},
    {"transfer_file_content", "*", public_body},
    {"transfer_content", "transfer creditor_country retention account siret budget year mandate",
     numbers},
    {"transfer_file_sent", "*", proof},
    {"transfer_file_handed", "*", numbers},
    {"status_report", "*", "the bank's number of what it says of our files, and its digest"},
    {"transfer_status", "id report transfer stage code reason told_on",
     "numbers, and the bank's codes"},
    {"bank_statement", "*", "the bank's number of a statement of our own account"},
    {"bank_movement",
     "id statement ordinal day cents return_reason matched_kind matched_id entry bank_reference"
     " doubt",
     "numbers, the bank's code and reference, and what does not add up in its amounts and days"},
    {"anchor", "*", proof},
    {"anchor_response", "*", proof},
    {"record", "*", proof},
    {"record_salt", "*", "drawn by chance; goes with what it salted"},
    {"journal_export", "*", "who took which export, as a number, and its digest"},
    {"reversal", "entry", numbers},
    {"funding_entry", "entry funder_grant claim", numbers},
    {"period", "*", "figures of a closed year"},
    {"carried_balance", "*", "figures of a closed year"},
    {"answer", "person answered_at code", numbers},
    {"answer_fact", "person ordinal name", numbers},
    {"contractor_telephone", "id contractor entered_by entered_on", numbers},
    {"account_confirmation", "account telephone called_on confirmed_by confirmed_on", numbers},
    {"payee_verification", "id account answer answered_on entered_by accepted_by", numbers},
    {"account_rejection", "account rejected_by rejected_on", numbers},
    {"waiting_lift", "account lifted_by lifted_on", numbers},
    {"qualification", "contractor domain code body valid_from valid_to imported_on",
     "the national list's"},
    {"insurance", "id contractor insurer valid_from valid_to entered_by entered_on", numbers},
    {"contractor_end", "contractor kind ended_on entered_by", numbers},
    {"erasure", "*", numbers},
    {"erased_row", "*", proof},
    {"schema_migration", "*", "ours"},
});

}  // namespace

std::span<const PersonalData> personal_data() {
    return personal;
}

std::span<const NotPersonal> not_personal() {
    return other;
}

std::vector<std::string> column_names(std::string_view columns) {
    std::istringstream words{std::string(columns)};
    std::vector<std::string> out;
    for (std::string word; words >> word;) out.push_back(word);
    return out;
}

}  // namespace deodat::erasure
