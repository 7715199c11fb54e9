#include "tests/support/counted_memory.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>

// The allocator of the C library under its other names.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);
}

namespace {

std::atomic<std::size_t> held = 0;
std::atomic<std::size_t> most = 0;

void* counted(void* block) {
    if (block == nullptr) return block;
    const std::size_t now = held += ::malloc_usable_size(block);
    std::size_t known = most;
    while (known < now && !most.compare_exchange_weak(known, now)) {
    }
    return block;
}

void uncount(void* block) {
    if (block != nullptr) held -= ::malloc_usable_size(block);
}

}  // namespace

extern "C" {
void* malloc(std::size_t size) {
    return counted(__libc_malloc(size));
}
void* calloc(std::size_t count, std::size_t size) {
    return counted(__libc_calloc(count, size));
}
void* realloc(void* block, std::size_t size) {
    uncount(block);
    void* const moved = __libc_realloc(block, size);
    // One that could not grow is still there.
    return moved == nullptr && size != 0 ? (counted(block), moved) : counted(moved);
}
void* memalign(std::size_t alignment, std::size_t size) {
    return counted(__libc_memalign(alignment, size));
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
    return counted(__libc_memalign(alignment, size));
}
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
    *out = counted(__libc_memalign(alignment, size));
    return *out == nullptr ? 12 : 0;  // ENOMEM
}
void free(void* block) {
    uncount(block);
    __libc_free(block);
}
}

namespace deodat::testing_support {

std::size_t most_memory_held(const std::function<void()>& work) {
    const std::size_t before = held;
    most = before;
    work();
    return most - before;
}

}  // namespace deodat::testing_support
