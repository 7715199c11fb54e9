// deodat document works-order REF | payment-notice NUMBER | liquidation NUMBER --data DIR --out
// FILE.html
//
// A document to print on A4, or to print to a PDF from any browser.
#include <fstream>

#include "api/cli/data_directory.h"
#include "api/cli/options.h"
#include "reports/documents/payment_documents.h"

namespace deodat::cli {
namespace {

using Written = Result<std::string>;

Written document_of(store::Database& db, const std::string& kind, const std::string& reference,
                    Day today) {
    if (kind == "works-order") {
        const auto works = payments::works_order_by_reference(db, reference);
        if (!works) return works.refusal();
        return reports::works_order_document(db, works->id, today);
    }
    const auto order = payments::order_by_number(db, reference);
    if (!order) return order.refusal();
    return kind == "liquidation" ? reports::liquidation_certificate(db, order->id, today)
                                 : reports::payment_notice(db, order->id, today);
}

}  // namespace

Exit document(Arguments arguments) {
    const auto options = Options::read(arguments, {}, {"--data", "--out"});
    if (!options) return refuse(options.refusal());
    if (!options->has("--data") || !options->has("--out") || options->positional().size() != 2) {
        return Exit::usage;
    }
    const std::string& kind = options->positional()[0];
    if (kind != "works-order" && kind != "payment-notice" && kind != "liquidation") {
        return Exit::usage;
    }
    const auto reading = open_data(options->value("--data"), store::Store::Access::read);
    if (!reading) return refuse(reading.refusal());
    auto snapshot = (*reading)->store->snapshot();
    const auto html =
        document_of(snapshot.db(), kind, options->positional()[1], (*reading)->clock.today());
    if (!html) return refuse(html.refusal());
    std::ofstream file(options->value("--out"), std::ios::binary);
    file << *html;
    file.close();
    if (!file) throw EnvironmentFailure("cannot write " + options->value("--out"));
    return Exit::done;
}

}  // namespace deodat::cli
