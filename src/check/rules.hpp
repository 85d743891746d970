// One rule: its keys, patterns and conditions to ir::Rule.
#pragma once

#include <map>
#include <string>

#include "check/fields.hpp"
#include "check/overrides.hpp"
#include "check/packs.hpp"
#include "check/policy.hpp"
#include "ir/rule_set.hpp"

namespace modcore::checker {

using RuleNumbers = std::map<std::string_view, ir::RuleId>;

// What rules are checked against.
struct Surroundings {
  const ast::Bundle& bundle;
  const Policy& policy;
  const FieldNames& fields;
  const RuleNumbers& numbers;
  Packs& packs;
};

// A rule whose category and routes still are names: which of them the rule set
// holds is known only when all rules are.
struct Draft {
  ir::Rule rule;
  std::string category;
  std::string route;  // of `escalate`
  std::vector<std::string> suppresses_categories;
};

// Adds the rule's patterns to `rules`.
[[nodiscard]] Draft check_rule(const EffectiveRule& rule, const Surroundings& around,
                               ir::RuleSet& rules, diag::Sink& sink);

}  // namespace modcore::checker
