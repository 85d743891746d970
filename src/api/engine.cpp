#include <modcore/engine.hpp>

#include <algorithm>
#include <array>

#include "api/engine_state.hpp"

namespace modcore {

Engine::Engine(std::shared_ptr<const detail::EngineState> state) noexcept
    : state_(std::move(state)) {}

std::span<const RuleInfo> Engine::rules() const { return state_->rules(); }

Fingerprint Engine::fingerprint() const noexcept { return state_->fingerprint; }

bool Engine::uses(std::string_view field) const noexcept {
  return std::ranges::binary_search(state_->origins.used_fields, field, std::less<>());
}

std::span<const AttributeInfo> Engine::attributes() const noexcept { return state_->attributes; }

std::string_view Engine::policy() const noexcept { return state_->image->policy; }

std::string_view to_string(RuleStatus status) noexcept {
  static constexpr std::array<std::string_view, 3> words = {"active", "shadow", "off"};
  const auto index = static_cast<std::size_t>(status);
  return index < words.size() ? words[index] : "?";
}

}  // namespace modcore
