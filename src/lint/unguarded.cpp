#include "lint/unguarded.hpp"

#include <algorithm>

#include "compile/sleep.hpp"
#include "diag/catalogue.hpp"

namespace modcore::lint {
namespace {

using ir::Expr;
using ir::Function;

// Those that keep a table of the whole text, beside which counting letters is nothing.
bool is_dear(const Expr& expr) {
  return expr.op == ir::Op::call &&
         (expr.function == Function::similar || expr.function == Function::repeat_ratio ||
          expr.function == Function::unique_word_ratio);
}

bool holds_dear(const Expr& expr) {
  return is_dear(expr) || std::ranges::any_of(expr.args, holds_dear);
}

// A dear function that is asked of every post: what stands beside it under `and` is
// asked first, whatever the order. Null without one.
const Expr* unguarded(const Expr& expr) {
  if (is_dear(expr)) return &expr;
  const bool guarded = expr.op == ir::Op::logic_and && !std::ranges::all_of(expr.args, holds_dear);
  if (guarded) return nullptr;
  for (const Expr& part : expr.args) {
    if (const Expr* found = unguarded(part)) return found;
  }
  return nullptr;
}

}  // namespace

void lint_unguarded(const Input& input, diag::Sink& sink) {
  for (const ir::Rule& rule : input.checked.rules.rules) {
    if (rule.status == ir::Status::off || compiler::sleeps(rule.when)) continue;
    if (const Expr* call = unguarded(rule.when)) {
      sink.report(diag::expensive_function_unguarded, call->span, {call->text}).rule(rule.id);
    }
  }
}

}  // namespace modcore::lint
