// The demonstration's cast: six households in real communes of the three intercommunalities, their
// works, their contractors, and what happens to each. Names and accounts are invented, with right
// check digits.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/iban.h"
#include "ledger/base/siret.h"
#include "ledger/dossiers/plan.h"
#include "ledger/dossiers/works.h"

namespace deodat::demo {

// The one thing out of the ordinary in a dossier's year.
enum class Turn : std::uint8_t {
    none,
    anah_pays_less,     // 1 000,00 less than notified, borne by the household
    anah_pays_late,     // the claim is still open when the year ends
    transfer_returned,  // the contractor's account was closed
    abandoned,          // before works
};

struct House {
    Day opened_on;
    dossiers::Household household;
    dossiers::Dwelling dwelling;
    std::size_t contractor;  // rank in contractors()
    std::string quote_number;
    std::vector<dossiers::WorksLine> works;
    Money retention;
    std::optional<dossiers::GivenAid> given_aid;
    Turn turn;
    std::string remark;  // why this dossier is in the cast, for the one who watches
};
std::vector<House> houses();

struct Firm {
    Siret siret;
    std::string name;
    std::string town;
    std::string telephone;
    Iban account;
    std::optional<Iban> next_account;  // given after a return
};
std::vector<Firm> firms();

struct FunderRole {
    std::string code;
    std::string name;
    journal::FunderFamily family;
    int answers_in_days;
    int pays_in_days;
};
std::vector<FunderRole> funder_roles();

Iban programme_account();

}  // namespace deodat::demo
