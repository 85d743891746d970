// From a bundle to typed rules: names, types, admissible patterns, logic.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ast/ast.hpp"
#include "diag/sink.hpp"
#include "ir/rule_set.hpp"

namespace modcore::checker {

struct Options {
  std::vector<ir::HostAttribute> attributes;  // declared by the API
};

// An inline test or a case of a *.test.yaml, its post as the rule file gives it.
struct Test {
  std::optional<ir::RuleId> rule;       // empty: the whole policy
  const ast::TestCase* test = nullptr;  // owned by the bundle
  std::size_t index = 0;                // among those of its kind in its rule or file
};

struct Result {
  // Complete if and only if nothing was reported as an error; otherwise not to be
  // used.
  ir::RuleSet rules;
  std::vector<Test> tests;
};

// Applies presets and overrides, resolves and types everything. Reports all that
// is wrong, but not what only follows from another error.
[[nodiscard]] Result check(const ast::Bundle& bundle, const Options& options, diag::Sink& sink);

}  // namespace modcore::checker
