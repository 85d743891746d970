// What stands behind an Engine handle.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <modcore/engine.hpp>

#include "artifact/contents.hpp"
#include "program/image.hpp"

namespace modcore::runtime {
struct MatchPlan;
}

namespace modcore::detail {

struct EngineState {
  std::shared_ptr<const program::Image> image;
  std::shared_ptr<const runtime::MatchPlan> plan;
  Fingerprint fingerprint;
  artifact::Origins origins;             // that the views in `rules` point to
  std::vector<RuleInfo> rules;           // in the order of Image::rules
  std::vector<AttributeInfo> attributes;  // views into the image
};

// Puts together what both compiling and loading end in.
[[nodiscard]] std::shared_ptr<const EngineState> make_engine_state(
    std::shared_ptr<const program::Image> image, std::shared_ptr<const runtime::MatchPlan> plan,
    Fingerprint fingerprint, artifact::Origins origins);

// The inside of the library reaches through the handle here.
struct EngineAccess {
  [[nodiscard]] static const std::shared_ptr<const EngineState>& state(const Engine& engine) noexcept {
    return engine.state_;
  }
  [[nodiscard]] static Engine make(std::shared_ptr<const EngineState> state) noexcept {
    return Engine(std::move(state));
  }
};

}  // namespace modcore::detail
