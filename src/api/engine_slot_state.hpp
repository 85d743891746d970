// What an EngineSlot and the scanners on it share.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <utility>

#include <modcore/compile.hpp>

namespace modcore {

// A scanner looks at `version` before each post and takes the lock only where it
// has changed.
struct EngineSlot::State {
  explicit State(Engine first) : engine(std::move(first)) {}

  [[nodiscard]] Engine load() {
    const std::lock_guard lock(mutex);
    return engine;
  }
  void store(Engine next) {
    {
      const std::lock_guard lock(mutex);
      std::swap(engine, next);
      version.fetch_add(1, std::memory_order_release);
    }
    // The engine before is freed here, outside the lock.
  }

  std::mutex mutex;
  Engine engine;
  std::atomic<std::uint64_t> version = 1;
};

}  // namespace modcore
