#include "rules/plan/cash_plan.h"

#include <algorithm>

#include "ledger/base/split.h"
#include "ledger/base/text.h"

namespace deodat::rules {
namespace {

using Trouble = std::optional<Refusal>;  // nothing when all is well

constexpr std::int64_t delay_days_max = 3'650;
constexpr int year_min = 2018;
constexpr int year_max = 2099;

// One amount that a funder owes, and how it may be claimed.
struct Due {
    std::string funder;
    std::string label;
    ClaimRules rules;
};

std::vector<Due> dues_of(const Plan& plan) {
    std::vector<Due> out;
    for (const PlannedAid& planned : plan.aids) {
        const bool grant = planned.aid->kind == syntax::AidKind::grant;
        if (!planned.chosen || !grant || !planned.amount.is_positive()) continue;
        out.push_back(
            {planned.aid->funder,
             planned.aid->label,
             {planned.amount, planned.advance, planned.instalments, planned.before_balance_max}});
    }
    for (const GivenAid& given : plan.given_aids) {
        if (!given.amount.is_positive()) continue;
        out.push_back({given.funder, given.aid, {given.amount, Money(), 0, Money()}});
    }
    return out;
}

Trouble check_day(std::string field, Day day) {
    if (day.year() >= year_min && day.year() <= year_max) return std::nullopt;
    return Refusal{Code::out_of_range, field,
                   field + " vaut " + day.iso() + " : il faut une date de " +
                       std::to_string(year_min) + " à " + std::to_string(year_max) + "."};
}

Trouble check_delay(std::string field, std::int64_t days) {
    if (days >= 0 && days <= delay_days_max) return std::nullopt;
    return Refusal{Code::out_of_range, field,
                   field + " vaut " + std::to_string(days) + " : il faut de 0 à " +
                       std::to_string(delay_days_max) + " jours."};
}

Trouble check_amount(std::string field, Money amount) {
    if (amount.is_positive()) return std::nullopt;
    return Refusal{Code::amount_not_positive, field,
                   field + " vaut " + french(amount) + " : il faut un montant au-dessus de zéro."};
}

Trouble check_not_before_start(std::string field, Day day, const CashCalendar& calendar) {
    if (day >= calendar.works_start) return check_day(field, day);
    return Refusal{Code::out_of_range, field,
                   field + " vaut " + day.french() +
                       " : il faut une date à partir du début des "
                       "travaux, le " +
                       calendar.works_start.french() + "."};
}

std::string at(std::string_view list, std::size_t i) {
    return std::string(list) + "[" + std::to_string(i) + "].";
}

Trouble check_invoices(const CashCalendar& calendar) {
    if (calendar.invoices.empty()) {
        return Refusal{Code::missing, "invoices",
                       "Il manque des factures : sans elles, il n'y a rien à payer."};
    }
    for (std::size_t i = 0; i < calendar.invoices.size(); ++i) {
        const CashInvoice& invoice = calendar.invoices[i];
        const std::string field = at("invoices", i);
        if (Trouble trouble = check_not_before_start(field + "date", invoice.day, calendar)) {
            return trouble;
        }
        if (Trouble trouble = check_amount(field + "amount_cents", invoice.amount)) return trouble;
    }
    return std::nullopt;
}

Trouble check_household(const Plan& plan, const CashCalendar& calendar) {
    Money sum;
    for (std::size_t i = 0; i < calendar.household.size(); ++i) {
        const HouseholdShare& share = calendar.household[i];
        const std::string field = at("household", i);
        if (Trouble trouble = check_day(field + "date", share.day)) return trouble;
        if (Trouble trouble = check_amount(field + "amount_cents", share.amount)) return trouble;
        sum += share.amount;
    }
    if (sum.is_zero() || sum <= plan.remaining_cost) return std::nullopt;
    return Refusal{Code::over_commitment, "household",
                   "Les échéances du ménage font " + french(sum) +
                       " : au plus son reste à charge, " + french(plan.remaining_cost) + "."};
}

const FunderTerms* terms_of(const CashCalendar& calendar, const std::string& funder) {
    for (const FunderTerms& terms : calendar.funders) {
        if (terms.funder == funder) return &terms;
    }
    return nullptr;
}

bool names(const Plan& plan, const std::string& funder) {
    return std::any_of(plan.aids.begin(), plan.aids.end(),
                       [&](const PlannedAid& planned) { return planned.aid->funder == funder; }) ||
           std::any_of(plan.given_aids.begin(), plan.given_aids.end(),
                       [&](const GivenAid& given) { return given.funder == funder; });
}

Trouble check_funders(const Plan& plan, const std::vector<Due>& dues,
                      const CashCalendar& calendar) {
    for (const Due& due : dues) {
        if (terms_of(calendar, due.funder) != nullptr) continue;
        return Refusal{Code::missing, "funders",
                       "Le plan compte sur « " + shown(due.funder) +
                           " », dont le calendrier ne dit pas le délai de versement."};
    }
    for (std::size_t i = 0; i < calendar.funders.size(); ++i) {
        const FunderTerms& terms = calendar.funders[i];
        const std::string field = at("funders", i);
        if (terms_of(calendar, terms.funder) != &terms) {
            return Refusal{Code::duplicate, field + "funder",
                           "Le financeur « " + shown(terms.funder) + " » est donné deux fois."};
        }
        if (!names(plan, terms.funder)) {
            return Refusal{Code::not_found, field + "funder",
                           "Le plan ne connaît aucune aide de « " + shown(terms.funder) + " »."};
        }
        if (Trouble trouble = check_delay(field + "delay_days", terms.delay_days)) return trouble;
    }
    return std::nullopt;
}

Trouble check(const Plan& plan, const std::vector<Due>& dues, const CashCalendar& calendar) {
    if (plan.blocked) {
        return Refusal{Code::gate_closed, "plan",
                       "Le plan est bloqué : ses aides dépassent un plafond, toutes réductions "
                       "faites."};
    }
    if (Trouble trouble = check_day("works_start", calendar.works_start)) return trouble;
    if (Trouble trouble = check_not_before_start("acceptance", calendar.acceptance, calendar)) {
        return trouble;
    }
    if (Trouble trouble = check_delay("payment_delay_days", calendar.payment_delay_days)) {
        return trouble;
    }
    if (Trouble trouble = check_invoices(calendar)) return trouble;
    if (Trouble trouble = check_household(plan, calendar)) return trouble;
    return check_funders(plan, dues, calendar);
}

Money invoiced(const CashCalendar& calendar) {
    Money sum;
    for (const CashInvoice& invoice : calendar.invoices) sum += invoice.amount;
    return sum;
}

// The first day on which the invoices, in order of date, reach that share of them all.
Day progress_day(const CashCalendar& calendar, std::int64_t progress_bp) {
    std::vector<CashInvoice> invoices = calendar.invoices;
    std::stable_sort(invoices.begin(), invoices.end(),
                     [](const CashInvoice& a, const CashInvoice& b) { return a.day < b.day; });
    const Money needed =
        part_of(invoiced(calendar), Ratio::basis_points(progress_bp), Rounding::ceiling);
    Money sum;
    for (const CashInvoice& invoice : invoices) {
        sum += invoice.amount;
        if (sum >= needed) return invoice.day;
    }
    return invoices.back().day;
}

Day balance_day(const CashCalendar& calendar) {
    Day day = calendar.acceptance;
    for (const CashInvoice& invoice : calendar.invoices) day = std::max(day, invoice.day);
    return day;
}

CashKind cash_kind(ClaimKind kind) {
    switch (kind) {
        case ClaimKind::advance:
            return CashKind::advance;
        case ClaimKind::instalment:
            return CashKind::instalment;
        case ClaimKind::balance:
            return CashKind::balance;
    }
    return CashKind::balance;
}

// The receipts of one grant.
class GrantReceipts {
  public:
    GrantReceipts(const Due& due, const FunderTerms& terms, std::vector<CashMovement>& out)
        : due_(due), terms_(terms), out_(out) {}

