#include "ledger/payments/payment_channel.h"

#include <algorithm>
#include <array>

#include "ledger/base/bic.h"
#include "ledger/base/named.h"
#include "ledger/base/siret.h"
#include "ledger/base/text.h"
#include "ledger/people/person.h"

namespace deodat::payments {
namespace {

constexpr std::array<std::string_view, file_format_count> format_names = {
    "pain.001.001.03", "pain.001.001.09", "PES_Aller"};
constexpr std::array<std::string_view, address_form_count> address_names = {
    "none", "town_and_country", "hybrid", "structured"};

bool are_digits(std::string_view text, std::size_t least, std::size_t most) {
    return text.size() >= least && text.size() <= most &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Result<Done> check_collectivity(const Collectivity& who) {
    if (const auto siret = Siret::parse("channel.siret", who.siret); !siret) {
        return siret.refusal();
    }
    const auto refuse = [](std::string field, const std::string& text, const std::string& right) {
        return Refusal{Code::pes_invalid, "channel." + std::move(field),
                       "« " + shown(text) + " » est refusé par le schéma PES : " + right};
    };
    if (!are_digits(who.post, 6, 7)) {
        return refuse("post", who.post, "le codique du poste comptable a 6 ou 7 chiffres.");
    }
    if (!are_digits(who.code, 3, 3) || who.code == "000") {
        return refuse("collectivity", who.code,
                      "le code de la collectivité a 3 chiffres, et n'est pas 000.");
    }
    if (!are_digits(who.budget, 2, 2)) {
        return refuse("budget", who.budget, "le code du budget a 2 chiffres.");
    }
    constexpr std::size_t label_length_max = 38;
    if (code_points(who.budget_label) > label_length_max) {
        return refuse("budget_label", who.budget_label, "38 caractères au plus.");
    }
    return Done{};
}

Result<Done> check_channel(const PaymentChannel& channel) {
    constexpr int minutes_of_a_day = 24 * 60;
    constexpr int settlement_days_max = 10;
    if (channel.cut_off_minute < 1 || channel.cut_off_minute > minutes_of_a_day ||
        channel.settlement_days < 0 || channel.settlement_days > settlement_days_max ||
        channel.first_bordereau < 1 || channel.first_mandate < 1) {
        return Refusal{Code::out_of_range, "channel",
                       "L'heure limite va de 00:01 à 24:00, le délai de 0 à 10 jours, et les "
                       "numéros commencent à 1."};
    }
    if (!channel.bic.empty()) {
        if (auto bic = check_bic("channel.bic", channel.bic); !bic) return bic;
    }
    if (channel.format != FileFormat::pes_aller) return Done{};
    if (!channel.collectivity) {
        return Refusal{Code::pes_invalid, "channel.collectivity",
                       "Un PES nomme le poste comptable, la collectivité et le budget : à demander "
                       "au comptable."};
    }
    return check_collectivity(*channel.collectivity);
}

}  // namespace

std::string_view file_format_name(FileFormat format) {
    return format_names.at(static_cast<std::size_t>(format));
}
std::optional<FileFormat> file_format_of(std::string_view name) {
    return named<FileFormat>(format_names, name);
}
std::string_view address_form_name(AddressForm form) {
    return address_names.at(static_cast<std::size_t>(form));
}
std::optional<AddressForm> address_form_of(std::string_view name) {
    return named<AddressForm>(address_names, name);
}

Result<Done> set_payment_channel(store::Transaction& tx, ProgrammeId programme,
                                 const PaymentChannel& channel, PersonId administrator) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, administrator, people::Role::administrator); !role) {
        return role.refusal();
    }
    if (!funding::find_programme(db, programme)) {
        return Refusal{Code::not_found, "programme", "Ce programme n'existe pas."};
    }
    if (auto checked = check_channel(channel); !checked) return checked;
    const Collectivity who = channel.collectivity.value_or(Collectivity{});
    db.run(
        "INSERT INTO payment_channel (programme, set_at, set_by, format, address, cut_off_minute,"
        " settlement_days, initiator_name, bic, siret, post, collectivity, budget, budget_label,"
        " first_bordereau, first_mandate) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        programme, tx.now(), administrator, file_format_name(channel.format),
        address_form_name(channel.address), channel.cut_off_minute, channel.settlement_days,
        channel.initiator_name, channel.bic, who.siret, who.post, who.code, who.budget,
        who.budget_label, channel.first_bordereau, channel.first_mandate);
    return Done{};
}

PaymentChannel payment_channel(store::Database& db, ProgrammeId programme) {
    auto rows = db.select(
        "SELECT format, address, cut_off_minute, settlement_days, initiator_name, bic, siret, post,"
        " collectivity, budget, budget_label, first_bordereau, first_mandate FROM payment_channel"
        " WHERE programme = ? ORDER BY id DESC LIMIT 1",
        programme);
    if (!rows.next()) return {};
    PaymentChannel channel;
    channel.format = file_format_of(rows.text(0)).value();
    channel.address = address_form_of(rows.text(1)).value();
    channel.cut_off_minute = static_cast<int>(rows.integer(2));
    channel.settlement_days = static_cast<int>(rows.integer(3));
    channel.initiator_name = rows.text(4);
    channel.bic = rows.text(5);
    if (!rows.text(6).empty()) {
        channel.collectivity =
            Collectivity{rows.text(6), rows.text(7), rows.text(8), rows.text(9), rows.text(10)};
    }
    channel.first_bordereau = rows.integer(11);
    channel.first_mandate = rows.integer(12);
    return channel;
}

}  // namespace deodat::payments
