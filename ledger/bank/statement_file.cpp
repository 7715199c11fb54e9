#include "ledger/bank/statement_file.h"

#include "ledger/bank/camt.h"
#include "ledger/bank/cfonb120.h"
#include "ledger/bank/csv_statement.h"
#include "ledger/bank/encoding.h"
#include "ledger/base/text.h"

namespace deodat::bank {
namespace {

Refusal not_a_statement(const std::string& why) {
    return Refusal{Code::not_a_statement, "fichier",
                   "Le fichier n'est pas un relevé lisible : " + why};
}

bool is_xml(std::string_view bytes) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (bytes.starts_with(mark)) bytes.remove_prefix(mark.size());
    return trimmed(bytes.substr(0, 4096)).starts_with('<');
}

// CFONB240 begins likewise, with another table of records.
bool looks_like_cfonb240(std::string_view text) {
    constexpr std::size_t record = 240;
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    return end == record && (text.starts_with("31") || text.starts_with("34"));
}

Result<std::vector<Statement>> read_flat(std::string_view bytes,
                                         const std::optional<CsvMapping>& mapping) {
    if (bytes.size() > file_bytes_max) {
        return Refusal{Code::out_of_range, "fichier",
                       "Le fichier pèse " + std::to_string(bytes.size() >> 20U) +
                           " Mio, la limite est de " + std::to_string(file_bytes_max >> 20U) +
                           " Mio."};
    }
    const auto text = text_from_bytes(bytes);
    if (!text) return text.refusal();
    if (mapping) {
        auto statement = read_csv_statement(*text, *mapping);
        if (!statement) return statement.refusal();
        std::vector<Statement> out;
        out.push_back(std::move(*statement));
        return out;
    }
    if (looks_like_cfonb120(*text)) return read_cfonb120(*text);
    if (looks_like_cfonb240(*text)) {
        return not_a_statement("c'est un fichier CFONB240 ; demandez le relevé CFONB120.");
    }
    if (trimmed(*text).empty()) return not_a_statement("il est vide.");
    return not_a_statement(
        "ni camt.053, ni CFONB120 ; un CSV se lit avec le mapping de sa banque (--mapping).");
}

}  // namespace

Result<std::vector<Statement>> read_statements(std::string_view bytes, const BankProfile& profile) {
    const bool xml = is_xml(bytes);
    if (profile.mapping && (xml || looks_like_cfonb120(bytes))) {
        return not_a_statement("un mapping est donné, qui ne sert que pour un CSV, et c'est un " +
                               std::string(xml ? "fichier XML." : "fichier CFONB."));
    }
    return xml ? read_camt(bytes, profile.reversal_sign) : read_flat(bytes, profile.mapping);
}

}  // namespace deodat::bank
