// G9, canonical form frozen. Goal: the bytes hashed are the same for ever, and no two different
// entries or rows share them. Method: a chain exported by an earlier program, committed, proved by
// the verifier and re-encoded by today's code byte for byte; a digest computed outside; random
// entries, decoded back by a reader of the test's own.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <sys/wait.h>

#include <fstream>
#include <sstream>

#include "ledger/audit/statement.h"
#include "ledger/base/composed.h"
#include "ledger/base/text.h"
#include "ledger/journal/chain.h"
#include "ledger/store/records.h"
#include "tests/support/programs.h"

namespace deodat {
namespace {

// Reads the forms of ledger/base/canonical.h from the front; nothing may be left over.
class Reader {
  public:
    explicit Reader(std::string bytes) : bytes_(std::move(bytes)) {}
    std::string raw(std::size_t size) {
        if (bytes_.size() - at_ < size) throw std::runtime_error("bytes are missing");
        at_ += size;
        return bytes_.substr(at_ - size, size);
    }
    std::int64_t number(std::size_t size) {
        std::uint64_t value = 0;
        for (const char c : raw(size)) value = value << 8U | static_cast<unsigned char>(c);
        return static_cast<std::int64_t>(value);
    }
    std::int64_t int64() { return number(8); }
    std::string text() { return raw(static_cast<std::size_t>(number(4))); }
    bool at_end() const { return at_ == bytes_.size(); }

