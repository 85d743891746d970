// What stands behind a Scanner.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include <modcore/scanner.hpp>

#include "api/engine_slot_state.hpp"
#include "api/engine_state.hpp"
#include "runtime/session.hpp"

namespace modcore {

struct Scanner::State {
  explicit State(Engine first) { take(std::move(first)); }
  explicit State(std::shared_ptr<EngineSlot::State> from) : slot(std::move(from)) { refresh(); }

  // Takes the slot's engine if it is another one than before.
  void refresh() {
    if (!slot) return;
    // Read before the engine: a store in between is seen again at the next post.
    const std::uint64_t newest = slot->version.load(std::memory_order_acquire);
    if (newest == version) return;
    take(slot->load());
    version = newest;
  }

  void take(Engine engine) {
    const auto& state = detail::EngineAccess::state(engine);
    plan = state->plan;
    session = std::make_unique<runtime::Session>(state->image, state->plan);
    fingerprint = state->fingerprint;
  }

  std::unique_ptr<runtime::Session> session;
  std::shared_ptr<const runtime::MatchPlan> plan;  // the session's
  Fingerprint fingerprint;
  std::shared_ptr<EngineSlot::State> slot;  // null without
  std::uint64_t version = 0;
};

}  // namespace modcore
