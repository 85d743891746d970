// Rule files: rules, macros, lists, and the category that they belong to.
#pragma once

#include "ast/ast.hpp"
#include "parse/reporter.hpp"
#include "parse/yaml_tree.hpp"

namespace modcore::parse {

[[nodiscard]] ast::Rule read_rule(const YamlNode& node, Reporter& reporter);
[[nodiscard]] ast::RuleFile read_rule_file(const YamlNode& root, Reporter& reporter);

}  // namespace modcore::parse
