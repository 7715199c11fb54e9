#include "ledger/audit/statement.h"

#include "ledger/base/canonical.h"
#include "ledger/base/invariant.h"

namespace deodat::audit {
namespace {

constexpr std::string_view mark("DEODATS\x01", 8);
constexpr std::size_t day_bytes = 10;
constexpr std::size_t statement_bytes =
    mark.size() + 3 * hash_bytes + 2 * sizeof(std::int64_t) + sizeof(std::uint32_t) + day_bytes;

std::int64_t int64_at(std::string_view bytes, std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) {
        value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    }
    return static_cast<std::int64_t>(value);
}

}  // namespace

Heads heads_of(store::Database& db) {
    Heads out;
    auto first = db.select("SELECT hash FROM record WHERE number = 1");
    DEODAT_ASSERT(first.next(), "a ledger opened for writing has a record");
    out.ledger = first.bytes(0);
    auto record = db.select("SELECT number, hash FROM record ORDER BY number DESC LIMIT 1");
    record.next();
    out.record = record.integer(0);
    out.record_hash = record.bytes(1);
    out.entry_hash = std::string(hash_bytes, '\0');
    auto entry = db.select("SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1");
    if (entry.next()) {
        out.entry = {entry.integer(0)};
        out.entry_hash = entry.bytes(1);
    }
    return out;
}

std::string canonical_bytes(const Statement& statement) {
    return CanonicalBytes(mark)
        .raw(statement.heads.ledger)
        .int64(statement.heads.entry.value)
        .raw(statement.heads.entry_hash)
        .int64(statement.heads.record)
        .raw(statement.heads.record_hash)
        .text(statement.day)
        .bytes();
}

std::optional<Statement> read_statement(std::string_view bytes) {
    if (bytes.size() != statement_bytes) return std::nullopt;
    const std::string_view body = bytes.substr(mark.size());
    const auto hash_at = [&](std::size_t at) { return std::string(body.substr(at, hash_bytes)); };
    const Statement out{
        {hash_at(0), {int64_at(body, 32)}, hash_at(40), int64_at(body, 72), hash_at(80)},
        std::string(body.substr(116))};
    if (canonical_bytes(out) != bytes) return std::nullopt;
    return out;
}

}  // namespace deodat::audit
