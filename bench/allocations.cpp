// Counts every operator new of the process, so that a benchmark can show that
// its path allocates nothing.
#include <atomic>
#include <cstdlib>
#include <new>

#include "corpus.hpp"

namespace {
std::atomic<std::size_t> counter{0};
}

namespace bench {
std::size_t allocations() noexcept { return counter.load(std::memory_order_relaxed); }
}  // namespace bench

void* operator new(std::size_t size) {
  counter.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
