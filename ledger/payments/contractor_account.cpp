#include "ledger/payments/contractor_account.h"

#include <array>

#include "ledger/base/checks.h"
#include "ledger/base/named.h"
#include "ledger/base/telephone.h"
#include "ledger/base/text.h"
#include "ledger/people/person.h"

namespace deodat::payments {
namespace {

constexpr std::size_t text_points_max = 200;
constexpr std::size_t end_characters = 4;

struct Account {
    AccountId id;
    ContractorId contractor;
    std::string iban;
    PersonId entered_by;
    Day entered_on;
};

constexpr std::string_view account_columns =
    "SELECT id, contractor, iban, entered_by, entered_on FROM contractor_iban ";

Account account_of(store::Rows& rows) {
    return {rows.id<AccountId>(0), rows.id<ContractorId>(1), rows.text(2), rows.id<PersonId>(3),
            rows.day(4)};
}

Result<Account> find_account(store::Database& db, AccountId id) {
    auto rows = db.select(std::string(account_columns) + "WHERE id = ?", id);
    if (rows.next()) return account_of(rows);
    return Refusal{Code::not_found, "account",
                   "Aucun compte d'entreprise n° " + std::to_string(id.value) + "."};
}

// The account that the contractor was paid on until now: the last one confirmed before. None for a
// first one, or for the same one entered again.
std::optional<Account> former_account(store::Database& db, const Account& account) {
    auto rows = db.select(
        std::string(account_columns) +
            "WHERE contractor = ?1 AND id < ?2 AND iban <> ?3"
            " AND id IN (SELECT account FROM account_confirmation) ORDER BY id DESC LIMIT 1",
        account.contractor, account.id, account.iban);
    return rows.next() ? std::optional(account_of(rows)) : std::nullopt;
}

Result<Done> require_officer(store::Database& db, PersonId person) {
    return people::require_role(db, person, people::Role::officer);
}

// Why the account was set aside, when it was.
std::optional<std::string> rejection_of(store::Database& db, AccountId id) {
    auto rows = db.select("SELECT reason FROM account_rejection WHERE account = ?", id);
    return rows.next() ? std::optional(rows.text(0)) : std::nullopt;
}

Result<Done> require_not_rejected(store::Database& db, const Account& account) {
    const auto reason = rejection_of(db, account.id);
    if (!reason) return Done{};
    return Refusal{Code::state_forbids, "account",
                   "Le compte a été écarté (" + *reason + ") : il ne sera jamais payé."};
}

Result<Done> require_another(const Account& account, PersonId officer, std::string_view act) {
    if (account.entered_by != officer) return Done{};
    return Refusal{Code::same_person, "person",
                   "La personne qui a saisi le compte ne peut pas " + std::string(act) +
                       " : une autre doit le faire."};
}

struct KnownNumber {
    std::string number;
    Day entered_on;
};
Result<KnownNumber> find_telephone(store::Database& db, const Account& account, TelephoneId id) {
    auto rows = db.select(
        "SELECT number, entered_on FROM contractor_telephone WHERE id = ? AND contractor = ?", id,
        account.contractor);
    if (rows.next()) return KnownNumber{rows.text(0), rows.day(1)};
    return Refusal{Code::not_found, "telephone",
                   "Ce téléphone n'est pas au dossier de l'entreprise : le contre-appel se fait "
                   "à un numéro connu avant la demande."};
}

// The number was known before the account was: it has served, or was entered long enough before.
Result<Done> require_known_before(store::Database& db, const Account& account,
                                  TelephoneId telephone, const KnownNumber& known) {
    auto earlier = db.select(
        "SELECT min(i.id) = ?2, max(f.telephone = ?3) FROM contractor_iban i"
        " LEFT JOIN account_confirmation f ON f.account = i.id WHERE i.contractor = ?1",
        account.contractor, account.id, telephone);
    earlier.next();
    const bool first_account = earlier.integer(0) != 0;
    const bool has_served = !earlier.is_null(1) && earlier.integer(1) != 0;
    if (first_account || has_served) return Done{};
    if (known.entered_on.plus_days(telephone_known_days) <= account.entered_on) return Done{};
    return Refusal{Code::gate_closed, "telephone",
                   "Le téléphone " + known.number + " a été saisi le " + known.entered_on.french() +
                       ", moins de " + std::to_string(telephone_known_days) +
                       " jours avant le compte : appeler un numéro connu avant la demande."};
}

// Who was reached, and the RIBs filed: the former one too where there is one.
struct Filed {
    std::string reached;
    std::string document;
    std::string former_document;
};
Result<Filed> filed_of(const CallBack& call, const std::optional<Account>& former) {
    const auto reached = clean_text("reached", call.reached, text_points_max);
    if (!reached) return reached.refusal();
    const auto document = clean_text("document", call.document, text_points_max);
    if (!document) return document.refusal();
    if (!former) return Filed{*reached, *document, ""};
    const auto before = clean_text("former_document", call.former_document, text_points_max);
    if (!before) return before.refusal();
    return Filed{*reached, *document, *before};
}

// Who answers knows the account that was paid until now.
Result<Done> require_former(const std::optional<Account>& former, const CallBack& call) {
    if (!former) return Done{};
    if (call.former_end == former->iban.substr(former->iban.size() - end_characters)) return Done{};
    return Refusal{Code::gate_closed, "former_end",
                   "Les " + std::to_string(end_characters) +
                       " derniers signes de l'ancien compte dits au téléphone (« " +
                       shown(call.former_end) +
                       " ») ne sont pas les bons : ne pas confirmer, prévenir le comptable."};
}

// In the order of PayeeAnswer.
constexpr std::array<std::string_view, 4> answer_names = {"match", "close_match", "no_match",
                                                          "not_possible"};

std::string_view payee_answer_name(PayeeAnswer answer) {
    return answer_names.at(static_cast<std::size_t>(answer));
}

PayeeAnswer payee_answer_of(std::string_view name) {
    const auto found = named<PayeeAnswer>(answer_names, name);
    DEODAT_ASSERT(found.has_value(), "a stored answer is one");
    return *found;
}

struct NewestAnswer {
    std::int64_t id;
    PayeeAnswer answer;
    std::string returned_name;
    bool accepted;
};
std::optional<NewestAnswer> newest_answer(store::Database& db, AccountId account) {
    auto rows = db.select(
        "SELECT id, answer, returned_name, accepted_by IS NOT NULL FROM payee_verification"
        " WHERE account = ? ORDER BY id DESC LIMIT 1",
        account);
    if (!rows.next()) return std::nullopt;
    return NewestAnswer{rows.integer(0), payee_answer_of(rows.text(1)), rows.text(2),
                        rows.integer(3) != 0};
}

// What the payee's bank says against paying; nothing when it says nothing against.
std::optional<AccountStanding> payee_standing(store::Database& db, AccountId id,
                                              std::optional<Day> from) {
    const auto answer = newest_answer(db, id);
    if (!answer) {
        return AccountStanding{
            id, AccountState::unverified, from,
            "La vérification du bénéficiaire manque : un gestionnaire la demande "
            "à la banque et saisit la réponse."};
    }
    if (answer->answer == PayeeAnswer::no_match) {
        return AccountStanding{id, AccountState::not_payees, from,
                               "La banque dit que le compte n'est pas celui de l'entreprise : "
                               "l'écarter, demander un autre RIB et prévenir le comptable."};
    }
    if (answer->answer == PayeeAnswer::close_match && !answer->accepted) {
        return AccountStanding{id, AccountState::close_name, from,
                               "La banque donne un nom proche, « " + answer->returned_name +
                                   " » : une personne qui n'a pas saisi le compte doit l'accepter, "
                                   "avec un motif."};
    }
    return std::nullopt;
}

bool is_lifted(store::Database& db, AccountId id, Day day) {
    auto rows = db.select("SELECT count(*) FROM waiting_lift WHERE account = ? AND lifted_on <= ?",
                          id, day);
    rows.next();
    return rows.integer(0) >= 2;
}

AccountStanding standing_of(store::Database& db, const Account& account, Day day) {
    const AccountId id = account.id;
    if (const auto reason = rejection_of(db, id)) {
        return {id,
                AccountState::rejected,
                {},
                "Le compte a été écarté (" + *reason +
                    ") : saisir et faire confirmer un autre compte."};
    }
    auto confirmed =
        db.select("SELECT confirmed_on FROM account_confirmation WHERE account = ?", id);
    if (!confirmed.next()) {
        return {id,
                AccountState::unconfirmed,
                {},
                "Le compte saisi le " + account.entered_on.french() +
                    " n'est pas confirmé : une autre personne rappelle l'entreprise à un numéro "
                    "connu avant, et l'enregistre."};
    }
    const Day confirmed_on = confirmed.day(0);
    auto ended = db.select(
        "SELECT ended_on FROM contractor_end WHERE contractor = ? AND ended_on >= ? AND ended_on "
        "<= ?",
        account.contractor, confirmed_on, day);
    if (ended.next()) {
        return {id,
                AccountState::ended,
                {},
                "L'entreprise a cessé ou est en procédure depuis le " + ended.day(0).french() +
                    " : faire confirmer le compte de son liquidateur ou mandataire."};
    }
    const Day from = confirmed_on.plus_days(account_waiting_days + 1);
    if (auto against = payee_standing(db, id, from)) return *against;
    if (day < from && !is_lifted(db, id, day)) {
        return {id, AccountState::waiting, from,
                "Le compte confirmé le " + confirmed_on.french() + " est payable à partir du " +
                    from.french() +
                    " ; l'ordonnateur et le comptable peuvent lever ensemble ce délai, avec un "
                    "motif."};
    }
    return {id, AccountState::payable, from, ""};
}

}  // namespace

Result<TelephoneId> add_telephone(store::Transaction& tx, ContractorId contractor,
                                  std::string_view number, std::string_view source,
                                  PersonId officer) {
    store::Database& db = tx.db();
    if (auto role = require_officer(db, officer); !role) return role.refusal();
    if (auto found = find_contractor(db, contractor); !found) return found.refusal();
    const auto telephone = Telephone::parse("telephone", number);
    if (!telephone) return telephone.refusal();
    const auto read_on = clean_text("telephone.source", source, text_points_max);
    if (!read_on) return read_on.refusal();
    return TelephoneId{
        db.insert("INSERT INTO contractor_telephone (contractor, number, source, entered_by,"
                  " entered_on) VALUES (?, ?, ?, ?, ?)",
                  contractor, telephone->text(), *read_on, officer, tx.today())};
}

Result<Done> confirm_account(store::Transaction& tx, const CallBack& call, PersonId officer) {
    store::Database& db = tx.db();
    if (auto role = require_officer(db, officer); !role) return role.refusal();
    const auto account = find_account(db, call.account);
    if (!account) return account.refusal();
    const auto known = find_telephone(db, *account, call.telephone);
    if (!known) return known.refusal();
    if (auto standing = require_not_rejected(db, *account); !standing) return standing.refusal();
    auto done =
        db.select("SELECT confirmed_on FROM account_confirmation WHERE account = ?", account->id);
    if (done.next()) {
        return Refusal{Code::state_forbids, "account",
                       "Le compte a été confirmé le " + done.day(0).french() + "."};
    }
    if (auto other = require_another(*account, officer, "le confirmer"); !other) {
        return other.refusal();
    }
    const auto former = former_account(db, *account);
    const auto filed = filed_of(call, former);
    if (!filed) return filed.refusal();
    for (const auto& dated : {require_not_before("called_on", call.called_on, account->entered_on,
                                                 "la saisie du compte"),
                              require_happened("called_on", call.called_on, tx.today())}) {
        if (!dated) return dated.refusal();
    }
    if (auto before = require_known_before(db, *account, call.telephone, *known); !before) {
        return before.refusal();
    }
    if (auto said = require_former(former, call); !said) return said.refusal();
    db.run("INSERT INTO account_confirmation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", account->id,
           call.telephone, filed->reached, call.called_on, former ? call.former_end : "",
           filed->former_document, filed->document, officer, tx.today());
    return Done{};
}

Result<Done> verify_payee(store::Transaction& tx, const PayeeVerification& verification,
                          PersonId officer) {
    store::Database& db = tx.db();
    if (auto role = require_officer(db, officer); !role) return role.refusal();
    const auto account = find_account(db, verification.account);
    if (!account) return account.refusal();
    std::string name;
    if (verification.answer == PayeeAnswer::close_match) {
        const auto given = clean_text("returned_name", verification.returned_name, text_points_max);
        if (!given) return given.refusal();
        name = *given;
    }
    if (auto dated = require_happened("answered_on", verification.answered_on, tx.today());
        !dated) {
        return dated.refusal();
    }
    db.run(
        "INSERT INTO payee_verification (account, answer, returned_name, answered_on, entered_by)"
        " VALUES (?, ?, ?, ?, ?)",
        account->id, payee_answer_name(verification.answer), name, verification.answered_on,
        officer);
    return Done{};
}

Result<Done> accept_payee_name(store::Transaction& tx, AccountId id, std::string_view reason,
                               PersonId officer) {
    store::Database& db = tx.db();
    if (auto role = require_officer(db, officer); !role) return role.refusal();
    const auto account = find_account(db, id);
    if (!account) return account.refusal();
    if (auto standing = require_not_rejected(db, *account); !standing) return standing.refusal();
    const auto answer = newest_answer(db, id);
    if (!answer || answer->answer != PayeeAnswer::close_match || answer->accepted) {
        return Refusal{Code::state_forbids, "account",
                       "La banque n'a pas donné de nom proche qui reste à accepter."};
    }
    if (auto other = require_another(*account, officer, "accepter le nom que donne la banque");
        !other) {
        return other.refusal();
    }
    const auto why = clean_text("reason", reason, text_points_max);
    if (!why) return why.refusal();
    db.run("UPDATE payee_verification SET accepted_by = ?, accepted_reason = ? WHERE id = ?",
           officer, *why, answer->id);
    return Done{};
}

Result<Done> reject_account(store::Transaction& tx, AccountId id, std::string_view reason,
                            PersonId officer) {
    store::Database& db = tx.db();
    if (auto role = require_officer(db, officer); !role) return role.refusal();
    const auto account = find_account(db, id);
    if (!account) return account.refusal();
    if (auto standing = require_not_rejected(db, *account); !standing) return standing.refusal();
    const auto why = clean_text("reason", reason, text_points_max);
    if (!why) return why.refusal();
    db.run("INSERT INTO account_rejection VALUES (?, ?, ?, ?)", id, *why, officer, tx.today());
    return Done{};
}

Result<Done> lift_waiting(store::Transaction& tx, AccountId id, std::string_view reason,
                          PersonId person) {
    store::Database& db = tx.db();
    if (auto role = people::require_one_of(
            db, person, {people::Role::authorising_officer, people::Role::public_accountant});
        !role) {
        return role.refusal();
    }
    const auto account = find_account(db, id);
    if (!account) return account.refusal();
    if (standing_of(db, *account, tx.today()).state != AccountState::waiting) {
        return Refusal{Code::state_forbids, "account",
                       "Le compte n'est pas en délai d'attente : il n'y a rien à lever."};
    }
    if (has_touched_account(db, account->contractor, account->iban, person)) {
        return Refusal{Code::same_person, "person",
                       "La personne qui a saisi ou confirmé le compte ne peut pas lever le délai."};
    }
    auto before =
        db.select("SELECT 1 FROM waiting_lift WHERE account = ? AND lifted_by = ?", id, person);
    if (before.next()) {
        return Refusal{Code::same_person, "person",
                       "Cette personne a déjà demandé de lever le délai : une autre doit le faire "
                       "aussi."};
    }
    const auto why = clean_text("reason", reason, text_points_max);
    if (!why) return why.refusal();
    db.run("INSERT INTO waiting_lift VALUES (?, ?, ?, ?)", id, person, *why, tx.today());
    return Done{};
}

std::optional<AccountStanding> account_standing(store::Database& db, ContractorId contractor,
                                                std::string_view iban, Day day) {
    auto rows = db.select(
        std::string(account_columns) + "WHERE contractor = ? AND iban = ? ORDER BY id DESC LIMIT 1",
        contractor, iban);
    if (!rows.next()) return std::nullopt;
    return standing_of(db, account_of(rows), day);
}

bool has_touched_account(store::Database& db, ContractorId contractor, std::string_view iban,
                         PersonId person) {
    auto rows = db.select(
        "SELECT 1 FROM contractor_iban i LEFT JOIN account_confirmation c ON c.account = i.id"
        " WHERE i.contractor = ?1 AND i.iban = ?2 AND ?3 IN (i.entered_by, c.confirmed_by)",
        contractor, iban, person);
    return rows.next();
}

treasury::Gate account_gate(store::Database& db, ContractorId contractor, std::string_view iban,
                            Day day) {
    const auto standing = account_standing(db, contractor, iban, day);
    const bool open = standing && standing->state == AccountState::payable;
    return {Code::gate_closed,
            "contractor_account",
            "Compte de l'entreprise confirmé",
            open,
            standing ? standing->what : "L'entreprise n'a jamais donné ce compte.",
            {}};
}

}  // namespace deodat::payments
