#include "api/engine_state.hpp"

#include <chrono>
#include <optional>

namespace modcore::detail {

namespace {

std::optional<std::chrono::sys_seconds> instant(const std::optional<std::int64_t>& seconds) {
  if (!seconds) return std::nullopt;
  return std::chrono::sys_seconds(std::chrono::seconds(*seconds));
}

RuleInfo rule_info(const EngineState& state, std::size_t index) {
  const program::Image& image = *state.image;
  const program::Rule& rule = image.rules[index];
  RuleInfo info;
  info.id = rule.id;
  info.category = image.categories[static_cast<std::size_t>(rule.category)].name;
  if (rule.verdict) info.verdict = static_cast<Verdict>(*rule.verdict);
  info.severity = static_cast<RuleSeverity>(rule.severity);
  info.status = static_cast<RuleStatus>(rule.status);
  info.active_from = instant(rule.active_from);
  info.expires = instant(rule.expires);
  const artifact::Place place = state.origins.places[index];
  if (place.file == artifact::no_file) return info;
  info.file = state.origins.files[place.file];
  info.line = place.line;
  return info;
}

}  // namespace

std::span<const RuleInfo> EngineState::rules() const {
  std::call_once(rules_made_, [this] {
    std::vector<RuleInfo> made;
    made.reserve(image->rules.size());
    for (std::size_t i = 0; i < image->rules.size(); ++i) made.push_back(rule_info(*this, i));
    rules_ = std::move(made);
  });
  return rules_;
}

std::shared_ptr<const EngineState> make_engine_state(std::shared_ptr<const program::Image> image,
                                                     std::shared_ptr<const runtime::MatchPlan> plan,
                                                     Fingerprint fingerprint,
                                                     artifact::Origins origins) {
  auto state = std::make_shared<EngineState>();
  state->image = std::move(image);
  state->plan = std::move(plan);
  state->fingerprint = fingerprint;
  state->origins = std::move(origins);
  for (const ir::HostAttribute& attribute : state->image->host_attributes) {
    state->attributes.push_back({attribute.name, ir::to_string(attribute.type)});
  }
  return state;
}

}  // namespace modcore::detail
