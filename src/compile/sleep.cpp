#include "compile/sleep.hpp"

#include <algorithm>
#include <cmath>

namespace modcore::compiler {

namespace {

using ir::Expr;
using ir::Function;
using ir::Op;

constexpr std::uint8_t no = 1;
constexpr std::uint8_t yes = 2;
constexpr std::uint8_t unknown = 4;
constexpr std::uint8_t any_truth = no | yes | unknown;

// What a node can be while every pattern is unmatched.
struct Reach {
  std::uint8_t truths = any_truth;  // of a bool: the truth values that can occur
  bool missing = false;             // of anything else: it is always missing...
  std::optional<double> number;     // ... or always this number
};

Reach truth(std::uint8_t truths) { return {.truths = truths}; }
Reach always(bool value) { return truth(value ? yes : no); }
Reach nothing() { return {.truths = unknown, .missing = true}; }

// Beyond 2^53 a double is not exact any more and proves nothing.
Reach number(double value) {
  if (std::fabs(value) > 9007199254740992.0) return {};
  return {.number = value};
}

std::uint8_t negated(std::uint8_t truths) {
  return static_cast<std::uint8_t>((truths & unknown) | ((truths & no) != 0 ? yes : 0) |
                                   ((truths & yes) != 0 ? no : 0));
}

// Strong Kleene `and`, over all pairs.
std::uint8_t both(std::uint8_t a, std::uint8_t b) {
  std::uint8_t result = (a | b) & no;
  if ((a & yes) != 0 && (b & yes) != 0) result |= yes;
  if (((a & unknown) != 0 && (b & (yes | unknown)) != 0) || ((a & yes) != 0 && (b & unknown) != 0)) {
    result |= unknown;
  }
  return result;
}

Reach reach(const Expr& expr);

Reach of_and(const Expr& expr) {
  std::uint8_t truths = yes;
  for (const Expr& argument : expr.args) truths = both(truths, reach(argument).truths);
  return truth(truths);
}

Reach of_or(const Expr& expr) {
  std::uint8_t truths = yes;
  for (const Expr& argument : expr.args) truths = both(truths, negated(reach(argument).truths));
  return truth(negated(truths));
}

Reach of_constant(const Expr& expr) {
  if (const auto* value = std::get_if<bool>(&expr.constant)) return always(*value);
  if (const auto* value = std::get_if<std::int64_t>(&expr.constant)) {
    return number(static_cast<double>(*value));
  }
  if (const auto* value = std::get_if<double>(&expr.constant)) return number(*value);
  return {};
}

bool compared(Op op, double left, double right) {
  switch (op) {
    case Op::equal: return left == right;
    case Op::not_equal: return left != right;
    case Op::less: return left < right;
    case Op::less_equal: return left <= right;
    case Op::greater: return left > right;
    default: return left >= right;
  }
}

// Comparison and arithmetic: a missing operand makes the result missing.
Reach of_operands(const Expr& expr) {
  std::vector<Reach> values;
  for (const Expr& argument : expr.args) values.push_back(reach(argument));
  if (std::ranges::any_of(values, &Reach::missing)) return nothing();
  if (!std::ranges::all_of(values, [](const Reach& value) { return value.number.has_value(); })) {
    return {};
  }
  const double left = *values.front().number;
  const double right = *values.back().number;
  switch (expr.op) {
    case Op::add: return number(left + right);
    case Op::subtract: return number(left - right);
    case Op::multiply: return number(left * right);
    case Op::negate: return number(-left);
    case Op::to_number: return number(left);
    case Op::divide: return {};
    default: return always(compared(expr.op, left, right));
  }
}

Reach of_coalesce(const Expr& expr) {
  const Reach first = reach(expr.args.front());
  if (first.missing) return reach(expr.args.back());
  if (first.number) return first;
  if (expr.type != ir::Type::boolean || (first.truths & unknown) == 0) return truth(first.truths);
  return truth(static_cast<std::uint8_t>((first.truths & ~unknown) | reach(expr.args.back()).truths));
}

Reach of_call(const Expr& expr) {
  switch (expr.function) {
    case Function::count:
    case Function::distinct: return number(0);
    case Function::first:
    case Function::last: return nothing();
    case Function::disguised:
    case Function::near:
    case Function::followed_by: return always(false);
    default: return {};
  }
}

Reach reach(const Expr& expr) {
  switch (expr.op) {
    case Op::constant: return of_constant(expr);
    case Op::attribute: return {};
    case Op::logic_and: return of_and(expr);
    case Op::logic_or: return of_or(expr);
    case Op::logic_not: return truth(negated(reach(expr.args.front()).truths));
    case Op::is_missing: return truth(no | yes);
    case Op::coalesce: return of_coalesce(expr);
    case Op::matched: return always(false);
    case Op::at_least: return always(expr.count <= 0);
    case Op::call: return of_call(expr);
    default: return of_operands(expr);
  }
}

}  // namespace

bool sleeps(const ir::Expr& condition) { return reach(condition).truths == no; }

}  // namespace modcore::compiler
