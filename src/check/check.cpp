#include "check/check.hpp"

#include <algorithm>
#include <set>

#include "check/fields.hpp"
#include "check/overrides.hpp"
#include "check/packs.hpp"
#include "check/policy.hpp"
#include "check/rules.hpp"
#include "check/tests.hpp"
#include "support/sort_unique.hpp"

namespace modcore::checker {
namespace {

template <typename Id>
Id number_of(const std::set<std::string>& names, const std::string& name) {
  return static_cast<Id>(std::distance(names.begin(), names.find(name)));
}

// Puts drafts into the rule set, with the categories and routes that they and
// thresholds can show in a decision.
class Assembler {
 public:
  Assembler(const Policy& policy, ir::RuleSet& rules) : policy_(policy), rules_(rules) {}

  void run(std::vector<Draft> drafts) {
    gather_names(drafts);
    for (const std::string& name : categories_) rules_.categories.push_back(category(name));
    for (const std::string& name : routes_) rules_.routes.push_back(route(name));
    rules_.rules.reserve(drafts.size());
    for (Draft& draft : drafts) rules_.rules.push_back(finish(std::move(draft)));
  }

 private:
  void gather_names(const std::vector<Draft>& drafts) {
    for (const Draft& draft : drafts) {
      categories_.insert(draft.category);
      categories_.insert(draft.suppresses_categories.begin(), draft.suppresses_categories.end());
      if (draft.rule.escalate) routes_.insert(draft.route);
    }
    for (const std::string& name : categories_) routes_.insert(route_of(name));
  }

  [[nodiscard]] std::string route_of(const std::string& category_name) const {
    const auto settings = policy_.categories.find(category_name);
    const bool named = settings != policy_.categories.end() && settings->second.route;
    return named ? settings->second.route->value : std::string(default_route);
  }

  [[nodiscard]] ir::Category category(const std::string& name) const {
    ir::Category result;
    result.name = name;
    result.route = number_of<ir::RouteId>(routes_, route_of(name));
    const auto settings = policy_.categories.find(name);
    if (settings == policy_.categories.end()) return result;
    result.suppressible = settings->second.suppressible;
    for (const auto& [verdict, points] : settings->second.thresholds) {
      result.thresholds.push_back({verdict, points});
    }
    std::ranges::stable_sort(result.thresholds, {}, &ir::Threshold::points);
    return result;
  }

  [[nodiscard]] ir::Route route(const std::string& name) const {
    ir::Route result;
    result.name = name;
    const auto settings = policy_.routes.find(name);
    if (settings == policy_.routes.end()) return result;
    result.within = settings->second.within;
    result.urgency = settings->second.urgency;
    return result;
  }

  [[nodiscard]] ir::Rule finish(Draft draft) const {
    ir::Rule rule = std::move(draft.rule);
    rule.category = number_of<ir::CategoryId>(categories_, draft.category);
    if (rule.escalate) rule.escalate->to = number_of<ir::RouteId>(routes_, draft.route);
    for (const std::string& name : draft.suppresses_categories) {
      rule.suppresses_categories.push_back(number_of<ir::CategoryId>(categories_, name));
    }
    sort_unique(rule.suppresses_categories);
    return rule;
  }

  const Policy& policy_;
  ir::RuleSet& rules_;
  std::set<std::string> categories_;
  std::set<std::string> routes_;
};

}  // namespace

Result check(const ast::Bundle& bundle, const Options& options, diag::Sink& sink) {
  Result result;
  Policy policy = merge_policy(bundle, sink);
  ir::RuleSet& rules = result.rules;
  rules.policy = policy.name;
  rules.has_policy = policy.given;
  rules.languages = policy.languages;
  rules.timezone = policy.timezone;
  rules.limits = policy.limits;
  rules.host_attributes = host_attributes(bundle, options, sink);

  const FieldNames fields(rules.host_attributes);
  Packs packs = gather_packs(bundle, policy, fields, sink);
  std::vector<EffectiveRule> effective = gather_rules(bundle, policy, sink);
  RuleNumbers numbers;
  for (const EffectiveRule& rule : effective) {
    numbers.emplace(rule.rule->id.value, static_cast<ir::RuleId>(numbers.size()));
  }

  const Surroundings around{bundle, policy, fields, numbers, packs};
  std::vector<Draft> drafts;
  drafts.reserve(effective.size());
  for (const EffectiveRule& rule : effective) {
    drafts.push_back(check_rule(rule, around, rules, sink));
  }
  CollectedTests collected = collect_tests(effective, drafts, around, rules, sink);
  result.tests = std::move(collected.tests);
  result.mutations = std::move(collected.mutations);
  report_unused(packs, sink);
  Assembler(policy, rules).run(std::move(drafts));
  result.written = std::move(effective);
  return result;
}

}  // namespace modcore::checker
