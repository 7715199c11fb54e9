#include "tests/bench/measure.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "ledger/base/invariant.h"

namespace deodat::bench {
namespace {

std::int64_t peak_memory_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6));
    }
    return 0;
}

}  // namespace

std::int64_t cpu_now() {
    timespec at{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return at.tv_sec * std::int64_t{1'000'000'000} + at.tv_nsec;
}

std::int64_t median(std::vector<std::int64_t> values) {
    return percentile(std::move(values), 500);
}

std::int64_t percentile(std::vector<std::int64_t> values, std::int64_t thousandths) {
    const auto last = static_cast<std::int64_t>(values.size()) - 1;
    const auto at = values.begin() + last * thousandths / 1'000;
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

std::string thousandths(std::int64_t n) {
    const std::string digits = std::to_string(1'000 + n % 1'000).substr(1);
    return std::to_string(n / 1'000) + "." + digits;
}

std::string load() {
    std::ifstream file("/proc/loadavg");
    std::string minute;
    file >> minute;
    return minute;
}

void Pairs::run(const std::function<void()>& ours, const std::function<void()>& floor) {
    Took our;
    Took their;
    if (ours_.size() % 2 == 0) {
        our = time_of(ours);
        their = time_of(floor);
    } else {
        their = time_of(floor);
        our = time_of(ours);
    }
    ours_.push_back(entries_ * 1'000'000'000 / our.wall);
    floors_.push_back(entries_ * 1'000'000'000 / their.wall);
    ratios_.push_back(their.wall * 1'000 / our.wall);
    cpu_ratios_.push_back(their.cpu * 1'000 / our.cpu);
}

std::string Pairs::figures() const {
    const auto [least, most] = std::minmax_element(ratios_.begin(), ratios_.end());
    return R"("pairs":)" + std::to_string(ours_.size()) + R"(,"entries_per_second":)" +
           std::to_string(median(ours_)) + R"(,"floor_entries_per_second":)" +
           std::to_string(median(floors_)) + R"(,"ratio_to_floor":)" +
           thousandths(median(ratios_)) + R"(,"ratio_range":[)" + thousandths(*least) + "," +
           thousandths(*most) + R"(],"cpu_ratio_to_floor":)" + thousandths(median(cpu_ratios_));
}

bool say(const std::string& name, const std::string& figures, bool proven) {
    std::cout << R"({"name":")" << name << "\"," << figures << R"(,"peak_memory_kib":)"
              << peak_memory_kib() << R"(,"load":)" << load() << R"(,"proven":)"
              << (proven ? "true" : "false") << "}" << std::endl;
    return proven;
}

bool in_a_process(const std::function<bool()>& figure) {
    const pid_t child = ::fork();
    if (child < 0) throw EnvironmentFailure("no process for a figure");
    if (child == 0) {
        bool proven = false;
        try {
            proven = figure();
        } catch (const std::exception& error) {
            std::cerr << error.what() << '\n';
        }
        ::_exit(proven ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status == 0;
}

Directory::Directory()
    : path((std::filesystem::temp_directory_path() / ("deodat-bench-" + std::to_string(::getpid())))
               .string()) {
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
}

Directory::~Directory() {
    std::filesystem::remove_all(path);
}

}  // namespace deodat::bench
