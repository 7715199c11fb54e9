#include "reports/chain_export.h"

#include "ledger/audit/anchor.h"
#include "ledger/base/text.h"
#include "ledger/journal/chain.h"
#include "ledger/store/records.h"

namespace deodat::reports {
namespace {

void write_link(std::ostream& out, std::string_view kind, std::int64_t number,
                std::string_view previous, std::string_view hash, std::string_view bytes) {
    out << kind << ' ' << number << ' ' << hexadecimal(previous) << ' ' << hexadecimal(hash) << ' '
        << hexadecimal(bytes) << '\n';
}

void write_anchor(std::ostream& out, const audit::Anchor& anchor) {
    if (anchor.kind == audit::AnchorKind::signature) {
        out << "signature " << hexadecimal(anchor.statement) << ' '
            << hexadecimal(anchor.public_key) << ' ' << hexadecimal(anchor.signature) << '\n';
    } else if (!anchor.response.empty()) {
        out << "time-stamp " << hexadecimal(anchor.statement) << ' ' << hexadecimal(anchor.request)
            << ' ' << hexadecimal(anchor.response) << '\n';
    }
}

}  // namespace

void export_chain(store::Database& db, std::ostream& out) {
    const std::string nothing(hash_bytes, '\0');
    const audit::Heads now = audit::heads_of(db);
    out << "deodat-chain 1\nledger " << hexadecimal(now.ledger) << "\nentries " << now.entry.value
        << ' ' << hexadecimal(now.entry_hash) << "\nrecords " << now.record << ' '
        << hexadecimal(now.record_hash) << '\n';
    std::string previous = nothing;
    journal::for_each_entry(db, now.entry, [&](const journal::EntryRow& entry) {
        write_link(out, "entry", entry.number.value, previous, entry.hash,
                   canonical_bytes(entry, previous));
        previous = entry.hash;
    });
    previous = nothing;
    store::for_each_record(db, [&](const store::Record& record, const std::string& entry_hash) {
        write_link(out, "record", record.number, previous, record.hash,
                   canonical_bytes(record, previous, entry_hash.empty() ? nothing : entry_hash));
        previous = record.hash;
    });
    for (const audit::Anchor& anchor : audit::anchors(db)) write_anchor(out, anchor);
    if (!out) throw EnvironmentFailure("the chain cannot be written");
}

}  // namespace deodat::reports
