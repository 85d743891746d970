#include "lint/scope.hpp"

#include <algorithm>
#include <tuple>

#include "ir/languages.hpp"

namespace modcore::lint {
namespace {

bool covers(const ir::Languages& wide, const std::string& tag) {
  return std::ranges::any_of(wide, [&](const std::string& one) { return ir::covers(one, tag); });
}

bool hides(const ir::Rule& rule) {
  return rule.verdict == ir::Verdict::hide || (rule.verdict == ir::Verdict::escalate && rule.hide);
}

}  // namespace

bool considered_with(const ir::Rule& rule, const ir::Rule& other) {
  const bool languages = other.languages.empty() ||
                         (!rule.languages.empty() &&
                          std::ranges::all_of(rule.languages, [&](const std::string& tag) {
                            return covers(other.languages, tag);
                          }));
  const bool begins = other.active_from.value_or(INT64_MIN) <= rule.active_from.value_or(INT64_MIN);
  const bool ends = other.expires.value_or(INT64_MAX) >= rule.expires.value_or(INT64_MAX);
  return languages && begins && ends && other.status == ir::Status::active;
}

bool does_at_least(const ir::Rule& other, const ir::Rule& rule) {
  if (!rule.verdict || !other.verdict || *other.verdict < *rule.verdict) return false;
  if (hides(rule) && !hides(other)) return false;
  const bool calls = rule.escalate.has_value();
  const bool same_route = calls && other.escalate && !other.escalate->condition &&
                          other.escalate->to == rule.escalate->to && !rule.escalate->condition;
  return !calls || same_route;
}

bool suppresses(const ir::RuleSet& rules, const ir::Rule& allow, ir::RuleId other) {
  const ir::Rule& target = rules.rules[static_cast<std::size_t>(other)];
  const bool suppressible = !target.final && target.verdict != ir::Verdict::allow &&
                            rules.categories[static_cast<std::size_t>(target.category)].suppressible;
  if (!suppressible) return false;
  return allow.suppresses_everything || std::ranges::count(allow.suppresses_rules, other) > 0 ||
         std::ranges::count(allow.suppresses_categories, target.category) > 0;
}

bool later(source::Span a, source::Span b) {
  return std::tuple(a.source, a.begin) > std::tuple(b.source, b.begin);
}

bool fires_on_item(const ir::Rule& rule) {
  const bool any = rule.when.op == ir::Op::matched ||
                   (rule.when.op == ir::Op::at_least && rule.when.count == 1);
  return any && rule.unless.empty();
}

}  // namespace modcore::lint
