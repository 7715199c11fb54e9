// What one thread waits for and another gives, once each. POSIX's semaphore: it may be gone as soon
// as the wait is over, even while the other thread returns from giving; and waiting costs no time.
#pragma once
#include <semaphore.h>

#include <cerrno>

#include "ledger/base/invariant.h"

namespace deodat::store {

class Wakeup {
  public:
    Wakeup() { DEODAT_ASSERT(::sem_init(&given_, 0, 0) == 0, "a semaphore of one thread is made"); }
    Wakeup(const Wakeup&) = delete;
    Wakeup& operator=(const Wakeup&) = delete;
    Wakeup(Wakeup&&) = delete;
    Wakeup& operator=(Wakeup&&) = delete;
    ~Wakeup() { ::sem_destroy(&given_); }

    void give() { ::sem_post(&given_); }
    void wait() {
        while (::sem_wait(&given_) != 0) DEODAT_ASSERT(errno == EINTR, "a wait ends or is resumed");
    }

  private:
    sem_t given_{};
};

}  // namespace deodat::store
