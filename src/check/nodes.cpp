#include "check/nodes.hpp"

#include <algorithm>

#include "support/sort_unique.hpp"
#include "text/fold.hpp"

namespace modcore::checker {

using ir::Expr;
using ir::Op;
using ir::Type;

namespace {

// The operator that says the same with its operands swapped.
Op mirrored(Op op) {
  switch (op) {
    case Op::less:
      return Op::greater;
    case Op::less_equal:
      return Op::greater_equal;
    case Op::greater:
      return Op::less;
    case Op::greater_equal:
      return Op::less_equal;
    default:
      return op;
  }
}

bool holds(Op op, int order) {
  switch (op) {
    case Op::equal:
      return order == 0;
    case Op::not_equal:
      return order != 0;
    case Op::less:
      return order < 0;
    case Op::less_equal:
      return order <= 0;
    case Op::greater:
      return order > 0;
    default:
      return order >= 0;
  }
}

template <typename T>
int order_of(const T& a, const T& b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

int order_of_constants(const Expr& left, const Expr& right) {
  if (const auto* text = std::get_if<std::string>(&left.constant)) {
    return order_of(text::fold(*text, text::Level::case_),
                    text::fold(std::get<std::string>(right.constant), text::Level::case_));
  }
  if (const auto* whole = std::get_if<std::int64_t>(&left.constant)) {
    return order_of(*whole, std::get<std::int64_t>(right.constant));
  }
  if (const auto* truth = std::get_if<bool>(&left.constant)) {
    return order_of(*truth, std::get<bool>(right.constant));
  }
  return order_of(as_number(left), as_number(right));
}

void flatten(Op op, std::vector<Expr>& operands) {
  std::vector<Expr> flat;
  for (Expr& operand : operands) {
    if (operand.op == op) {
      std::ranges::move(operand.args, std::back_inserter(flat));
    } else {
      flat.push_back(std::move(operand));
    }
  }
  operands = std::move(flat);
}

void sort_by_meaning(const ir::RuleSet& rules, std::vector<Expr>& operands) {
  std::vector<std::pair<std::string, Expr>> keyed;
  for (Expr& operand : operands) keyed.emplace_back(dump(rules, operand), std::move(operand));
  sort_unique(keyed, &std::pair<std::string, Expr>::first);
  operands.clear();
  for (auto& entry : keyed) operands.push_back(std::move(entry.second));
}

}  // namespace

std::vector<Expr> operands(Expr left, Expr right) {
  std::vector<Expr> both;
  both.push_back(std::move(left));
  both.push_back(std::move(right));
  return both;
}

Expr node(Op op, Type type, std::vector<Expr> args, Origin origin) {
  Expr expr;
  expr.op = op;
  expr.type = type;
  expr.span = origin.span;
  expr.args = std::move(args);
  expr.text = std::move(origin.text);
  return expr;
}

Expr constant(Type type, ir::Constant value, Origin origin) {
  Expr expr = node(Op::constant, type, {}, std::move(origin));
  expr.constant = std::move(value);
  return expr;
}

bool is_constant(const Expr& expr) noexcept {
  return expr.op == Op::constant;
}

std::optional<bool> constant_truth(const Expr& expr) noexcept {
  const bool* truth = is_constant(expr) ? std::get_if<bool>(&expr.constant) : nullptr;
  return truth != nullptr ? std::optional(*truth) : std::nullopt;
}

double as_number(const Expr& expr) noexcept {
  if (const auto* whole = std::get_if<std::int64_t>(&expr.constant)) {
    return static_cast<double>(*whole);
  }
  const auto* number = std::get_if<double>(&expr.constant);
  return number != nullptr ? *number : 0;
}

Expr combine(const ir::RuleSet& rules, Op op, std::vector<Expr> parts, Origin origin) {
  const bool absorbing = op == Op::logic_or;  // true settles `or`, false settles `and`
  flatten(op, parts);
  for (const Expr& part : parts) {
    if (constant_truth(part) == absorbing) {
      return constant(Type::boolean, absorbing, std::move(origin));
    }
  }
  std::erase_if(parts, [](const Expr& part) { return constant_truth(part).has_value(); });
  if (parts.empty()) return constant(Type::boolean, !absorbing, std::move(origin));
  sort_by_meaning(rules, parts);
  if (parts.size() == 1) return std::move(parts.front());
  return node(op, Type::boolean, std::move(parts), std::move(origin));
}

Expr negation(Expr expr, Origin origin) {
  if (const auto truth = constant_truth(expr)) {
    return constant(Type::boolean, !*truth, std::move(origin));
  }
  if (expr.op == Op::logic_not) return std::move(expr.args.front());
  std::vector<Expr> args;
  args.push_back(std::move(expr));
  return node(Op::logic_not, Type::boolean, std::move(args), std::move(origin));
}

Expr comparison(const ir::RuleSet& rules, Op op, Expr left, Expr right, Origin origin) {
  if (is_constant(left) && is_constant(right)) {
    return constant(Type::boolean, holds(op, order_of_constants(left, right)), std::move(origin));
  }
  const bool symmetric = op == Op::equal || op == Op::not_equal;
  const bool swap = is_constant(left) ||
                    (!is_constant(right) && symmetric && dump(rules, right) < dump(rules, left));
  if (swap) {
    std::swap(left, right);
    op = mirrored(op);
  }
  if (symmetric && left.type == Type::boolean && is_constant(right)) {
    const bool same = *constant_truth(right) == (op == Op::equal);
    return same ? std::move(left) : negation(std::move(left), std::move(origin));
  }
  return node(op, Type::boolean, operands(std::move(left), std::move(right)), std::move(origin));
}

Expr to_number(Expr expr) {
  if (expr.type != Type::integer) return expr;
  Origin origin{expr.span, expr.text};
  if (is_constant(expr)) return constant(Type::number, as_number(expr), std::move(origin));
  std::vector<Expr> args;
  args.push_back(std::move(expr));
  return node(Op::to_number, Type::number, std::move(args), std::move(origin));
}

Expr at_least(std::int64_t count, std::vector<ir::PatternUse> uses, Origin origin) {
  sort_unique(uses);
  const auto size = static_cast<std::int64_t>(uses.size());
  if (count <= 0 || count > size) return constant(Type::boolean, count <= 0, std::move(origin));
  Expr expr = node(size == 1 ? Op::matched : Op::at_least, Type::boolean, {}, std::move(origin));
  expr.uses = std::move(uses);
  if (size > 1) expr.count = count;
  return expr;
}

std::size_t size_of(const Expr& expr) {
  std::size_t size = 1;
  for (const Expr& argument : expr.args) size += size_of(argument);
  return size;
}

std::size_t depth_of(const Expr& expr) {
  std::size_t depth = 0;
  for (const Expr& argument : expr.args) depth = std::max(depth, depth_of(argument));
  return depth + 1;
}

}  // namespace modcore::checker
