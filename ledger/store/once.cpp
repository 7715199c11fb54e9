#include "ledger/store/once.h"

#include "ledger/base/canonical.h"
#include "ledger/base/text.h"

namespace deodat::store {
namespace {

constexpr std::size_t key_points_max = 200;

struct Remembered {
    std::string body_sha256;
    Result<std::string> answer;
};

Refusal refusal_of(Database& db, PersonId person, std::string_view key, const Rows& row) {
    const auto code = code_of(row.text(2));
    DEODAT_ASSERT(code.has_value(), "a remembered code is in the table");
    Refusal refusal{*code, row.text(3), row.text(4)};
    auto facts = db.select(
        "SELECT name, value FROM answer_fact WHERE person = ? AND request_key = ? ORDER BY ordinal",
        person, key);
    while (facts.next()) refusal.facts.emplace_back(facts.text(0), facts.text(1));
    return refusal;
}

std::optional<Remembered> find(Database& db, PersonId person, std::string_view key) {
    auto rows = db.select(
        "SELECT body_sha256, answer, code, field, message FROM answer"
        " WHERE person = ? AND request_key = ?",
        person, key);
    if (!rows.next()) return std::nullopt;
    if (rows.is_null(2)) return Remembered{rows.bytes(0), rows.bytes(1)};
    return Remembered{rows.bytes(0), refusal_of(db, person, key, rows)};
}

void remember(Transaction& tx, PersonId person, std::string_view key, const Remembered& what) {
    const Value none(std::nullopt);
    const bool ok = what.answer.ok();
    tx.db().run("INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?)", person, key,
                Value::bytes(what.body_sha256), tx.now(), ok ? Value::bytes(*what.answer) : none,
                ok ? none : Value(code_name(what.answer.refusal().code)),
                ok ? none : Value(what.answer.refusal().field),
                ok ? none : Value(what.answer.refusal().message));
    if (ok) return;
    std::int64_t ordinal = 0;
    for (const auto& [name, value] : what.answer.refusal().facts) {
        tx.db().run("INSERT INTO answer_fact VALUES (?, ?, ?, ?, ?)", person, key, ++ordinal, name,
                    value);
    }
}

Result<std::string> answer_to(const Remembered& known, const std::string& body_sha256) {
    if (known.body_sha256 == body_sha256) return known.answer;
    return Refusal{Code::key_reused,
                   "key",
                   "Cette clé a déjà servi pour une autre demande : en prendre une nouvelle.",
                   {{"body_sha256", hexadecimal(known.body_sha256)}}};
}

}  // namespace

Result<std::string> write_once(Store& store, const KeyedRequest& request,
                               const std::function<Result<std::string>(Transaction&)>& command) {
    const auto key = clean_text("key", request.key, key_points_max);
    if (!key) return key.refusal();
    const std::string body_sha256 = sha256(request.body);
    const auto done = store.write([&](Transaction& tx) -> Result<Remembered> {
        if (auto known = find(tx.db(), request.person, *key)) return *known;
        const auto answer = command(tx);
        if (!answer) return answer.refusal();
        Remembered made{body_sha256, answer};
        remember(tx, request.person, *key, made);
        return made;
    });
    if (done) return answer_to(*done, body_sha256);
    // A refusal leaves nothing behind, so it is kept by a command of its own; where the same
    // request was answered meanwhile, that answer stands for both.
    const auto kept = store.write([&](Transaction& tx) -> Result<Remembered> {
        if (auto known = find(tx.db(), request.person, *key)) return *known;
        Remembered refused{body_sha256, done.refusal()};
        remember(tx, request.person, *key, refused);
        return refused;
    });
    return answer_to(*kept, body_sha256);
}

}  // namespace deodat::store
