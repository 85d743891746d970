#include "api/engine_state.hpp"

#include <chrono>
#include <optional>

namespace modcore::detail {

namespace {

std::optional<std::chrono::sys_seconds> instant(const std::optional<std::int64_t>& seconds) {
  if (!seconds) return std::nullopt;
  return std::chrono::sys_seconds(std::chrono::seconds(*seconds));
}

RuleInfo rule_info(const program::Image& image, const program::Rule& rule) {
  RuleInfo info;
  info.id = rule.id;
  info.category = image.categories[static_cast<std::size_t>(rule.category)].name;
  if (rule.verdict) info.verdict = static_cast<Verdict>(*rule.verdict);
  info.severity = static_cast<RuleSeverity>(rule.severity);
  info.status = static_cast<RuleStatus>(rule.status);
  info.active_from = instant(rule.active_from);
  info.expires = instant(rule.expires);
  return info;
}

}  // namespace

std::shared_ptr<const EngineState> make_engine_state(std::shared_ptr<const program::Image> image,
                                                     std::shared_ptr<const runtime::MatchPlan> plan,
                                                     Fingerprint fingerprint,
                                                     artifact::Origins origins) {
  auto state = std::make_shared<EngineState>();
  state->image = std::move(image);
  state->plan = std::move(plan);
  state->fingerprint = fingerprint;
  state->origins = std::move(origins);
  state->rules.reserve(state->image->rules.size());
  for (std::size_t i = 0; i < state->image->rules.size(); ++i) {
    RuleInfo& info = state->rules.emplace_back(rule_info(*state->image, state->image->rules[i]));
    const artifact::Place place = state->origins.places[i];
    if (place.file == artifact::no_file) continue;
    info.file = state->origins.files[place.file];
    info.line = place.line;
  }
  for (const ir::HostAttribute& attribute : state->image->host_attributes) {
    state->attributes.push_back({attribute.name, ir::to_string(attribute.type)});
  }
  return state;
}

}  // namespace modcore::detail