  private:
    std::string bytes_;
    std::size_t at_ = 0;
};

struct DecodedEntry {
    std::string previous;
    journal::EntryRow entry;
};

DecodedEntry decode_entry(const std::string& bytes) {
    Reader in(bytes);
    EXPECT_EQ(in.raw(7), std::string("DEODAT\x01", 7));
    std::string previous = in.raw(hash_bytes);
    const EntryId number{in.int64()};
    const auto day = Day::parse("day", in.text());
    journal::EntryRow entry{
        number,       *day,         Instant(in.int64()), in.text(), in.text(), in.text(), in.text(),
        {in.int64()}, {in.int64()}, {in.int64()},        in.text(), {},        {}};
    for (std::int64_t left = in.number(4); left > 0; --left) {
        entry.postings.push_back({in.text(),
                                  in.text(),
                                  {},
                                  {in.int64()},
                                  {in.int64()},
                                  {in.int64()},
                                  {in.int64()},
                                  Money::cents(in.int64())});
    }
    EXPECT_TRUE(in.at_end());
    return {previous, entry};
}

std::string encode_again(const std::string& bytes) {
    const DecodedEntry decoded = decode_entry(bytes);
    return journal::canonical_bytes(decoded.entry, decoded.previous);
}

struct DecodedRecord {
    std::string previous;
    std::string entry_hash;
    store::Record record;
};

DecodedRecord decode_record(const std::string& bytes) {
    Reader in(bytes);
    EXPECT_EQ(in.raw(8), std::string("DEODATR\x01", 8));
    const std::string previous = in.raw(hash_bytes);
    store::Record record;
    record.number = in.int64();
    record.recorded_at = Instant(in.int64());
    record.entry = {in.int64()};
    const std::string entry_hash = in.raw(hash_bytes);
    record.table = in.text();
    record.key = in.text();
    record.previous = in.int64();
    record.columns = in.number(4);
    record.digest = in.text();
    EXPECT_TRUE(in.at_end());
    return {previous, entry_hash, record};
}

std::string encode_record_again(const std::string& bytes) {
    const DecodedRecord decoded = decode_record(bytes);
    return store::canonical_bytes(decoded.record, decoded.previous, decoded.entry_hash);
}

// A chain that an earlier program exported, proved by the verifier and encoded again; what it
// holds.
std::map<std::string, int> encoded_again(const std::string& path) {
    const auto proved = testing_support::run("'" DEODAT_VERIFIER "' '" + path + "'");
    EXPECT_EQ(WEXITSTATUS(proved.status), 0) << proved.output;
    std::ifstream in(path);
    std::map<std::string, int> seen;
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string kind, number, previous, hash, hex;
        words >> kind >> number >> previous >> hash >> hex;
        ++seen[kind];
        if (kind == "signature") {
            const std::string bytes = *from_hexadecimal(number);
            const auto statement = audit::read_statement(bytes);
            EXPECT_TRUE(statement.has_value());
            if (!statement) continue;
            EXPECT_EQ(audit::canonical_bytes(*statement), bytes);
        }
        if (kind != "entry" && kind != "record") continue;
        const std::string bytes = *from_hexadecimal(hex);
        EXPECT_EQ(kind == "entry" ? encode_again(bytes) : encode_record_again(bytes), bytes)
            << line;
        EXPECT_EQ(hexadecimal(sha256(bytes)), hash);
    }
    return seen;
}

TEST(G09_CanonicalForm, TodaysProgramReencodesTheChainsOfEarlierOnes) {
    auto seen = encoded_again(DEODAT_ROOT "/tests/data/chain/v1.txt");
    EXPECT_EQ(seen["entry"], 14);
    EXPECT_EQ(seen["record"], 75);
    EXPECT_EQ(seen["signature"], 1);
    // Each version has its chain; the one in use is the newest.
    int version = 1;
    const auto path_of = [](int of) {
        return DEODAT_ROOT "/tests/data/chain/v" + std::to_string(of) + ".txt";
    };
    while (std::filesystem::exists(path_of(version + 1))) (void)encoded_again(path_of(++version));
    const std::string nothing(hash_bytes, '\0');
    const journal::EntryRow entry{
        {1}, Day::of(2026, 1, 1), Instant(0), {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
    EXPECT_EQ(journal::canonical_bytes(entry, nothing).at(6), version);
    EXPECT_EQ(store::canonical_bytes(store::Record{}, nothing, nothing).at(7), version);
}

// The digest was computed once by another program (Python's hashlib).
TEST(G09_CanonicalForm, ARowsDigestIsFrozen) {
    store::Database db(":memory:", store::Database::Mode::create);
    db.script(
        "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT, hash BLOB, note TEXT) STRICT;"
        "INSERT INTO thing VALUES (-7, 'Zoé', x'00ff', NULL)");
    const auto tables = store::sealed_tables(db);
    ASSERT_EQ(tables.size(), 1U);
    std::string salt;
    for (int i = 0; i < 32; ++i) salt += static_cast<char>(i);
    auto row = db.select(tables[0].select);
    ASSERT_TRUE(row.next());
    EXPECT_EQ(store::key_text(tables[0], row), "-7");
    EXPECT_EQ(hexadecimal(store::row_digest(tables[0], row, 4, salt)),
              "c7574fdbd6ca0708732e484a9c3f1ef2f464c2ac2d78fec659d87a25fe70929c");
    EXPECT_NE(store::row_digest(tables[0], row, 3, salt),
              store::row_digest(tables[0], row, 4, salt));
}

// ---- random entries

rc::Gen<std::string> texts() {
    return rc::gen::container<std::string>(rc::gen::inRange<char>('a', 'd'));
}

journal::EntryRow random_entry() {
    journal::EntryRow entry{{*rc::gen::inRange<std::int64_t>(1, 4)},
                            Day::of(2026, 1, 1).plus_days(*rc::gen::inRange(0, 3)),
                            Instant(*rc::gen::inRange<std::int64_t>(0, 3)),
                            *texts(),
                            *texts(),
                            *texts(),
                            *texts(),
                            {*rc::gen::inRange<std::int64_t>(0, 3)},
                            {*rc::gen::arbitrary<std::int64_t>()},
                            {*rc::gen::inRange<std::int64_t>(0, 3)},
                            *rc::gen::element(std::string(), std::string(32, 'x')),
                            {},
                            {}};
    const int count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) {
        entry.postings.push_back({*texts(),
                                  *texts(),
                                  {},
                                  {*rc::gen::inRange<std::int64_t>(0, 3)},
                                  {*rc::gen::inRange<std::int64_t>(0, 3)},
                                  {*rc::gen::inRange<std::int64_t>(0, 3)},
                                  {*rc::gen::inRange<std::int64_t>(0, 3)},
                                  Money::cents(*rc::gen::inRange<std::int64_t>(-5, 5))});
    }
    return entry;
}

// Everything that the bytes hold, in a form that has nothing to do with them.
std::vector<std::string> parts(const journal::EntryRow& e) {
    std::vector<std::string> out = {std::to_string(e.number.value),
                                    e.day.iso(),
                                    e.recorded_at.iso(),
                                    e.journal,
                                    e.event,
                                    e.label,
                                    e.piece,
                                    std::to_string(e.programme.value),
                                    std::to_string(e.person.value),
                                    std::to_string(e.reverses.value),
                                    e.digest};
    for (const journal::PostingRow& p : e.postings) {
        for (std::string part : {p.role, p.account, std::to_string(p.dossier.value),
                                 std::to_string(p.funder.value), std::to_string(p.contractor.value),
                                 std::to_string(p.batch.value), std::to_string(p.amount.cents())}) {
            out.push_back(std::move(part));
        }
    }
    return out;
}

RC_GTEST_PROP(G09_CanonicalForm, DecodingGivesBackTheEntry, ()) {
    const journal::EntryRow entry = random_entry();
    const std::string previous(hash_bytes, *rc::gen::element('\0', 'p'));
    const DecodedEntry decoded = decode_entry(journal::canonical_bytes(entry, previous));
    RC_ASSERT(parts(decoded.entry) == parts(entry));
    RC_ASSERT(decoded.previous == previous);
}

// Small alphabets make neighbours: texts that run into each other, postings that look like fields.
RC_GTEST_PROP(G09_CanonicalForm, DifferentEntriesNeverEncodeAlike, ()) {
    const std::string previous(hash_bytes, '\0');
    const journal::EntryRow a = random_entry();
    journal::EntryRow b = *rc::gen::arbitrary<bool>() ? a : random_entry();
    if (!b.label.empty() && *rc::gen::arbitrary<bool>()) {  // a letter crosses a border
        b.piece.insert(0, 1, b.label.back());
        b.label.pop_back();
    }
    RC_ASSERT((parts(a) == parts(b)) ==
              (journal::canonical_bytes(a, previous) == journal::canonical_bytes(b, previous)));
}

// ---- random records of rows

store::Record random_record() {
    store::Record record;
    record.number = *rc::gen::inRange<std::int64_t>(1, 4);
    record.recorded_at = Instant(*rc::gen::inRange<std::int64_t>(0, 3));
    record.entry = {*rc::gen::inRange<std::int64_t>(0, 3)};
    record.table = *texts();
    record.key = *texts();
    record.previous = *rc::gen::inRange<std::int64_t>(0, 3);
    record.columns = *rc::gen::inRange<std::int64_t>(0, 3);
    record.digest = *rc::gen::element(std::string(), std::string(32, 'x'));
    return record;
}

auto parts(const store::Record& r) {
    return std::make_tuple(r.number, r.recorded_at.microseconds(), r.entry.value, r.table, r.key,
                           r.previous, r.columns, r.digest);
}

RC_GTEST_PROP(G09_CanonicalForm, DecodingGivesBackTheRecord, ()) {
    const store::Record record = random_record();
    const std::string previous(hash_bytes, *rc::gen::element('\0', 'p'));
    const std::string entry_hash(hash_bytes, *rc::gen::element('\0', 'e'));
    const auto decoded = decode_record(store::canonical_bytes(record, previous, entry_hash));
    RC_ASSERT(parts(decoded.record) == parts(record));
    RC_ASSERT(decoded.previous == previous);
    RC_ASSERT(decoded.entry_hash == entry_hash);
}

RC_GTEST_PROP(G09_CanonicalForm, DifferentRecordsNeverEncodeAlike, ()) {
    const std::string nothing(hash_bytes, '\0');
    const store::Record a = random_record();
    store::Record b = *rc::gen::arbitrary<bool>() ? a : random_record();
    if (!b.table.empty() && *rc::gen::arbitrary<bool>()) {  // a letter crosses a border
        b.key.insert(0, 1, b.table.back());
        b.table.pop_back();
    }
    RC_ASSERT((parts(a) == parts(b)) == (store::canonical_bytes(a, nothing, nothing) ==
                                         store::canonical_bytes(b, nothing, nothing)));
}

// ---- NFC at the door

TEST(G09_CanonicalForm, TextsAreComposedAtTheDoor) {
    EXPECT_EQ(*clean_text("f", "De\u0301odat a\u0300 Saint-Die\u0301", 40), "Déodat à Saint-Dié");
    EXPECT_EQ(*clean_text("f", "u\u0308\u0304", 40), "\u01d6");  // two marks, one letter
    for (const char* apart : {"x\u0301", "\u0301", "\u212b", "\u1100\u1161", "\u0915\u093c"}) {
        const auto refused = clean_text("f", apart, 40);
        ASSERT_FALSE(refused.ok()) << apart;
        EXPECT_EQ(refused.refusal().code, Code::text_invalid);
    }
    for (const char* fine :
         {"Œuvre à l'été", "50 m² – « façade »", "Straße", "Łódź", "日本語", "€"}) {
        EXPECT_TRUE(is_composed(fine)) << fine;
        EXPECT_EQ(*clean_text("f", fine, 40), fine);
    }
}

}  // namespace
}  // namespace deodat
