// deodat close-period: an administrator closes an exercice, for ever.
#include <charconv>
#include <iostream>

#include "api/cli/options.h"
#include "api/desks/administration/setup.h"
#include "ledger/base/text.h"
#include "ledger/journal/periods.h"

namespace deodat::cli {
namespace {

std::optional<std::int64_t> whole_number(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

Result<int> year_of(const std::string& text) {
    const auto number = whole_number(text);
    if (number && *number >= 1900 && *number < 2199) return static_cast<int>(*number);
    return Refusal{Code::malformed, "year",
                   "Exercice « " + shown(text) + " » : attendu une année, comme 2026."};
}

// The administrator who closes: named by number, or the only one there is.
Result<PersonId> administrator(store::Database& db, const Options& options) {
    const auto all = people::holders_of(db, people::Role::administrator);
    if (options.has("--person")) {
        const auto number = whole_number(options.value("--person"));
        if (number) return PersonId{*number};
    } else if (all.size() == 1) {
        return all.front();
    }
    std::string known;
    for (const PersonId id : all) {
        known += (known.empty() ? "" : ", ") + std::to_string(id.value) + " (" +
                 people::find_person(db, id)->name + ")";
    }
    return Refusal{Code::missing, "person",
                   "Qui clôt ? Attendu --person et le numéro d'un administrateur : " + known + "."};
}

}  // namespace

Exit close_period(Arguments arguments) {
    const auto options = Options::read(arguments, {}, {"--data", "--person"});
    if (!options) return refuse(options.refusal());
    if (!options->has("--data") || options->positional().size() != 1) return Exit::usage;
    const auto year = year_of(options->positional().front());
    if (!year) return refuse(year.refusal());
    SystemClock clock;
    SystemRandom random;
    const auto store =
        store::Store::open(options->value("--data"), store::Store::Access::write, clock, random);
    if (!store) return refuse(store.refusal());
    auto before = (*store)->snapshot();
    const auto person = administrator(before.db(), *options);
    if (!person) return refuse(person.refusal());
    const rules::RuleSet no_rules;
    desks::Desk desk{**store, no_rules, *person};
    const auto closed = administration_desk::close_period(desk, *year);
    if (!closed) return refuse(closed.refusal());
    auto after = (*store)->snapshot();
    std::cout << "Exercice " << *year << " clos par l'écriture n° " << closed->value << " ; "
              << journal::carried_balances(after.db(), *year).size() << " soldes reportés au 01/01/"
              << *year + 1 << ".\n";
    return Exit::done;
}

}  // namespace deodat::cli
