#include "api/desks/treasury/orders.h"

#include "ledger/funding/programme.h"
#include "ledger/treasury/closing.h"
#include "reports/transfers/target_days.h"
#include "reports/transfers/transfer_file.h"

namespace deodat::treasury_desk {
namespace {

// The frozen file as the writer wants it: nothing but what was kept when it was made.
reports::TransferFile for_the_bank(const payments::TransferFile& file) {
    const auto account = Iban::parse("debtor_iban", file.debtor_iban);
    DEODAT_ASSERT(account.ok(), "a stored IBAN is one");
    reports::TransferFile out{.message_id = file.message_id,
                              .created = file.made_at,
                              .initiator_name = file.initiator_name,
                              .debtor_name = file.debtor_name,
                              .debtor_iban = *account,
                              .execution_day = file.execution_on,
                              .format = file.format,
                              .address_form = file.address,
                              .transfers = {}};
    if (!file.debtor_bic.empty()) out.debtor_bic = file.debtor_bic;
    for (const payments::Transfer& transfer : file.transfers) {
        auto iban = Iban::parse("iban", transfer.iban);
        DEODAT_ASSERT(iban.ok(), "a stored IBAN is one");
        out.transfers.push_back(
            {.end_to_end_id = transfer.end_to_end_id,
             .amount = transfer.amount,
             .creditor_name = transfer.creditor_name,
             .creditor_iban = *iban,
             .address = reports::PostalAddress{.town = transfer.creditor_town,
                                               .country = transfer.creditor_country},
             .remittance = transfer.remittance});
    }
    return out;
}

}  // namespace

Result<InvoiceId> register_invoice(desks::Desk& desk, std::int64_t works_order,
                                   const InvoiceEntry& invoice) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::register_invoice(
            tx, {works_order, invoice.number, invoice.issued_on, tx.today(), invoice.lines,
                 invoice.retention, desk.person});
    });
}

Result<Done> accept_works(desks::Desk& desk, InvoiceId invoice, Day household_signed_on) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::accept_works(tx, invoice, tx.today(), household_signed_on, desk.person);
    });
}

Result<OrderId> make_order(desks::Desk& desk, InvoiceId invoice) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::make_order(tx, invoice, desk.person, tx.today());
    });
}

Result<OrderId> make_retention_order(desks::Desk& desk, InvoiceId invoice) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::make_retention_order(tx, invoice, desk.person, tx.today());
    });
}

Result<Done> make_order_again(desks::Desk& desk, OrderId order) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::make_order_again(tx, order, desk.person, tx.today());
    });
}

Result<OrderToApprove> read_order(desks::Desk& desk, OrderId id, Day day) {
    auto snapshot = desk.store.snapshot();
    const auto order = payments::find_order(snapshot.db(), id);
    if (!order) return order.refusal();
    const auto gates = payments::gates_of(snapshot.db(), id, day);
    if (!gates) return gates.refusal();
    return OrderToApprove{*order, *gates, payments::order_alerts(snapshot.db(), id, day),
                          payments::order_hash(snapshot.db(), *order)};
}

Result<EntryId> approve_order(desks::Desk& desk, OrderId order, const std::string& hash) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::approve_order(tx, order, hash, desk.person, tx.today());
    });
}

Result<Done> release_order(desks::Desk& desk, OrderId order) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::release_order(tx, order, desk.person, tx.today());
    });
}

Result<BankFile> make_bank_file(desks::Desk& desk, ProgrammeId id) {
    return desk.store.write([&](store::Transaction& tx) -> Result<BankFile> {
        const auto channel = payments::payment_channel(tx.db(), id);
        constexpr int minutes_of_an_hour = 60;
        const Day execution =
            reports::execution_day(tx.today().plus_days(1), tx.now(),
                                   {.cut_off_hour = channel.cut_off_minute / minutes_of_an_hour,
                                    .cut_off_minute = channel.cut_off_minute % minutes_of_an_hour,
                                    .settlement_days = channel.settlement_days});
        auto file = payments::make_transfer_file(tx, id, execution, desk.person);
        if (!file) return file.refusal();
        auto written = reports::write_pain001(for_the_bank(*file));
        if (!written) return written.refusal();
        auto sealed = payments::seal_transfer_file(
            tx, file->id,
            {written->xml, static_cast<std::int64_t>(written->count), written->control_sum});
        if (!sealed) return sealed.refusal();
        return BankFile{std::move(*file), std::move(written->xml), std::move(written->changes)};
    });
}

Result<HandedFile> hand_over_bank_file(desks::Desk& desk, std::int64_t id) {
    return desk.store.write([&](store::Transaction& tx) -> Result<HandedFile> {
        const auto file = payments::find_transfer_file(tx.db(), id);
        if (!file) {
            return Refusal{Code::not_found, "transfer_file",
                           "Ce fichier de virements n'existe pas."};
        }
        auto written = reports::write_pain001(for_the_bank(*file));
        if (!written) return written.refusal();
        const auto times = payments::hand_over_transfer_file(tx, id, written->xml, desk.person);
        if (!times) return times.refusal();
        return HandedFile{std::move(written->xml), *times};
    });
}

Result<bank::StatusOutcome> import_payment_status(desks::Desk& desk, std::string_view file) {
    const auto report = bank::read_payment_status(file);
    if (!report) return report.refusal();
    return desk.store.write([&](store::Transaction& tx) {
        return bank::import_payment_status(tx, *report, file, desk.person);
    });
}

Result<EntryId> close_dossier(desks::Desk& desk, DossierId dossier) {
    return desk.store.write([&](store::Transaction& tx) {
        return treasury::close_dossier(tx, dossier, tx.today(), desk.person);
    });
}

}  // namespace deodat::treasury_desk
