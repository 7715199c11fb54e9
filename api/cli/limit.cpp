// deodat limit: the authorising officer sets how far an account, a funder's agreement or a
// programme may go; anybody reads what is used, reserved and left.
#include <iostream>

#include "api/cli/data_directory.h"
#include "api/cli/options.h"
#include "api/cli/person.h"
#include "api/cli/table.h"
#include "api/desks/treasury/limits.h"

namespace deodat::cli {
namespace {

Exit list(const Options& options) {
    const auto data = open_data(options.value("--data"), store::Store::Access::read);
    if (!data) return refuse(data.refusal());
    auto snapshot = (*data)->store->snapshot();
    const auto limits = treasury_desk::limits(snapshot.db(), options.value("--programme"),
                                              (*data)->clock.now().day_in_paris());
    if (!limits) return refuse(limits.refusal());
    if (limits->empty()) {
        std::cout << "Aucune limite n'est en vigueur.\n";
        return Exit::done;
    }
    std::vector<std::vector<std::string>> rows = {
        {"Limite", "Montant", "Utilisé", "Réservé", "Reste", "Depuis"}};
    for (const treasury::LimitState& state : *limits) {
        rows.push_back({state.label, french(state.limit.amount), french(state.use.used),
                        french(state.use.reserved), french(state.left()),
                        state.limit.since.french()});
    }
    show_table(rows);
    return Exit::done;
}

Result<treasury_desk::LimitAsked> asked_by(const Options& options) {
    treasury_desk::LimitAsked asked{.measure = options.positional().at(1),
                                    .account = options.value("--account"),
                                    .funder = options.value("--funder"),
                                    .programme = options.value("--programme"),
                                    .amount = {},
                                    .since = {},
                                    .reason = options.value("--reason")};
    if (options.has("--amount")) {
        std::string euros = options.value("--amount");
        if (const auto comma = euros.find(','); comma != std::string::npos) euros[comma] = '.';
        const auto amount = money_from_decimal("amount", euros);
        if (!amount) return amount.refusal();
        asked.amount = *amount;
    }
    if (options.has("--since")) {
        const auto day = Day::parse("since", options.value("--since"));
        if (!day) return day.refusal();
        asked.since = *day;
    }
    return asked;
}

Exit set(const Options& options) {
    const auto asked = asked_by(options);
    if (!asked) return refuse(asked.refusal());
    const auto data = open_data(options.value("--data"), store::Store::Access::write);
    if (!data) return refuse(data.refusal());
    store::Store& store = *(*data)->store;
    auto before = store.snapshot();
    const auto person = person_of(before.db(), options, people::Role::authorising_officer);
    if (!person) return refuse(person.refusal());
    const rules::RuleSet no_rules;
    desks::Desk desk{store, no_rules, *person};
    const auto done = treasury_desk::set_limit(desk, *asked);
    if (!done) return refuse(done.refusal());
    std::cout << done->label << " : "
              << (asked->amount ? "limite de " + french(*asked->amount) : "plus de limite")
              << " (utilisé " << french(done->use.used) << ", réservé "
              << french(done->use.reserved) << ").\n";
    return Exit::done;
}

}  // namespace

Exit limit(Arguments arguments) {
    const auto options = Options::read(arguments, {"--lift"},
                                       {"--data", "--person", "--programme", "--account",
                                        "--funder", "--amount", "--since", "--reason"});
    if (!options) return refuse(options.refusal());
    const auto& words = options->positional();
    if (!options->has("--data") || words.empty()) return Exit::usage;
    if (words[0] == "list" && words.size() == 1) return list(*options);
    const bool said = options->has("--amount") != options->has("--lift");
    if (words[0] != "set" || words.size() != 2 || !said || !options->has("--reason")) {
        return Exit::usage;
    }
    return set(*options);
}

}  // namespace deodat::cli
