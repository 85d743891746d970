// Conditions back to the rule language, for people: one line, even spacing.
#pragma once

#include <string>

#include "ast/ast.hpp"

namespace modcore::checker {

[[nodiscard]] std::string to_text(const ast::Expr& expr);

// The same, in brackets if it could not stand beside `and`.
[[nodiscard]] std::string as_operand_of_and(const ast::Expr& expr);

}  // namespace modcore::checker
