// Conditions: one expression in a scalar, or the structured form; both give the
// same tree.
#pragma once

#include <cstddef>
#include <optional>

#include "ast/ast.hpp"
#include "parse/reporter.hpp"
#include "parse/yaml_tree.hpp"

namespace modcore::parse {

inline constexpr std::size_t most_expression_nodes = 2000;  // of a rule
inline constexpr std::size_t most_expression_depth = 32;

// What a rule may still spend.
struct ExpressionBudget {
  std::size_t nodes = most_expression_nodes;
};

// Nothing if anything is wrong with it, which was reported then.
[[nodiscard]] std::optional<ast::Expr> parse_expression(const YamlNode& scalar,
                                                        ExpressionBudget& budget,
                                                        Reporter& reporter);

// Also `all:` and `any:` with lists of conditions.
[[nodiscard]] std::optional<ast::Expr> parse_condition(const YamlNode& node,
                                                       ExpressionBudget& budget,
                                                       Reporter& reporter);

}  // namespace modcore::parse
