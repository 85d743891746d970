// What stands behind an Engine handle.
#pragma once

#include <memory>
#include <mutex>
#include <span>
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
  artifact::Origins origins;
  std::vector<AttributeInfo> attributes;  // views into the image

  // In the order of Image::rules, made when they are first asked for: most hosts only scan.
  [[nodiscard]] std::span<const RuleInfo> rules() const;

 private:
  mutable std::once_flag rules_made_;
  mutable std::vector<RuleInfo> rules_;  // views into the image and the origins
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
