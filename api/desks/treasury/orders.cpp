#include "api/desks/treasury/orders.h"

#include "ledger/funding/programme.h"
#include "ledger/treasury/closing.h"
#include "reports/figures.h"
#include "reports/transfers/target_days.h"
#include "reports/transfers/transfer_file.h"

namespace deodat::treasury_desk {
namespace {

reports::TransferFile for_the_bank(const payments::TransferFile& file,
                                   const funding::Programme& programme, const Iban& account) {
    reports::TransferFile out{.message_id = file.message_id,
                              .created = file.made_at,
                              .initiator_name = std::string(reports::petr_name),
                              .debtor_name = programme.name,
                              .debtor_iban = account,
                              .execution_day = file.execution_on,
                              .transfers = {}};
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
             .remittance =
                 "FACTURE " + transfer.invoice_number + " DOSSIER " + transfer.dossier_reference});
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
        const auto programme = funding::find_programme(tx.db(), id);
        if (!programme) return Refusal{Code::not_found, "programme", "Ce programme n'existe pas."};
        const auto account = Iban::parse("programme.iban", programme->iban);
        if (!account) return account.refusal();
        const Day execution = reports::execution_day(tx.today().plus_days(1), tx.now(), {});
        auto file = payments::make_transfer_file(tx, id, execution, desk.person);
        if (!file) return file.refusal();
        auto written = reports::pain001_09(for_the_bank(*file, *programme, *account));
        if (!written) return written.refusal();
        return BankFile{std::move(*file), std::move(written->xml)};
    });
}

Result<EntryId> close_dossier(desks::Desk& desk, DossierId dossier) {
    return desk.store.write([&](store::Transaction& tx) {
        return treasury::close_dossier(tx, dossier, tx.today(), desk.person);
    });
}

}  // namespace deodat::treasury_desk
