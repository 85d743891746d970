// Tests: a post and what is expected of it.
#pragma once

#include <vector>

#include "ast/ast.hpp"
#include "parse/reporter.hpp"
#include "parse/yaml_tree.hpp"

namespace modcore::parse {

struct RuleTests {
  std::vector<ast::TestCase> cases;
  std::vector<ast::Name> mutations;
};

// The value of `tests:` in a rule.
[[nodiscard]] RuleTests read_rule_tests(const YamlNode& node, Reporter& reporter);

// The value of `cases:` in a test file.
[[nodiscard]] std::vector<ast::TestCase> read_policy_tests(const YamlNode& node,
                                                           Reporter& reporter);

}  // namespace modcore::parse
