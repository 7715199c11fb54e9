// What the benchmarks of the ledger measure with, and how they say it: one JSON line a figure.
//
// Each figure runs in a process of its own (in_a_process): its peak memory is its own, and what one
// leaves in memory does not serve the next.
#pragma once
#include <sys/types.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace deodat::bench {

template <class Work>
std::int64_t nanoseconds(const Work& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::max<std::int64_t>(
        1, std::chrono::nanoseconds(std::chrono::steady_clock::now() - begin).count());
}

// CPU time of the whole process, its threads included.
std::int64_t cpu_now();

// What a piece of work took.
struct Took {
    std::int64_t wall = 0;  // nanoseconds
    std::int64_t cpu = 0;   // nanoseconds of all threads
};

template <class Work>
Took time_of(const Work& work) {
    Took took;
    const std::int64_t cpu = cpu_now();
    took.wall = nanoseconds(work);
    took.cpu = std::max<std::int64_t>(1, cpu_now() - cpu);
    return took;
}

std::int64_t median(std::vector<std::int64_t> values);
// The smallest value that so many thousandths of all do not exceed: 990 for p99.
std::int64_t percentile(std::vector<std::int64_t> values, std::int64_t thousandths);
// 1234 -> "1.234"
std::string thousandths(std::int64_t n);
// "4.980": the machine's load, mean of the last minute.
std::string load();

// Ours beside the floor, pair after pair.
class Pairs {
  public:
    explicit Pairs(std::int64_t entries_a_run) : entries_(entries_a_run) {}
    // Runs both, the floor first in every second pair.
    void run(const std::function<void()>& ours, const std::function<void()>& floor);
    // Medians; ratio_to_floor is the median of the pairs' ratios, and ratio_range their spread.
    std::string figures() const;

  private:
    std::int64_t entries_;
    std::vector<std::int64_t> ours_;  // entries a second
    std::vector<std::int64_t> floors_;
    std::vector<std::int64_t> ratios_;      // of rates, in thousandths
    std::vector<std::int64_t> cpu_ratios_;  // of the floor's CPU to ours, in thousandths
};

// Prints one line: name, figures as they are given, the process's peak memory, the load. Says
// whether the result was right.
bool say(const std::string& name, const std::string& figures, bool proven);

// Whether the figure, run in a process of its own, was proven.
bool in_a_process(const std::function<bool()>& figure);

// A directory of its own for a figure, gone with it.
struct Directory {
    std::string path;
    Directory();
    ~Directory();
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;
    Directory(Directory&&) = delete;
    Directory& operator=(Directory&&) = delete;
};

}  // namespace deodat::bench
