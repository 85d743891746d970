// Builds conditions in their canonical form: constants folded, `and` and `or`
// flat, sorted and without duplicates, constants on the right.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "check/report.hpp"
#include "ir/rule_set.hpp"

namespace modcore::checker {

// Where a node stands and how the rule writes it.
struct Origin {
  Span span;
  std::string text;
};

[[nodiscard]] ir::Expr constant(ir::Type type, ir::Constant value, Origin origin);
[[nodiscard]] bool is_constant(const ir::Expr& expr) noexcept;
// The truth of a constant bool.
[[nodiscard]] std::optional<bool> constant_truth(const ir::Expr& expr) noexcept;
// Of an int, duration, time or number.
[[nodiscard]] double as_number(const ir::Expr& constant) noexcept;

[[nodiscard]] std::vector<ir::Expr> operands(ir::Expr left, ir::Expr right);
[[nodiscard]] ir::Expr node(ir::Op op, ir::Type type, std::vector<ir::Expr> args, Origin origin);

// `op` is logic_and or logic_or. A single operand that is left stays itself.
[[nodiscard]] ir::Expr combine(const ir::RuleSet& rules, ir::Op op, std::vector<ir::Expr> parts,
                               Origin origin);
[[nodiscard]] ir::Expr negation(ir::Expr expr, Origin origin);
// Operands of one type. Of two constants the truth, if it can be told.
[[nodiscard]] ir::Expr comparison(const ir::RuleSet& rules, ir::Op op, ir::Expr left,
                                  ir::Expr right, Origin origin);
[[nodiscard]] ir::Expr to_number(ir::Expr expr);

// `count` of the uses, sorted, each once: true, false, one use or at_least.
[[nodiscard]] ir::Expr at_least(std::int64_t count, std::vector<ir::PatternUse> uses,
                                Origin origin);

[[nodiscard]] std::size_t size_of(const ir::Expr& expr);
[[nodiscard]] std::size_t depth_of(const ir::Expr& expr);

}  // namespace modcore::checker