    Trouble add(const CashCalendar& calendar) {
        Result<ClaimSchedule> schedule = ClaimSchedule::of(due_.rules);
        if (!schedule) return named(schedule.refusal());
        if (terms_.advance && due_.rules.advance.is_positive()) {
            if (Trouble trouble = receive(schedule->claim_advance(), calendar.works_start)) {
                return trouble;
            }
        }
        if (due_.rules.instalments > 0) {
            for (const std::int64_t progress_bp : terms_.instalments_bp) {
                const Result<Claim> claim =
                    schedule->claim_instalment(Ratio::basis_points(progress_bp));
                if (!claim) return named(claim.refusal());
                if (Trouble trouble = receive(claim, progress_day(calendar, progress_bp))) {
                    return trouble;
                }
            }
        }
        return receive(schedule->claim_balance(due_.rules.grant), balance_day(calendar));
    }

  private:
    Trouble receive(const Result<Claim>& claim, Day claimed_on) {
        if (!claim) return named(claim.refusal());
        if (claim->amount.is_zero()) return std::nullopt;
        out_.push_back({claimed_on.plus_days(terms_.delay_days), cash_kind(claim->kind),
                        due_.funder, due_.label, claim->amount, claimed_on, Money()});
        return std::nullopt;
    }
    Refusal named(Refusal refusal) const {
        refusal.message = due_.label + " : " + refusal.message;
        return refusal;
    }

