// deodat export: the journal in the formats of other programs, on the standard output (a FEC also
// into a directory, under its legal name, with its description), and the register of exports.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "api/cli/data_directory.h"
#include "api/cli/options.h"
#include "api/cli/table.h"
#include "api/desks/administration/exports.h"
#include "ledger/base/text.h"
#include "ledger/people/person.h"
#include "reports/journal/exports.h"

namespace deodat::cli {
namespace {

namespace desk = administration_desk;

// The data directory: for writing, so as to register the export; for reading when another process
// writes, and then who that is.
struct Opened {
    std::unique_ptr<DataDirectory> data;
    std::optional<Refusal> locked;
};

Result<Opened> open(const std::string& directory) {
    auto writing = open_data(directory, store::Store::Access::write);
    if (writing) return Opened{std::move(*writing), {}};
    if (writing.refusal().code != Code::data_directory_locked) return writing.refusal();
    auto reading = open_data(directory, store::Store::Access::read);
    if (!reading) return reading.refusal();
    return Opened{std::move(*reading), writing.refusal()};
}

// Where a FEC goes under its own name.
struct FecPlace {
    std::filesystem::path directory;
    Siren siren;
};

Result<std::optional<FecPlace>> place_of(const Options& options) {
    if (!options.has("--out")) return std::optional<FecPlace>();
    auto siren = Siren::parse("siren", options.value("--siren"));
    if (!siren) return siren.refusal();
    return std::optional(FecPlace{options.value("--out"), std::move(*siren)});
}

void close(std::ofstream& file, const std::filesystem::path& path) {
    file.close();
    if (!file) throw EnvironmentFailure("cannot write " + path.string());
}

// The file and its description; an existing one is never replaced.
Result<desk::ExportMade> write_fec(store::Database& db, const desk::ExportRequest& request,
                                   const FecPlace& place) {
    const auto path = place.directory / reports::fec_file_name(place.siren, request.year);
    if (std::filesystem::exists(path)) {
        return Refusal{
            Code::duplicate, "out",
            "Le fichier « " + path.string() + " » existe déjà : un export ne remplace rien."};
    }
    std::ofstream file(path, std::ios::binary);
    if (!file) throw EnvironmentFailure("cannot write " + path.string());
    const auto made = desk::write_export(db, request, file);
    if (!made) {
        file.close();
        std::filesystem::remove(path);
        return made.refusal();
    }
    close(file, path);
    auto description = path;
    description.replace_filename(path.stem().string() + "-description.txt");
    std::ofstream words(description, std::ios::binary);
    words << reports::fec_description(db, request.year, made->fec);
    close(words, description);
    std::cerr << path.string() << "\n" << description.string() << "\n";
    return made;
}

void say_what_was_left(const reports::FecNotes& notes) {
    if (notes.nil_lines > 0) {
        std::cerr << notes.nil_lines << " lignes de montant nul laissées de côté\n";
    }
    if (notes.replaced > 0) {
        std::cerr << notes.replaced << " zones dont un signe a été remplacé :\n";
        for (const std::string& example : notes.examples) std::cerr << "  " << example << "\n";
    }
}

// A chain proves whole, a FEC tells a year.
bool whole(desk::ExportFormat format) {
    return format == desk::ExportFormat::chain || format == desk::ExportFormat::fec;
}

Exit list(const Options& options) {
    const auto data = open_data(options.value("--data"), store::Store::Access::read);
    if (!data) return refuse(data.refusal());
    auto snapshot = (*data)->store->snapshot();
    std::vector<std::vector<std::string>> rows = {
        {"N°", "Fait le", "Par", "Format", "Écriture", "Octets", "SHA-256"}};
    for (const auto& made : journal::registered_exports(snapshot.db())) {
        const auto person = people::find_person(snapshot.db(), made.person);
        rows.push_back({std::to_string(made.id), made.made_at.iso(),
                        person ? person->name : "ligne de commande",
                        made.format + (made.year != 0 ? " " + std::to_string(made.year) : ""),
                        std::to_string(made.up_to.value), std::to_string(made.bytes),
                        hexadecimal(made.sha256)});
    }
    show_table(rows);
    return Exit::done;
}

Result<desk::ExportMade> make(store::Database& db, const Options& options,
                              desk::ExportFormat format) {
    desk::ExportRequest request{format};
    if (options.has("--person")) {
        const auto person = options.number("--person", 1, INT64_MAX);
        if (!person) return person.refusal();
        request.person = {*person};
    }
    if (options.has("--entry")) {
        const auto entry = options.number("--entry", 1, INT64_MAX);
        if (!entry) return entry.refusal();
        request.up_to = {*entry};
    }
    if (format != desk::ExportFormat::fec) return desk::write_export(db, request, std::cout);
    std::optional<int> asked;
    if (options.has("--year")) {
        const auto year = options.number("--year", 1'900, 9'999);
        if (!year) return year.refusal();
        asked = static_cast<int>(*year);
    }
    const auto place = place_of(options);
    if (!place) return place.refusal();
    const auto year = desk::fec_year(db, asked);
    if (!year) return year.refusal();
    request.year = *year;
    return *place ? write_fec(db, request, **place) : desk::write_export(db, request, std::cout);
}

}  // namespace

Exit export_journal(Arguments arguments) {
    const auto options = Options::read(
        arguments, {}, {"--data", "--person", "--year", "--siren", "--out", "--entry"});
    if (!options) return refuse(options.refusal());
    if (!options->has("--data") || options->positional().size() != 1) return Exit::usage;
    const bool fec_only =
        options->has("--year") || options->has("--siren") || options->has("--out");
    if (options->positional().front() == "list") {
        const bool more = fec_only || options->has("--person") || options->has("--entry");
        return more ? Exit::usage : list(*options);
    }
    const auto format = desk::export_format_of(options->positional().front());
    if (!format || (fec_only && *format != desk::ExportFormat::fec) ||
        options->has("--siren") != options->has("--out") ||
        (options->has("--entry") && whole(*format))) {
        return Exit::usage;
    }
    const auto opened = open(options->value("--data"));
    if (!opened) return refuse(opened.refusal());
    auto snapshot = opened->data->store->snapshot();
    const auto made = make(snapshot.db(), *options, *format);
    if (!made) return refuse(made.refusal());
    say_what_was_left(made->fec);
    if (opened->locked) {
        std::cerr << "L'export est fait, mais n'a pas pu être inscrit au registre. "
                  << opened->locked->message << "\nSHA-256 " << hexadecimal(made->record.sha256)
                  << ", jusqu'à l'écriture n° " << made->record.up_to.value << "\n";
        return Exit::done;
    }
    desk::register_export(*opened->data->store, *made);
    return Exit::done;
}

}  // namespace deodat::cli
