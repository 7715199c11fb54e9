// Goal (guarantee 5): on a filesystem that is really full, what is not recorded is told so, reading
// goes on, and once there is room again the next command is taken by the same opened store. Method:
// 16 MiB in memory, mounted where no other process sees them, filled by a file that is removed
// again, with more or less room left each time. Skipped where the machine permits no such mount.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>

#include <cstring>
#include <fstream>
#include <random>

#include "tests/faults/witness.h"
#include "tests/support/seed.h"

namespace deodat::faults {
namespace {

namespace fs = std::filesystem;
using store::Store;

constexpr std::size_t mebibyte = std::size_t{1} << 20U;

void write_line(const std::string& file, const std::string& line) {
    std::ofstream(file) << line;
}

// Mounts 16 MiB there, for this process alone. What prevented it; empty when they are there.
std::string mount_small(const std::string& place) {
    if (::unshare(CLONE_NEWNS) != 0) {
        // Not root: root of a namespace of its own.
        const std::string user = std::to_string(::getuid());
        const std::string group = std::to_string(::getgid());
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) {
            return std::string("no mount namespace: ") + std::strerror(errno);
        }
        write_line("/proc/self/setgroups", "deny");
        write_line("/proc/self/uid_map", "0 " + user + " 1");
        write_line("/proc/self/gid_map", "0 " + group + " 1");
    }
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", place.c_str(), "tmpfs", 0, "size=16m") != 0) {
        return std::string("no mount: ") + std::strerror(errno);
    }
    return {};
}

// A file that takes all there is but so many bytes.
void fill(const fs::path& file, std::size_t bytes_left) {
    const std::string block(64 * 1'024, 'x');
    const int out = ::open(file.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    if (out < 0) throw EnvironmentFailure("no ballast");
    while (::write(out, block.data(), block.size()) > 0) continue;
    ::close(out);
    const auto size = fs::file_size(file);
    fs::resize_file(file, size > bytes_left ? size - bytes_left : 0);
}

// What a child says is a line: a kind, and the rest.
template <class Say>
void live_there(const std::string& place, int rounds, std::uint64_t seed, const Say& say) {
    std::mt19937_64 random(seed);
    create_ledger(place + "/data");
    OpenLedger ledger(place + "/data", Store::Access::write);
    std::vector<std::string> acknowledged;
    // Why the post was not acknowledged; empty when it was.
    const auto failure_of = [&](const std::string& piece) -> std::string {
        try {
            post(*ledger, piece);
            acknowledged.push_back(piece);
            return {};
        } catch (const EnvironmentFailure& failure) {
            return failure.what();
        }
    };
    for (int round = 0; round < rounds; ++round) {
        const std::string prefix = std::to_string(round) + "-";
        fill(place + "/ballast", random() % (mebibyte / 2));
        std::string full;
        for (int i = 0; full.empty() && i < 10'000; ++i)
            full = failure_of(prefix + std::to_string(i));
        say("full " + full);
        for (int i = 0; i < 5; ++i) (void)failure_of(prefix + "full-" + std::to_string(i));
        {
            auto snapshot = ledger->snapshot();
            const Money cash = journal::balance(snapshot.db(), journal::Role::cash, {});
            if (cash.cents() != 100 * static_cast<std::int64_t>(acknowledged.size())) {
                say("wrong " + french(cash) + " read while full");
            }
        }
        fs::remove(place + "/ballast");
        const std::string after = failure_of(prefix + "after");
        if (!after.empty()) say("wrong not recovered: " + after);
        const Testimony heard = hear(*ledger);
        if (heard.pieces != acknowledged) say("wrong not what was acknowledged");
        for (const std::string& fault : heard.faults) say("wrong " + fault);
    }
    say("acknowledged " + std::to_string(acknowledged.size()));
}

TEST(G05_SmallFilesystem, ReallyFullRecordsNothingKeepsReadingAndRecovers) {
    const std::uint64_t seed = testing_support::seed_of_this_run();
    const int rounds = 6 * testing_support::times_in_long_run(5);
    const testing_support::TestDirectory directory;
    fs::create_directory(directory / "small");
    const std::string place = directory / "small";
    Child child([&](const auto& say) {
        const std::string prevented = mount_small(place);
        if (!prevented.empty()) return say("prevented " + prevented);
        live_there(place, rounds, seed, say);
    });
    const int status = child.end();
    int full = 0;
    int acknowledged = 0;
    for (const std::string& line : child.lines()) {
        if (line.starts_with("prevented ")) GTEST_SKIP() << "skipped: " << line.substr(10);
        EXPECT_FALSE(line.starts_with("wrong ")) << line;
        if (line.find("database or disk is full (13)") != std::string::npos) ++full;
        if (line.starts_with("acknowledged ")) acknowledged = std::stoi(line.substr(13));
    }
    ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    std::cout << full << " times full, " << acknowledged << " acknowledged\n";
    EXPECT_EQ(full, rounds);
    EXPECT_GT(acknowledged, rounds);
}

}  // namespace
}  // namespace deodat::faults
