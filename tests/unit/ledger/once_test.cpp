// Goal: a request with a key takes effect once and is answered the same for ever, refusals too
// (guarantee 6). Method: threads that send the same keys at once, a restart, another body.
#include "ledger/store/once.h"

#include <atomic>
#include <thread>

#include "ledger/base/canonical.h"
#include "ledger/base/text.h"
#include "tests/support/ledger_fixture.h"

namespace deodat::store {
namespace {

class OnceTest : public testing_support::LedgerTest {
  protected:
    // Adds a person of that name; refuses one who is there: what depends on the state.
    Result<std::string> add(const std::string& key, const std::string& name, PersonId by = {1}) {
        return write_once(store(), {by, key, name}, [&](Transaction& tx) -> Result<std::string> {
            ++runs_;
            auto rows = tx.db().select("SELECT id FROM person WHERE name = ?", name);
            if (rows.next()) {
                return Refusal{Code::duplicate,
                               "name",
                               "« " + name + " » existe déjà.",
                               {{"id", std::to_string(rows.integer(0))}, {"name", name}}};
            }
            const auto id = tx.db().insert("INSERT INTO person (name, added_on) VALUES (?, ?)",
                                           name, tx.today());
            return "{\"id\":" + std::to_string(id) + ",\"nul\":\"" + std::string(1, '\0') + "\"}";
        });
    }
    std::int64_t people() {
        auto snapshot = store().snapshot();
        auto rows = snapshot.db().select("SELECT count(*) FROM person");
        rows.next();
        return rows.integer(0);
    }
    std::atomic<int> runs_ = 0;
};

bool same(const Result<std::string>& a, const Result<std::string>& b) {
    if (a.ok() != b.ok()) return false;
    if (a.ok()) return *a == *b;
    return a.refusal().code == b.refusal().code && a.refusal().field == b.refusal().field &&
           a.refusal().message == b.refusal().message && a.refusal().facts == b.refusal().facts;
}

TEST_F(OnceTest, G06_TheSameAnswerForEverRefusalsToo) {
    const auto made = add("k-1", "Anne");
    const auto refused = add("k-2", "Anne");
    ASSERT_TRUE(made.ok());
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().facts.size(), 2U);
    EXPECT_EQ(runs_, 2);
    // The state that refused is gone: the refusal stays.
    ASSERT_TRUE(store()
                    .write([](Transaction& tx) -> Result<Done> {
                        tx.db().run("DELETE FROM person");
                        return Done{};
                    })
                    .ok());
    for (int restart = 0; restart < 2; ++restart) {
        EXPECT_TRUE(same(add("k-1", "Anne"), made));
        EXPECT_TRUE(same(add("k-2", "Anne"), refused));
        reopen();
    }
    EXPECT_EQ(runs_, 2) << "nothing ran again";
    EXPECT_EQ(people(), 0);
}

TEST_F(OnceTest, G06_AnotherBodyIsRefusedWithTheFirstOnesHash) {
    ASSERT_TRUE(add("k-1", "Anne").ok());
    const auto other = add("k-1", "Berthe");
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.refusal().code, Code::key_reused);
    EXPECT_EQ(other.refusal().facts.at(0).second, hexadecimal(sha256("Anne")));
    EXPECT_EQ(people(), 1);
    // The precedence: form of the key, then its body, then the command.
    EXPECT_EQ(add(" ", "Anne").refusal().code, Code::text_invalid);
    ASSERT_FALSE(add("k-2", "Anne").ok());
    EXPECT_EQ(add("k-2", "Berthe").refusal().code, Code::key_reused) << "of a refusal as well";
    // A key is its sender's own.
    EXPECT_TRUE(add("k-1", "Claire", {2}).ok());
}

TEST_F(OnceTest, G06_ThrowingIsNoAnswer) {
    EXPECT_THROW((void)write_once(store(), {{1}, "k", "b"},
                                  [](Transaction&) -> Result<std::string> {
                                      throw EnvironmentFailure("a full disk");
                                  }),
                 EnvironmentFailure);
    EXPECT_TRUE(add("k", "b").ok());
}

TEST_F(OnceTest, G06_ConcurrentDuplicatesHaveOneEffect) {
    constexpr int threads = 16;
    constexpr int keys = 40;
    std::vector<std::vector<Result<std::string>>> answers(threads);
    std::vector<std::thread> running;
    for (int t = 0; t < threads; ++t) {
        running.emplace_back([&, t] {
            for (int k = 0; k < keys; ++k) {
                // Every fourth key asks for a name that is there already, or will be: one of the
                // two keys is refused, and stays it.
                const std::string name = "P" + std::to_string(k % 4 == 3 ? k - 1 : k);
                answers[static_cast<std::size_t>(t)].push_back(add("k" + std::to_string(k), name));
            }
        });
    }
    for (std::thread& thread : running) thread.join();
    EXPECT_EQ(people(), keys - keys / 4);
    for (const auto& own : answers) {
        for (std::size_t k = 0; k < keys; ++k) EXPECT_TRUE(same(own[k], answers[0][k])) << k;
    }
    EXPECT_LT(runs_, threads * keys);
}

}  // namespace
}  // namespace deodat::store
