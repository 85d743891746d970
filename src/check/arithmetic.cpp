// Arithmetic on numbers, durations and times, folded where it is constant.
#include <cmath>

#include "check/conditions.hpp"
#include "check/expr_text.hpp"
#include "diag/catalogue.hpp"

namespace modcore::checker {

using ir::Expr;
using ir::Op;
using ir::Type;

namespace {

bool is_numeric(Type type) {
  return type == Type::integer || type == Type::number;
}

std::optional<std::int64_t> whole(Op op, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  bool overflow = false;
  switch (op) {
    case Op::add:
      overflow = __builtin_add_overflow(a, b, &result);
      break;
    case Op::subtract:
      overflow = __builtin_sub_overflow(a, b, &result);
      break;
    default:
      overflow = __builtin_mul_overflow(a, b, &result);
      break;
  }
  return overflow ? std::nullopt : std::optional(result);
}

double fraction(Op op, double a, double b) {
  switch (op) {
    case Op::add:
      return a + b;
    case Op::subtract:
      return a - b;
    case Op::multiply:
      return a * b;
    default:
      return a / b;
  }
}

std::optional<std::int64_t> seconds(double value) {
  if (!(std::abs(value) < 9e18)) return std::nullopt;
  return std::llround(value);
}

// The value of an operation on two constants; nothing if it overflows.
std::optional<ir::Constant> value_of(const Expr& expr) {
  const Expr& left = expr.args[0];
  const Expr& right = expr.args[1];
  const auto* a = std::get_if<std::int64_t>(&left.constant);
  const auto* b = std::get_if<std::int64_t>(&right.constant);
  if (a != nullptr && b != nullptr && expr.op != Op::divide) {
    const auto result = whole(expr.op, *a, *b);
    return result ? std::optional<ir::Constant>(*result) : std::nullopt;
  }
  const double result = fraction(expr.op, as_number(left), as_number(right));
  if (!std::isfinite(result)) return std::nullopt;
  if (expr.type == Type::number) return result;
  const auto rounded = seconds(result);
  return rounded ? std::optional<ir::Constant>(*rounded) : std::nullopt;
}

}  // namespace

// Folds a finished operation on constants.
ConditionChecker::Checked ConditionChecker::calculate(const ast::Expr& expr, Expr result) {
  if (!is_constant(result.args[0]) || !is_constant(result.args[1])) return result;
  const auto value = value_of(result);
  if (value) return constant(result.type, *value, origin_of(expr));
  report_(diag::literal_out_of_range, expr.span,
          {to_text(expr), expr.text == "/" ? "it divides by zero" : "it overflows"});
  return std::nullopt;
}

ConditionChecker::Checked ConditionChecker::arithmetic(const ast::Expr& expr) {
  auto pair = both(expr);
  if (!pair) return std::nullopt;
  if (expr.text == "+") return add(expr, std::move(*pair), Op::add);
  if (expr.text == "-") return add(expr, std::move(*pair), Op::subtract);
  if (expr.text == "*") return multiply(expr, std::move(*pair));
  return divide(expr, std::move(*pair));
}

ConditionChecker::Checked ConditionChecker::add(const ast::Expr& expr, Pair pair, Op op) {
  const Type left = pair.left.type;
  const Type right = pair.right.type;
  Type type{};
  if (is_numeric(left) && is_numeric(right)) {
    type = left == right ? left : Type::number;
    if (type == Type::number) {
      pair.left = to_number(std::move(pair.left));
      pair.right = to_number(std::move(pair.right));
    }
  } else if (left == Type::duration && right == Type::duration) {
    type = Type::duration;
  } else if (left == Type::time && right == Type::duration) {
    type = Type::time;
  } else if (op == Op::add && left == Type::duration && right == Type::time) {
    type = Type::time;
    std::swap(pair.left, pair.right);
  } else if (op == Op::subtract && left == Type::time && right == Type::time) {
    type = Type::duration;
  } else {
    mismatch(expr, pair);
    return std::nullopt;
  }
  return calculate(
      expr, node(op, type, operands(std::move(pair.left), std::move(pair.right)), origin_of(expr)));
}

// A duration stands first, its factor is a number.
ConditionChecker::Checked ConditionChecker::multiply(const ast::Expr& expr, Pair pair) {
  if (pair.right.type == Type::duration) std::swap(pair.left, pair.right);
  const bool scaled = pair.left.type == Type::duration && is_numeric(pair.right.type);
  if (!scaled && !(is_numeric(pair.left.type) && is_numeric(pair.right.type))) {
    mismatch(expr, pair);
    return std::nullopt;
  }
  Type type = pair.left.type;
  if (scaled || pair.left.type != pair.right.type) {
    pair.left = to_number(std::move(pair.left));
    pair.right = to_number(std::move(pair.right));
    type = pair.left.type;
  }
  return calculate(expr,
                   node(Op::multiply, type, operands(std::move(pair.left), std::move(pair.right)),
                        origin_of(expr)));
}

// Of two numbers or two durations a number, of a duration and a number a duration.
ConditionChecker::Checked ConditionChecker::divide(const ast::Expr& expr, Pair pair) {
  const Type left = pair.left.type;
  const Type right = pair.right.type;
  const bool numbers = is_numeric(left) && is_numeric(right);
  const bool durations = left == Type::duration && right == Type::duration;
  const bool share = left == Type::duration && is_numeric(right);
  if (!numbers && !durations && !share) {
    mismatch(expr, pair);
    return std::nullopt;
  }
  pair.left = to_number(std::move(pair.left));
  pair.right = to_number(std::move(pair.right));
  const Type type = share ? Type::duration : Type::number;
  return calculate(expr,
                   node(Op::divide, type, operands(std::move(pair.left), std::move(pair.right)),
                        origin_of(expr)));
}

ConditionChecker::Checked ConditionChecker::negate(const ast::Expr& expr) {
  Checked operand = check(expr.args[0]);
  if (!operand) return std::nullopt;
  const Type type = operand->type;
  if (!is_numeric(type) && type != Type::duration) {
    report_(diag::type_mismatch, expr.span,
            {"`-` needs a number or duration, `" + operand->text + "` is " +
             std::string(to_string(type))});
    return std::nullopt;
  }
  if (!is_constant(*operand)) {
    std::vector<Expr> args;
    args.push_back(std::move(*operand));
    return node(Op::negate, type, std::move(args), origin_of(expr));
  }
  if (const auto* number = std::get_if<double>(&operand->constant)) {
    return constant(type, -*number, origin_of(expr));
  }
  const auto negative = whole(Op::subtract, 0, std::get<std::int64_t>(operand->constant));
  if (negative) return constant(type, *negative, origin_of(expr));
  report_(diag::literal_out_of_range, expr.span, {to_text(expr), "it overflows"});
  return std::nullopt;
}

ConditionChecker::Checked ConditionChecker::coalesce(const ast::Expr& expr) {
  auto pair = both(expr);
  if (!pair || !same_type(expr, *pair)) return std::nullopt;
  if (is_constant(pair->left)) return std::move(pair->left);
  const Type type = pair->left.type;
  return node(Op::coalesce, type, operands(std::move(pair->left), std::move(pair->right)),
              origin_of(expr));
}

}  // namespace modcore::checker
