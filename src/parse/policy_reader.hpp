// Policies and the fragments of them that presets are.
#pragma once

#include "ast/ast.hpp"
#include "parse/reporter.hpp"
#include "parse/yaml_tree.hpp"

namespace modcore::parse {

[[nodiscard]] ast::PolicyFile read_policy(const YamlNode& root, Reporter& reporter);

}  // namespace modcore::parse
