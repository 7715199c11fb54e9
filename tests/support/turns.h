// Sync points: threads take named steps in one given order and in no other, so that a test can try
// each order of what two people do at once.
//
//   Turns turns({"a reads", "b reads", "a sends"});
//   turns.step("b reads", [&] { … });   // waits for "a reads" to be over
//
// Any thread may take any step, each once. One that waits half a minute for its turn gives the
// whole up: it and every other throw, for an order that cannot happen would stop the test for good.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace deodat::testing_support {

class Turns {
  public:
    explicit Turns(std::vector<std::string> order) : order_(std::move(order)) {}

    void step(
        const std::string& name, const std::function<void()>& what = [] {}) {
        std::unique_lock guard(mutex_);
        const bool came = moved_.wait_for(guard, std::chrono::seconds(30), [&] {
            return given_up_ || (next_ < order_.size() && order_[next_] == name);
        });
        if (!came || given_up_) {
            given_up_ = true;
            moved_.notify_all();
            throw std::runtime_error("« " + name + " » never had its turn");
        }
        guard.unlock();  // nobody else's turn comes before this step is over
        what();
        guard.lock();
        ++next_;
        moved_.notify_all();
    }

  private:
    const std::vector<std::string> order_;
    std::mutex mutex_;
    std::condition_variable moved_;
    std::size_t next_ = 0;
    bool given_up_ = false;
};

}  // namespace deodat::testing_support
