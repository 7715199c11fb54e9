#include "api/demo/outputs.h"

#include <fstream>

#include "ledger/audit/audit.h"
#include "ledger/base/text.h"
#include "reports/figures.h"
#include "reports/journal/exports.h"

namespace deodat::demo {

void write_file(const std::filesystem::path& path, std::string_view content) {
    std::ofstream file(path, std::ios::binary);
    file << content;
    file.close();
    if (!file) throw EnvironmentFailure("cannot write " + path.string());
}

Result<Done> write_outputs(store::Store& store, ProgrammeId id, const std::filesystem::path& out,
                           Instant now, std::ostream& told) {
    auto snapshot = store.snapshot();
    store::Database& db = snapshot.db();
    const auto programme = funding::find_programme(db, id);
    const journal::AsOf as_of{now.day_in_paris(), journal::last_entry(db)};
    for (const funding::Funder& funder : funding::funders(db)) {
        const auto data = reports::read_funder_reconciliation(db, *programme, funder, as_of);
        const bool agrees = reports::write_funder_reconciliation(
            out / ("rapprochement-" + funder.code + ".xlsx"), data);
        DEODAT_ASSERT(agrees, "a reconciliation agrees with the ledger");
    }
    const auto treasury = reports::read_treasury_position(db, *programme, as_of);
    const bool agrees = reports::write_treasury_workbook(out / "tresorerie.xlsx", treasury);
    DEODAT_ASSERT(agrees, "the treasury's workbook agrees with the ledger");
    {
        std::ofstream file(out / "journal.hledger", std::ios::binary);
        reports::export_hledger(db, journal::last_entry(db), file);
        file.close();
        if (!file) throw EnvironmentFailure("cannot write the journal");
    }
    const auto proof = audit::verify(db);
    DEODAT_ASSERT(proof.proven(), "the demonstration's ledger proves");
    told << "\nAu " << now.day_in_paris().french() << " : trésorerie "
         << french(treasury.totals.cash) << ", encours " << french(treasury.totals.exposure)
         << ", fonds de tiers " << french(treasury.totals.funds_held) << ", non couvert "
         << french(treasury.totals.uncovered) << ".\n"
         << proof.entries << " écritures, " << proof.postings
         << " lignes, chaîne, soldes et dossiers vérifiés ("
         << hexadecimal(proof.head_hash).substr(0, 16) << "…).\n";
    return Done{};
}

}  // namespace deodat::demo
