#include "ledger/audit/anchor.h"

#include <sstream>

#include "ledger/audit/time_stamp.h"
#include "ledger/base/canonical.h"
#include "ledger/base/text.h"

namespace deodat::audit {
namespace {

constexpr std::string_view first_line = "deodat-anchor 1";

std::string_view kind_name(AnchorKind kind) {
    return kind == AnchorKind::signature ? "signature" : "time_stamp";
}

Anchor anchor_of(const store::Rows& rows) {
    return {rows.integer(0),
            rows.text(1) == kind_name(AnchorKind::signature) ? AnchorKind::signature
                                                             : AnchorKind::time_stamp,
            Instant(rows.integer(2)),
            rows.bytes(3),
            rows.bytes(4),
            rows.bytes(5),
            rows.bytes(6),
            rows.bytes(7),
            rows.text(8)};
}

Anchor keep(store::Transaction& tx, Anchor anchor) {
    const bool signature = anchor.kind == AnchorKind::signature;
    const auto some = [](bool there, const std::string& bytes) {
        return there ? store::Value::bytes(bytes) : store::Value(std::nullopt);
    };
    anchor.made_at = tx.now();
    anchor.number = tx.db().insert(
        "INSERT INTO anchor (kind, made_at, statement, public_key, signature, request)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        kind_name(anchor.kind), anchor.made_at, store::Value::bytes(anchor.statement),
        some(signature, anchor.public_key), some(signature, anchor.signature),
        some(!signature, anchor.request));
    return anchor;
}

// What the ledger now holds where a statement says it held something else.
void check_statement(journal::Verification& result, store::Database& db, const std::string& name,
                     const Statement& statement) {
    const Heads& said = statement.heads;
    const auto fault = [&](EntryId entry, const std::string& what) {
        journal::add_fault(result, entry, name + " du " + statement.day + " : " + what);
    };
    const auto hash_at = [&](std::string_view sql, std::int64_t number) {
        auto rows = db.select(sql, number);
        return rows.next() ? rows.bytes(0) : std::string();
    };
    const std::string entry = hash_at("SELECT hash FROM entry WHERE number = ?", said.entry.value);
    const std::string record = hash_at("SELECT hash FROM record WHERE number = ?", said.record);
    const std::string number = std::to_string(said.entry.value);
    if (hash_at("SELECT hash FROM record WHERE number = ?", 1) != said.ledger) {
        fault({}, "elle est d'un autre grand livre, ou le premier enregistrement a été réécrit.");
    }
    if (said.entry && entry.empty()) {
        fault(said.entry, "l'écriture n° " + number + " a disparu : la fin a été coupée.");
    } else if (said.entry && entry != said.entry_hash) {
        fault(said.entry, "l'écriture n° " + number + " ou une plus ancienne a été réécrite.");
    }
    const std::string record_name = "l'enregistrement n° " + std::to_string(said.record);
    if (record.empty()) {
        fault({}, record_name + " a disparu : la fin a été coupée.");
    } else if (record != said.record_hash) {
        fault({}, record_name + " ou un plus ancien a été réécrit.");
    }
}

// Why an anchor proves nothing; empty when it holds.
std::string broken(const Anchor& anchor) {
    if (anchor.kind == AnchorKind::signature) {
        return signature_holds(anchor.public_key, anchor.statement, anchor.signature)
                   ? ""
                   : "sa signature ne tient pas.";
    }
    if (anchor.response.empty()) return {};
    const auto imprint = imprint_of_response(anchor.response);
    if (!imprint) return imprint.refusal().message;
    if (*imprint != sha256(anchor.statement)) return "son horodatage est d'une autre déclaration.";
    const auto stamped = check_time_stamp(anchor.request, anchor.response, anchor.authority);
    return stamped ? "" : stamped.refusal().message;
}

void check_anchor(journal::Verification& result, store::Database& db, const std::string& name,
                  const Anchor& anchor) {
    const auto said = read_statement(anchor.statement);
    const std::string why = said ? broken(anchor) : "sa déclaration ne se lit pas.";
    if (!why.empty()) journal::add_fault(result, {}, name + " : " + why);
    if (said) check_statement(result, db, name, *said);
}

}  // namespace

std::vector<Anchor> anchors(store::Database& db) {
    std::vector<Anchor> out;
    auto rows = db.select(
        "SELECT a.number, a.kind, a.made_at, a.statement, a.public_key, a.signature, a.request,"
        " r.response, r.authority FROM anchor a LEFT JOIN anchor_response r ON r.anchor = a.number"
        " ORDER BY a.number");
    while (rows.next()) out.push_back(anchor_of(rows));
    return out;
}

Result<Anchor> sign_ledger(store::Transaction& tx, const SigningKey& key) {
    Anchor anchor;
    anchor.statement = canonical_bytes({heads_of(tx.db()), tx.today().iso()});
    anchor.public_key = key.public_key();
    anchor.signature = key.sign(anchor.statement);
    return keep(tx, std::move(anchor));
}

Result<Anchor> request_time_stamp(store::Transaction& tx) {
    Anchor anchor;
    anchor.kind = AnchorKind::time_stamp;
    anchor.statement = canonical_bytes({heads_of(tx.db()), tx.today().iso()});
    anchor.request = time_stamp_request(sha256(anchor.statement), tx.random().bytes(nonce_bytes));
    return keep(tx, std::move(anchor));
}

Result<Anchor> attach_response(store::Transaction& tx, std::string_view response,
                               std::string_view authority) {
    const auto imprint = imprint_of_response(response);
    if (!imprint) return imprint.refusal();
    for (Anchor& anchor : anchors(tx.db())) {
        if (anchor.kind != AnchorKind::time_stamp || sha256(anchor.statement) != *imprint) continue;
        if (!anchor.response.empty()) {
            return Refusal{
                Code::duplicate, "response",
                "L'ancre n° " + std::to_string(anchor.number) + " a déjà son horodatage."};
        }
        if (const auto stamped = check_time_stamp(anchor.request, response, authority); !stamped) {
            return stamped.refusal();
        }
        anchor.response = response;
        anchor.authority = authority;
        tx.db().run("INSERT INTO anchor_response VALUES (?, ?, ?, ?)", anchor.number,
                    store::Value::bytes(anchor.response), anchor.authority, tx.now());
        return anchor;
    }
    return Refusal{Code::not_found, "response",
                   "Cet horodatage ne répond à aucune demande de ce grand livre : faites d'abord"
                   " une demande (deodat anchor request)."};
}

void check_anchors(journal::Verification& result, store::Database& db) {
    for (const Anchor& anchor : anchors(db)) {
        check_anchor(result, db, "L'ancre n° " + std::to_string(anchor.number), anchor);
    }
}

void check_signature_text(journal::Verification& result, store::Database& db,
                          std::string_view text) {
    std::istringstream words{std::string(text)};
    std::string line;
    std::getline(words, line);
    std::string kind;
    std::string statement;
    std::string key;
    std::string signature;
    words >> kind >> statement >> key >> signature;
    const auto statement_read = from_hexadecimal(statement);
    const auto key_read = from_hexadecimal(key);
    const auto signature_read = from_hexadecimal(signature);
    if (line != first_line || kind != "signature" || !statement_read || !key_read ||
        !signature_read) {
        journal::add_fault(result, {}, "L'ancre donnée ne se lit pas comme une signature.");
        return;
    }
    Anchor anchor;
    anchor.statement = *statement_read;
    anchor.public_key = *key_read;
    anchor.signature = *signature_read;
    check_anchor(result, db, "L'ancre donnée", anchor);
}

std::string signature_text(const Anchor& anchor) {
    return std::string(first_line) + "\nsignature " + hexadecimal(anchor.statement) + " " +
           hexadecimal(anchor.public_key) + " " + hexadecimal(anchor.signature) + "\n";
}

}  // namespace deodat::audit
