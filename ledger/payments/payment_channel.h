// How a programme's payments leave: the format of the file, the form of addresses, the hour until
// which a file counts for the day. It is data, set by an administrator after trying it with the
// bank or the accountant; a newer channel replaces the older one from the next file on.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/funding/programme.h"

namespace deodat::payments {

enum class FileFormat : std::uint8_t { pain001_03, pain001_09, pes_aller };
inline constexpr std::size_t file_format_count = 3;
std::string_view file_format_name(FileFormat format);  // "pain.001.001.09", "PES_Aller"
std::optional<FileFormat> file_format_of(std::string_view name);

// What an address of a payee may look like. Free lines alone do not exist here: banks refuse them
// since 15 November 2026. `hybrid` is town and country in their own elements beside at most two
// free lines.
enum class AddressForm : std::uint8_t { none, town_and_country, hybrid, structured };
inline constexpr std::size_t address_form_count = 4;
std::string_view address_form_name(AddressForm form);
std::optional<AddressForm> address_form_of(std::string_view name);

// Who orders, as the public accountant's software knows it. To be asked of the accountant.
struct Collectivity {
    std::string siret;         // IdColl
    std::string post;          // IdPost, the accountant's codique: 6 or 7 digits
    std::string code;          // CodCol: 3 digits, not 000
    std::string budget;        // CodBud: 2 digits
    std::string budget_label;  // LibelleColBud, at most 38 characters; may be empty
};

struct PaymentChannel {
    FileFormat format = FileFormat::pain001_09;
    AddressForm address = AddressForm::town_and_country;
    int cut_off_minute = 16 * 60;  // of the day, in Paris; from then on a file counts for the next
    int settlement_days = 0;       // between the day a file counts for and the execution
    std::string initiator_name = {};                // empty: the programme's name
    std::string bic = {};                           // of the account debited; may be empty
    std::optional<Collectivity> collectivity = {};  // PES only, and then required
    // Where our numbers begin, when the finance software numbers others before.
    std::int64_t first_bordereau = 1;
    std::int64_t first_mandate = 1;
};

// Refuses a BIC of the wrong form (bic_invalid), a PES channel without its collectivity or with a
// value that the grid does not allow (pes_invalid, siret_invalid), minutes or days outside their
// bounds (out_of_range), a programme that does not exist.
Result<Done> set_payment_channel(store::Transaction& tx, ProgrammeId programme,
                                 const PaymentChannel& channel, PersonId administrator);

// The newest channel of the programme; before any was set, pain.001.001.09 with town and country.
PaymentChannel payment_channel(store::Database& db, ProgrammeId programme);

}  // namespace deodat::payments