    const Due& due_;
    const FunderTerms& terms_;
    std::vector<CashMovement>& out_;
};

Trouble forbidden_terms(const std::vector<Due>& dues, const FunderTerms& terms) {
    // A funder whose aids all fell to nothing has nothing to claim, and nothing to forbid.
    const auto none = [&](const auto& gives) {
        bool owes = false;
        for (const Due& due : dues) {
            if (due.funder != terms.funder) continue;
            if (gives(due.rules)) return false;
            owes = true;
        }
        return owes;
    };
    if (terms.advance &&
        none([](const ClaimRules& rules) { return rules.advance.is_positive(); })) {
        return Refusal{Code::state_forbids, "funders",
                       "Aucune aide de « " + shown(terms.funder) + " » ne prévoit d'avance."};
    }
    if (!terms.instalments_bp.empty() &&
        none([](const ClaimRules& rules) { return rules.instalments > 0; })) {
        return Refusal{Code::state_forbids, "funders",
                       "Aucune aide de « " + shown(terms.funder) + " » ne prévoit d'acompte."};
    }
    return std::nullopt;
}

Trouble add_receipts(const std::vector<Due>& dues, const CashCalendar& calendar,
                     std::vector<CashMovement>& out) {
    for (const FunderTerms& terms : calendar.funders) {
        if (Trouble trouble = forbidden_terms(dues, terms)) return trouble;
    }
    for (const Due& due : dues) {
        if (Trouble trouble =
                GrantReceipts(due, *terms_of(calendar, due.funder), out).add(calendar)) {
            return trouble;
        }
    }
    for (const HouseholdShare& share : calendar.household) {
        out.push_back({share.day, CashKind::household_share, "", "part du ménage", share.amount,
                       std::nullopt, Money()});
    }
    return std::nullopt;
}

void add_payments(const CashCalendar& calendar, std::vector<CashMovement>& out) {
    for (const CashInvoice& invoice : calendar.invoices) {
        out.push_back({invoice.day.plus_days(calendar.payment_delay_days), CashKind::payment,
                       invoice.contractor, invoice.contractor, invoice.amount, std::nullopt,
                       Money()});
    }
}

// Walks through the sorted movements, and keeps who owes what.
class Exposure {
  public:
    Exposure(CashPlan& cash, const std::vector<Due>& dues, const CashCalendar& calendar)
        : cash_(cash) {
        Money all;
        for (const FunderTerms& terms : calendar.funders) {
            Money due;
            for (const Due& one : dues) {
                if (one.funder == terms.funder) due += one.rules.grant;
            }
            cash_.waits.push_back({terms.funder, due, 0});
            all += due;
        }
        cash_.waits.push_back({"", std::max(Money(), invoiced(calendar) - all), 0});
        for (const Wait& wait : cash_.waits) owed_.push_back(wait.due);
    }

