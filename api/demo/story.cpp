#include "api/demo/story.h"

#include <memory>

#include "api/demo/bank_book.h"
#include "api/demo/calendar.h"
#include "api/demo/cast.h"
#include "api/demo/outputs.h"
#include "api/desks/administration/setup.h"
#include "api/desks/adviser/dossiers.h"
#include "api/desks/adviser/plans.h"
#include "api/desks/adviser/requests.h"
#include "api/desks/treasury/contractors.h"
#include "api/desks/treasury/orders.h"
#include "api/desks/treasury/receipts.h"
#include "ledger/bank/camt.h"
#include "ledger/base/territory.h"
#include "ledger/funding/household_share.h"
#include "ledger/treasury/gates.h"
#include "reports/transfers/target_days.h"
#include "rules/facts/facts_json.h"
#include "rules/plan/explanation_text.h"
#include "rules/plan/plan.h"

namespace deodat::demo {
namespace {

const Day first_day = Day::of(2025, 10, 1);
const Day last_day = Day::of(2026, 9, 30);
constexpr std::uint64_t seed = 2025;
constexpr int deposit_after_days = 4;  // from the plan to the requests
constexpr int late_days = 240;         // a claim filed in spring, still open when the year ends

// A step of the story that the ledger refuses ends the story; play() turns it back into a Result.
struct Refused {
    Refusal refusal;
};

template <class T>
T must(Result<T> result) {
    if (!result) throw Refused{result.refusal()};
    return std::move(*result);
}

// A dossier on its way through the year.
struct Life {
    House house;
    DossierId dossier;
    std::string reference;
    QuoteId quote;
    std::int64_t works_order = 0;
    InvoiceId invoice;
    OrderId order;
    std::vector<funding::Grant> grants;
    bool ended = false;
};

class Year {
  public:
    Year(store::Store& store, SetClock& clock, const rules::RuleSet& rules,
         std::filesystem::path out, std::ostream& told)
        : store_(store),
          rules_(rules),
          calendar_(clock),
          clock_(clock),
          out_(std::move(out)),
          told_(told),
          bank_(programme_account()) {}

    void play() {
        set_up();
        plan_statements();
        for (House& house : houses()) {
            auto life =
                std::make_shared<Life>(Life{std::move(house), {}, "", {}, 0, {}, {}, {}, false});
            lives_.push_back(life);
            calendar_.at(reports::next_target_day(life->house.opened_on),
                         [this, life] { open(*life); });
        }
        calendar_.play_until(last_day);
        clock_.set(instant_in_paris(last_day, 18));
    }

    ProgrammeId programme() const { return programme_; }

  private:
    desks::Desk desk(PersonId person) { return {store_, rules_, person}; }

    void say(std::string_view text) { told_ << calendar_.today().french() << "  " << text << "\n"; }
    void say(const Life& life, std::string_view text) {
        say(life.reference + "  " + std::string(text));
    }
    // What somebody should not be able to do: shown, and it must be refused.
    template <class T>
    void attempt(const Life& life, std::string_view what, const Result<T>& result) {
        DEODAT_ASSERT(!result.ok(), "the demonstration's forbidden steps are refused");
        say(life, "✋ " + std::string(what) + " : refusé. " + result.refusal().message);
    }
    // Offices and banks are closed on the same days here.
    Day working_day_in(int days) {
        return reports::next_target_day(calendar_.today().plus_days(days));
    }
    template <class Step>
    void in_days(int days, Step step) {
        calendar_.at(working_day_in(days), step);
    }

    // ---- before the first dossier

