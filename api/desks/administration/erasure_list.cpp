#include <charconv>
#include <sstream>

#include "api/desks/administration/erasure.h"
#include "ledger/audit/anchor.h"
#include "ledger/base/text.h"
#include "ledger/dossiers/dossier.h"

namespace deodat::administration_desk {
namespace {

using erasure::Erasure;
using erasure::Subject;

constexpr std::string_view form = "deodat-erasures 1";

struct Listed {
    std::string reference;
    std::string subject;
    std::string name;
    erasure::Asked asked;
};

std::string name_of(store::Database& db, const Erasure& erased) {
    return erased.subject == Subject::household
               ? dossiers::find_dossier(db, {erased.subject_id})->reference
               : std::to_string(erased.subject_id);
}

Refusal bad_line(int number) {
    return {Code::malformed, "erasures." + std::to_string(number),
            "Liste d'effacements, ligne " + std::to_string(number) +
                " : elle n'a pas la forme que « deodat erase list » écrit."};
}

Result<Listed> read_line(const std::string& line, int number) {
    std::istringstream words(line);
    Listed out{{}, {}, {}, {{}, erasure::Ground::request, Day::from_number(0)}};
    std::string ground;
    std::string day;
    std::int64_t entry = 0;
    words >> out.reference >> out.subject >> out.name >> ground >> day >>
        out.asked.administrator.value >> entry;
    const auto known = erasure::ground_of(ground);
    const auto asked_on = Day::parse("erasures", day);
    if (!words || !known || !asked_on) return bad_line(number);
    out.asked.ground = *known;
    out.asked.asked_on = *asked_on;
    return out;
}

Result<std::vector<Listed>> read(store::Database& db, std::string_view text) {
    std::vector<Listed> out;
    std::istringstream lines{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (number == 1) {
            if (line != form) return bad_line(number);
        } else if (number == 2) {
            if (line != "ledger " + hexadecimal(audit::heads_of(db).ledger)) {
                return Refusal{Code::not_found, "erasures",
                               "Cette liste d'effacements est celle d'un autre grand livre."};
            }
        } else {
            auto listed = read_line(line, number);
            if (!listed) return listed.refusal();
            out.push_back(std::move(*listed));
        }
    }
    if (number < 2) return bad_line(number + 1);
    return out;
}

using Outcome = ErasedAgain::Outcome;

// Whose data are looked for first: that somebody else is unknown is not that they are not there.
Result<Outcome> erase_one(store::Store& store, const Listed& line) {
    const auto found = [&]() -> Result<Whose> {
        auto snapshot = store.snapshot();
        const auto whose = whose_data(snapshot.db(), line.subject, line.name);
        if (!whose) return whose.refusal();
        const auto seen = assess_erasure(snapshot.db(), *whose, line.asked.asked_on);
        if (!seen) return seen.refusal();
        return *whose;
    }();
    if (!found && found.refusal().code == Code::not_found) return Outcome::not_there;
    if (!found && found.refusal().code == Code::erased) return Outcome::was_erased;
    if (!found) return found.refusal();
    const auto done = erase_rows(store, *found, line.asked);
    if (!done) return done.refusal();
    return Outcome::erased;
}

}  // namespace

std::string erasure_list(store::Database& db) {
    std::string out =
        std::string(form) + "\nledger " + hexadecimal(audit::heads_of(db).ledger) + "\n";
    for (const Erasure& erased : erasure::erasures(db)) {
        out += erased.reference + " " + std::string(subject_name(erased.subject)) + " " +
               name_of(db, erased) + " " + std::string(ground_name(erased.ground)) + " " +
               erased.asked_on.iso() + " " + std::to_string(erased.by.value) + " " +
               std::to_string(erased.entry.value) + "\n";
    }
    return out;
}

Result<std::vector<ErasedAgain>> erase_again(store::Store& store, std::string_view list) {
    const auto listed = [&] {
        auto snapshot = store.snapshot();
        return read(snapshot.db(), list);
    }();
    if (!listed) return listed.refusal();
    std::vector<ErasedAgain> out;
    for (const Listed& line : *listed) {
        const std::string name = line.subject + " " + line.name;
        const auto outcome = erase_one(store, line);
        if (!outcome) {
            Refusal refusal = outcome.refusal();
            refusal.message = "L'effacement " + line.reference + " (" + name +
                              ") ne peut pas être refait : " + refusal.message;
            return refusal;
        }
        out.push_back({line.reference, name, *outcome});
    }
    if (!store.scrub()) {
        return Refusal{Code::data_directory_locked, "data",
                       "Un lecteur tient encore l'état d'avant les effacements."};
    }
    return out;
}

}  // namespace deodat::administration_desk