    void walk() {
        for (std::size_t i = 0; i < cash_.movements.size(); ++i) {
            CashMovement& movement = cash_.movements[i];
            move(movement);
            movement.exposure = std::max(Money(), advanced_);
            const bool last = i + 1 == cash_.movements.size();
            if (last || cash_.movements[i + 1].day != movement.day) {
                close_day(movement.day, last ? movement.day : cash_.movements[i + 1].day);
            }
        }
    }

  private:
    void move(const CashMovement& movement) {
        if (!movement.is_receipt()) {
            cash_.paid += movement.amount;
            advanced_ += movement.amount;
            return;
        }
        advanced_ -= movement.amount;
        const bool household = movement.kind == CashKind::household_share;
        (household ? cash_.from_household : cash_.from_funders) += movement.amount;
        for (std::size_t i = 0; i < owed_.size(); ++i) {
            if (cash_.waits[i].party != movement.party) continue;
            owed_[i] = std::max(Money(), owed_[i] - movement.amount);
        }
    }

    // The exposure stays as it is from the end of that day to the next movement's.
    void close_day(Day day, Day next) {
        if (!advanced_.is_positive()) return;
        if (!cash_.exposure_first_day) cash_.exposure_first_day = day;
        const bool stays = day == next;
        cash_.exposure_last_day = stays ? std::nullopt : std::optional(next.plus_days(-1));
        if (advanced_ > cash_.exposure_max) {
            cash_.exposure_max = advanced_;
            cash_.exposure_max_day = day;
        }
        std::vector<SplitWeight> weights;
        for (std::size_t i = 0; i < owed_.size(); ++i) {
            weights.push_back({owed_[i].cents(), static_cast<std::int64_t>(i)});
        }
        const std::vector<Money> shares = split(advanced_, weights);
        const std::int64_t days = next - day;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            cash_.waits[i].cent_days += shares[i].cents() * days;
        }
        cash_.cent_days += advanced_.cents() * days;
    }

    CashPlan& cash_;
    std::vector<Money> owed_;  // as cash_.waits
    Money advanced_;           // paid less received; below zero, held for the household
};

}  // namespace

std::string_view cash_kind_name(CashKind kind) {
    switch (kind) {
        case CashKind::advance:
            return "advance";
        case CashKind::instalment:
            return "instalment";
        case CashKind::balance:
            return "balance";
        case CashKind::household_share:
            return "household_share";
        case CashKind::payment:
            return "payment";
    }
    return "";
}

std::int64_t Wait::days() const {
    return due.is_positive() ? mul_div(cent_days, 1, due.cents(), Rounding::half_up) : 0;
}

Result<CashPlan> cash_plan(const Plan& plan, const CashCalendar& calendar) {
    const std::vector<Due> dues = dues_of(plan);
    if (Trouble trouble = check(plan, dues, calendar)) return *trouble;
    CashPlan cash;
    if (Trouble trouble = add_receipts(dues, calendar, cash.movements)) return *trouble;
    add_payments(calendar, cash.movements);
    std::stable_sort(cash.movements.begin(), cash.movements.end(),
                     [](const CashMovement& a, const CashMovement& b) {
                         if (a.day != b.day) return a.day < b.day;
                         return a.is_receipt() && !b.is_receipt();
                     });
    Exposure(cash, dues, calendar).walk();
    cash.not_called = plan.remaining_cost - cash.from_household;
    cash.invoiced_above = cash.paid - plan.cost();
    DEODAT_ASSERT(cash.paid == cash.from_funders + cash.from_household + cash.remainder(),
                  "a cash plan sums");
    return cash;
}

}  // namespace deodat::rules