    void set_up() {
        calendar_.at(first_day, [this] {
            const PersonId admin = must(
                administration_desk::add_first_administrator(store_, "Administration du PETR"));
            auto at = desk(admin);
            using people::Role;
            adviser_ =
                must(administration_desk::add_person(at, "Conseillère habitat", {Role::adviser}));
            technician_ =
                must(administration_desk::add_person(at, "Technicien habitat", {Role::technician}));
            officer_ = must(
                administration_desk::add_person(at, "Gestionnaire financière", {Role::officer}));
            second_officer_ = must(
                administration_desk::add_person(at, "Gestionnaire administratif", {Role::officer}));
            president_ = must(administration_desk::add_person(at, "Présidence du PETR",
                                                              {Role::authorising_officer}));
            accountant_ = must(
                administration_desk::add_person(at, "Comptable public", {Role::public_accountant}));
            programme_ = must(
                administration_desk::open_programme(at, {"HMD",
                                                         "Habiter Mieux en Déodatie",
                                                         "01",
                                                         programme_account(),
                                                         Money::euros(200'000),
                                                         {"200071066", "200042000", "200096642"},
                                                         first_day}));
            for (const FunderRole& funder : funder_roles()) {
                must(administration_desk::add_funder(at, funder.code, funder.name, funder.family));
            }
            for (const Firm& firm : firms()) contractors_.push_back(add_contractor(firm));
            say("Programme « Habiter Mieux en Déodatie » ouvert : plafond d'encours " +
                french(Money::euros(200'000)) + ", " + std::to_string(funder_roles().size()) +
                " financeurs, " + std::to_string(contractors_.size()) + " entreprises.");
            bank_.receive(first_day.plus_days(1), Money::euros(150'000), "PETR Pays de la Deodatie",
                          "DOTATION HMD 2025");
        });
    }

    ContractorId add_contractor(const Firm& firm) {
        auto office = desk(officer_);
        const ContractorId id =
            must(treasury_desk::add_contractor(office, {firm.siret, firm.name, firm.town, "FR"}));
        const TelephoneId telephone = must(
            treasury_desk::add_telephone(office, id, firm.telephone, "Charte des entreprises"));
        telephones_.push_back(telephone);
        must(treasury_desk::add_insurance(office, id,
                                          {"Assurances du Bâtiment", "DEC-" + firm.siret.text(),
                                           first_day.plus_months(-6), last_day.plus_months(6)}));
        const auto account = must(treasury_desk::enter_account(office, id, firm.account));
        confirm(firm, account.id, telephone, "");
        return id;
    }
    // Another officer calls back, and the bank is asked; two days later the account is payable.
    void confirm(const Firm& firm, AccountId account, TelephoneId telephone,
                 const std::string& former) {
        const Day today = calendar_.today();
        auto second = desk(second_officer_);
        must(treasury_desk::confirm_account(
            second, {account, telephone, "La gérance de " + firm.name, today,
                     former.empty() ? "" : former.substr(former.size() - 4),
                     former.empty() ? "" : "RIB précédent", "RIB reçu par courrier"}));
        must(treasury_desk::verify_payee(second,
                                         {account, payments::PayeeAnswer::match, "", today}));
    }

    // ---- the adviser's part

    void open(Life& life) {
        const House& house = life.house;
        auto at = desk(adviser_);
        life.dossier =
            must(adviser_desk::open_dossier(at, programme_, house.household, house.dwelling));
        auto snapshot = store_.snapshot();
        life.reference = must(dossiers::find_dossier(snapshot.db(), life.dossier)).reference;
        const auto place = commune("", house.dwelling.commune_insee);
        say(life, "Dossier ouvert à " + std::string((*place)->name) + " : " + house.remark + ".");
        if (house.given_aid) {
            must(adviser_desk::give_aid(at, life.dossier, *house.given_aid));
            say(life, "Aide manuelle " + french(house.given_aid->amount) +
                          ", motif : " + house.given_aid->motive + ".");
        }
        in_days(7, [this, &life] { quote(life); });
    }

    void quote(Life& life) {
        auto at = desk(adviser_);
        life.quote = must(adviser_desk::add_quote(
            at, life.dossier,
            {contractors_.at(life.house.contractor), life.house.quote_number, calendar_.today(),
             life.house.works}));
        in_days(7, [this, &life] { plan(life); });
    }

    void plan(Life& life) {
        auto at = desk(adviser_);
        const PlanId id =
            must(adviser_desk::keep_plan(at, life.dossier, working_day_in(deposit_after_days)));
        {
            auto snapshot = store_.snapshot();
            const auto kept = dossiers::find_plan(snapshot.db(), id);
            say(life, "Plan de financement : travaux " + french(kept->works_ttc) + ", aides " +
                          french(kept->total_aid) + ", reste à charge " +
                          french(kept->remaining_cost) + ".");
            for (const dossiers::PlanAid& aid : kept->aids) {
                say(life, "    " + aid.label + " : " + french(aid.amount) + " (simulé)");
            }
        }
        if (lives_.front().get() == &life) explain_plan(life, id);
        in_days(3, [this, id] {
            auto desk_today = desk(adviser_);
            must(adviser_desk::sign_plan(desk_today, id));
        });
        in_days(deposit_after_days, [this, &life] { request(life); });
    }

    // How the first plan comes out, as its household may read it: computed again from the kept
    // facts.
    void explain_plan(const Life& life, PlanId id) {
        auto snapshot = store_.snapshot();
        const auto kept = dossiers::find_plan(snapshot.db(), id);
        const auto facts = must(rules::facts_from_json(kept->facts_json));
        const rules::Explained explained = must(rules::explain(rules_, facts));
        say(life, "L'explication que le ménage peut lire :");
        told_ << rules::explanation_text(explained.trace);
    }

    void request(Life& life) {
        auto at = desk(adviser_);
        must(adviser_desk::sign_mandates(at, life.dossier));
        must(adviser_desk::request_grants(at, life.dossier));
        auto snapshot = store_.snapshot();
        life.grants = funding::grants_of(snapshot.db(), life.dossier);
        say(life, "Plan signé, mandats de perception signés, " +
                      std::to_string(life.grants.size()) + " demandes déposées.");
        if (lives_.front().get() == &life) {
            attempt(life, "Commander les travaux avant les notifications",
                    adviser_desk::order_works(at, life.quote));
        }
        int last_answer = 0;
        for (const funding::Grant& grant : life.grants) {
            const int days = role_of(grant).answers_in_days;
            last_answer = std::max(last_answer, days);
            in_days(days, [this, &life, grant] {
                auto desk_today = desk(adviser_);
                must(adviser_desk::record_notification(desk_today, grant.id, grant.requested,
                                                       "N-" + life.reference));
                say(life, grant.funder.name + " notifie " + french(grant.requested) + ".");
            });
        }
        in_days(last_answer + 7, [this, &life] { start_works(life); });
    }

    void start_works(Life& life) {
        auto at = desk(adviser_);
        if (life.house.turn == Turn::abandoned) {
            must(adviser_desk::abandon(at, life.dossier, "Le ménage renonce : vente de la maison"));
            life.ended = true;
            return say(life, "Dossier abandonné avant travaux : les subventions sont rendues.");
        }
        life.works_order = must(adviser_desk::order_works(at, life.quote));
        say(life, "Travaux commandés.");
        call_share(life);
        claim_advances(life);
        in_days(60, [this, &life] { bill(life); });
    }

    void call_share(Life& life) {
        auto snapshot = store_.snapshot();
        const Money share = funding::share_not_called(snapshot.db(), life.dossier);
        if (!share.is_positive()) return;
        auto at = desk(president_);
        const std::int64_t call = must(treasury_desk::call_share(at, life.dossier, share));
        say(life, "Reste à charge appelé : " + french(share) + ".");
        household_will_pay(life, call, 14);
    }

    void household_will_pay(const Life& life, std::int64_t call, int days) {
        auto snapshot = store_.snapshot();
        const auto found = funding::find_call(snapshot.db(), call);
        bank_.receive(working_day_in(days), found->open(), life.house.household.name,
                      "RESTE A CHARGE " + found->reference + " " + life.reference);
    }

    void claim_advances(Life& life) {
        for (const funding::Grant& grant : life.grants) {
            if (grant.advance.is_positive()) {
                claim(life, grant, funding::ClaimKind::advance, grant.advance);
            }
        }
    }

    // Claims, has the title issued, and lets the bank know that the money will come.
    void claim(Life& life, const funding::Grant& grant, funding::ClaimKind kind, Money amount) {
        auto at = desk(adviser_);
        const ClaimId id = must(adviser_desk::file_claim(at, grant.id, kind, amount));
        auto office = desk(president_);
        must(treasury_desk::issue_title(office, id));
        auto snapshot = store_.snapshot();
        const std::string reference = must(funding::find_claim(snapshot.db(), id)).reference;
        say(life, "Demande de paiement " + reference + " à " + grant.funder.name + ", " +
                      std::string(funding::claim_kind_label(kind)) + " : " + french(amount) + ".");
        const bool short_paid = life.house.turn == Turn::anah_pays_less &&
                                kind == funding::ClaimKind::balance && grant.funder.code == "anah";
        const Money paid = short_paid ? amount - Money::euros(1'000) : amount;
        const bool late = life.house.turn == Turn::anah_pays_late && grant.funder.code == "anah";
        const int days = late ? late_days : role_of(grant).pays_in_days;
        bank_.receive(working_day_in(days), paid, grant.funder.name,
                      "SUBVENTION " + reference + " " + life.reference);
        if (short_paid) short_claim_ = {&life, id};
    }

    // ---- the treasury's part

    void bill(Life& life) {
        auto office = desk(officer_);
        life.invoice =
            must(treasury_desk::register_invoice(office, life.works_order,
                                                 {"F-" + life.house.quote_number, calendar_.today(),
                                                  life.house.works, life.house.retention}));
        say(life, "Facture reçue de " + firms().at(life.house.contractor).name + ".");
        in_days(5, [this, &life] {
            auto at = desk(technician_);
            must(treasury_desk::accept_works(at, life.invoice, calendar_.today()));
            say(life, "Service fait constaté.");
        });
        in_days(6, [this, &life] {
            auto at = desk(officer_);
            life.order = must(treasury_desk::make_order(at, life.invoice));
            approve_and_release(life);
        });
        in_days(14, [this, &life] { claim_balances(life); });
    }

    void approve_and_release(Life& life) {
        in_days(1, [this, &life] {
            auto at = desk(president_);
            const auto read = must(treasury_desk::read_order(at, life.order, calendar_.today()));
            if (lives_.front().get() == &life) {
                auto office = desk(officer_);
                attempt(life, "Approuver l'ordre qu'on a établi soi-même",
                        treasury_desk::approve_order(office, life.order, read.hash));
            }
            must(treasury_desk::approve_order(at, life.order, read.hash));
            say(life, "Ordre de paiement " + read.order.number +
                          " approuvé par l'ordonnateur : " + french(read.order.amount) + ".");
        });
        in_days(2, [this, &life] {
            auto at = desk(accountant_);
            must(treasury_desk::release_order(at, life.order));
            const auto file = must(treasury_desk::make_bank_file(at, programme_));
            write_file(out_ / ("virements-" + file.file.message_id + ".xml"), file.xml);
            for (const payments::Transfer& transfer : file.file.transfers) {
                bank_.pay(file.file.execution_on, transfer);
                const bool returned =
                    life.house.turn == Turn::transfer_returned && transfer.attempt == 1;
                if (returned)
                    bank_.send_back(reports::next_target_day(file.file.execution_on.plus_days(2)),
                                    transfer, "AC04");
            }
            say(life, "Pris en charge par le comptable, fichier " + file.file.message_id +
                          " remis à la banque pour le " + file.file.execution_on.french() + ".");
        });
    }

    void claim_balances(Life& life) {
        for (const funding::Grant& grant : life.grants) {
            auto snapshot = store_.snapshot();
            Money left = funding::due(must(funding::find_grant(snapshot.db(), grant.id)));
            for (const auto& claim : funding::claims_of(snapshot.db(), grant.id))
                left -= claim.amount;
            if (left.is_positive()) claim(life, grant, funding::ClaimKind::balance, left);
        }
    }

    void pay_again(Life& life) {
        in_days(5, [this, &life] {
            auto at = desk(officer_);
            const std::size_t firm = life.house.contractor;
            const auto account = must(treasury_desk::enter_account(at, contractors_.at(firm),
                                                                   *firms().at(firm).next_account));
            must(treasury_desk::make_order_again(at, life.order));
            say(life, "Nouveau RIB de l'entreprise saisi ; l'ordre est à approuver de nouveau.");
            auto president = desk(president_);
            const auto read =
                must(treasury_desk::read_order(president, life.order, calendar_.today()));
            attempt(life, "Approuver un paiement vers un compte que personne n'a confirmé",
                    treasury_desk::approve_order(president, life.order, read.hash));
            confirm_and_pay(life, account.id);
        });
    }
    void confirm_and_pay(Life& life, AccountId account) {
        in_days(1, [this, &life, account] {
            const std::size_t at = life.house.contractor;
            const Firm firm = firms().at(at);
            confirm(firm, account, telephones_.at(at), firm.account.text());
            say(life, "Contre-appel au numéro connu : l'entreprise confirme son nouveau compte.");
            in_days(payments::account_waiting_days + 1,
                    [this, &life] { approve_and_release(life); });
        });
    }

    // ---- the bank

    void plan_statements() {
        for (Day month = first_day; month <= last_day; month = month.plus_months(1)) {
            const Day middle = month.plus_days(14);
            const Day end = month.plus_months(1).plus_days(-1);
            for (const Day day : {middle, end})
                calendar_.at(day, [this, day] { read_statement(day); });
        }
    }

    void read_statement(Day day) {
        const std::string xml = bank_.statement(day, clock_.now());
        write_file(out_ / ("releve-" + bank_.last_id() + ".xml"), xml);
        const auto imported = must(
            treasury_desk::import_statements(store_, accountant_, xml, must(bank::read_camt(xml))));
        for (const MovementId movement : imported.at(0).movements) match(movement);
        for (const auto& life : lives_) close_if_nil(*life);
    }

    void match(MovementId id) {
        auto at = desk(accountant_);
        const auto found = treasury_desk::proposals(at, id);
        DEODAT_ASSERT(!found.empty(), "the played bank's movements have a reference");
        must(treasury_desk::confirm_match(at, id, found.front()));
        auto snapshot = store_.snapshot();
        const auto movement = bank::find_movement(snapshot.db(), id);
        say("Banque  " + french(movement->amount) + "  " + found.front().label + " (" +
            found.front().reason + ").");
        after_match(found.front());
    }

    void after_match(const bank::Proposal& matched) {
        if (matched.kind == bank::Kind::returned_transfer) {
            for (const auto& life : lives_) {
                if (life->house.turn == Turn::transfer_returned) pay_again(*life);
            }
        }
        if (short_claim_.life != nullptr && matched.kind == bank::Kind::claim &&
            matched.target == short_claim_.claim.value) {
            settle_short_payment();
        }
    }

    void settle_short_payment() {
        in_days(10, [this] {
            Life& life = *short_claim_.life;
            auto at = desk(president_);
            must(treasury_desk::reduce_claim(at, short_claim_.claim, Money::euros(1'000),
                                             "Surface d'isolant retenue inférieure au devis",
                                             funding::Bearer::household));
            say(life, "L'Anah a payé 1 000,00 € de moins : titre réduit, le ménage est appelé.");
            auto snapshot = store_.snapshot();
            const auto calls = funding::calls_of(snapshot.db(), life.dossier);
            household_will_pay(life, calls.back().id, 14);
        });
    }

    void close_if_nil(Life& life) {
        if (life.ended || !life.dossier || life.works_order == 0) return;
        auto snapshot = store_.snapshot();
        const auto dossier = must(dossiers::find_dossier(snapshot.db(), life.dossier));
        if (treasury::first_closed(treasury::closing_gates(snapshot.db(), dossier))) return;
        auto at = desk(president_);
        must(treasury_desk::close_dossier(at, life.dossier));
        life.ended = true;
        say(life, "Dossier soldé : tout est nil, au centime.");
    }

    static const FunderRole& role_of(const funding::Grant& grant) {
        static const std::vector<FunderRole> roles = funder_roles();
        for (const FunderRole& role : roles) {
            if (role.code == grant.funder.code) return role;
        }
        broken_invariant("funder", "a grant's funder is in the cast", __FILE__, __LINE__);
    }

    struct ShortClaim {
        Life* life = nullptr;
        ClaimId claim;
    };

    store::Store& store_;
    const rules::RuleSet& rules_;
    Calendar calendar_;
    SetClock& clock_;
    std::filesystem::path out_;
    std::ostream& told_;
    BankBook bank_;
    PersonId adviser_, technician_, officer_, second_officer_, president_, accountant_;
    ProgrammeId programme_;
    std::vector<ContractorId> contractors_;
    std::vector<TelephoneId> telephones_;  // one a contractor, in the same order
    std::vector<std::shared_ptr<Life>> lives_;
    ShortClaim short_claim_;
};

Result<Done> require_new(const std::filesystem::path& out) {
    std::filesystem::create_directories(out);
    if (std::filesystem::is_empty(out)) return Done{};
    return Refusal{Code::data_directory_exists, "out",
                   "Le dossier « " + out.string() +
                       " » n'est pas vide : indiquez un dossier vide ou qui n'existe pas."};
}

}  // namespace

Result<Done> play(const std::filesystem::path& data, const std::filesystem::path& out,
                  const rules::RuleSet& rules, std::ostream& told) {
    if (auto fresh = require_new(out); !fresh) return fresh.refusal();
    SetClock clock(instant_in_paris(first_day, 9));
    SeededRandom random(seed);
    if (auto created = store::Store::create(data.string(), clock, random); !created)
        return created.refusal();
    auto store = store::Store::open(data.string(), store::Store::Access::write, clock, random);
    if (!store) return store.refusal();
    try {
        Year year(**store, clock, rules, out, told);
        year.play();
        return write_outputs(**store, year.programme(), out, clock.now(), told);
    } catch (const Refused& refused) {
        return refused.refusal;
    }
}

}  // namespace deodat::demo
