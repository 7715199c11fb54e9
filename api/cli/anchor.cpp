// deodat anchor: what the ledger holds, sealed with a signature or another's time stamp.
#include "ledger/audit/anchor.h"

#include <array>
#include <fstream>
#include <iostream>

#include "api/cli/data_directory.h"
#include "api/cli/options.h"
#include "ledger/audit/time_stamp.h"
#include "ledger/base/text.h"

namespace deodat::cli {
namespace {

void write_file(const std::string& path, std::string_view bytes) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << bytes;
    out.close();
    if (!out) throw EnvironmentFailure("cannot write " + path);
}

Result<audit::SigningKey> key_of(const Options& options, Random& random) {
    return audit::SigningKey::open_or_make(
        options.has("--key") ? options.value("--key") : options.value("--data") + "/anchor.key",
        random);
}

Exit show_key(DataDirectory& writing, const Options& options) {
    const auto key = key_of(options, writing.random);
    if (!key) return refuse(key.refusal());
    std::cout << key->public_key_pem();
    return Exit::done;
}

Exit sign(DataDirectory& writing, const Options& options) {
    const auto key = key_of(options, writing.random);
    if (!key) return refuse(key.refusal());
    const auto anchor =
        writing.store->write([&](store::Transaction& tx) { return audit::sign_ledger(tx, *key); });
    if (!anchor) return refuse(anchor.refusal());
    write_file(options.value("--out"), audit::signature_text(*anchor));
    return Exit::done;
}

Exit request(DataDirectory& writing, const Options& options) {
    const auto anchor =
        writing.store->write([](store::Transaction& tx) { return audit::request_time_stamp(tx); });
    if (!anchor) return refuse(anchor.refusal());
    write_file(options.value("--out"), anchor->request);
    return Exit::done;
}

Exit attach(DataDirectory& writing, const Options& options) {
    const auto response = read_input(options.positional().at(1));
    if (!response) return refuse(response.refusal());
    const auto authority = read_input(options.value("--authority"));
    if (!authority) return refuse(authority.refusal());
    const auto anchor = writing.store->write(
        [&](store::Transaction& tx) { return audit::attach_response(tx, *response, *authority); });
    if (!anchor) return refuse(anchor.refusal());
    std::cout << "✔ ancre n° " << anchor->number << " horodatée\n";
    return Exit::done;
}

std::string stamped(const audit::Anchor& anchor) {
    if (anchor.kind == audit::AnchorKind::signature) return "signature";
    if (anchor.response.empty()) return "horodatage demandé, sans réponse";
    const auto at = audit::check_time_stamp(anchor.request, anchor.response, anchor.authority);
    return at ? "horodatage du " + at->iso() : "horodatage qui ne tient pas";
}

Exit list(DataDirectory& writing, const Options& /*options*/) {
    auto snapshot = writing.store->snapshot();
    for (const audit::Anchor& anchor : audit::anchors(snapshot.db())) {
        const auto said = audit::read_statement(anchor.statement);
        std::cout << anchor.number << "\t";
        if (said) {
            std::cout << said->day << "\técriture n° " << said->heads.entry.value
                      << "\tenregistrement n° " << said->heads.record << "\t";
        }
        std::cout << stamped(anchor) << "\n";
    }
    return Exit::done;
}

struct Verb {
    std::string_view name;
    std::size_t words;          // the verb's own included
    std::string_view required;  // an option beside --data; empty for none
    Exit (*run)(DataDirectory&, const Options&);
};
constexpr auto verbs = std::to_array<Verb>({
    {"key", 1, "", &show_key},
    {"sign", 1, "--out", &sign},
    {"request", 1, "--out", &request},
    {"attach", 2, "--authority", &attach},
    {"list", 1, "", &list},
});

}  // namespace

Exit anchor(Arguments arguments) {
    const auto options = Options::read(arguments, {}, {"--data", "--key", "--out", "--authority"});
    if (!options) return refuse(options.refusal());
    if (!options->has("--data") || options->positional().empty()) return Exit::usage;
    for (const Verb& verb : verbs) {
        if (verb.name != options->positional().front()) continue;
        const bool complete = options->positional().size() == verb.words &&
                              (verb.required.empty() || options->has(verb.required));
        if (!complete) return Exit::usage;
        const auto writing = open_data(options->value("--data"), store::Store::Access::write);
        if (!writing) return refuse(writing.refusal());
        return verb.run(**writing, *options);
    }
    return Exit::usage;
}

}  // namespace deodat::cli
