// Logic, patterns and the way into the other parts.
#include "check/conditions.hpp"

#include <algorithm>

#include "check/expr_text.hpp"
#include "diag/catalogue.hpp"

namespace modcore::checker {

using ast::ExprKind;
using ir::Op;
using ir::Type;

namespace {

constexpr std::size_t max_nodes = 2000;
constexpr std::size_t max_depth = 64;

}  // namespace

Origin origin_of(const ast::Expr& expr) {
  return {expr.span, to_text(expr)};
}

std::optional<ir::Expr> ConditionChecker::condition(const ast::Expr& expr) {
  return within_limits(boolean(expr));
}

std::optional<ir::Expr> ConditionChecker::quantity(const ast::Expr& expr) {
  Checked checked = within_limits(check(expr));
  if (!checked || checked->type == Type::integer || checked->type == Type::number) return checked;
  report_(diag::type_mismatch, expr.span,
          {"`" + to_text(expr) + "` is " + std::string(to_string(checked->type)) +
           ", a number is expected"});
  return std::nullopt;
}

// Macros make conditions larger than they are written.
ConditionChecker::Checked ConditionChecker::within_limits(Checked expr) {
  if (!expr) return expr;
  if (size_of(*expr) > max_nodes) {
    report_(diag::limit_exceeded, expr->span,
            {"the number of nodes of the condition", std::to_string(max_nodes)});
    return std::nullopt;
  }
  if (depth_of(*expr) > max_depth) {
    report_(diag::limit_exceeded, expr->span,
            {"the nesting of the condition", std::to_string(max_depth)});
    return std::nullopt;
  }
  return expr;
}

ir::Expr ConditionChecker::any_pattern(Span span) const {
  std::vector<ir::PatternUse> all;
  for (const auto& [name, id] : *scope_.patterns) {
    all.push_back({id, scope_.rules.patterns[static_cast<std::size_t>(id)].in});
  }
  const std::string text =
      all.size() == 1 ? "$" + scope_.patterns->begin()->first : std::string("any of them");
  return at_least(1, std::move(all), {span, text});
}

ConditionChecker::Checked ConditionChecker::check(const ast::Expr& expr) {
  switch (expr.kind) {
    case ExprKind::number:
      return number(expr);
    case ExprKind::string:
      return constant(Type::text, expr.text, origin_of(expr));
    case ExprKind::boolean:
      return constant(Type::boolean, expr.boolean, origin_of(expr));
    case ExprKind::now:
      return attribute(expr, *scope_.fields.find("now"));
    case ExprKind::path:
      return path(expr);
    case ExprKind::pattern:
      return pattern(expr);
    case ExprKind::list:
      return list(expr);
    case ExprKind::call:
      return call(expr);
    case ExprKind::negate:
      return negate(expr);
    case ExprKind::arithmetic:
      return arithmetic(expr);
    case ExprKind::coalesce:
      return coalesce(expr);
    case ExprKind::compare:
      return compare(expr);
    case ExprKind::in:
    case ExprKind::not_in:
      return membership(expr);
    case ExprKind::overlaps:
      return sets(expr, Op::overlaps);
    case ExprKind::subset_of:
      return sets(expr, Op::subset_of);
    case ExprKind::contains:
      return texts(expr, Op::contains);
    case ExprKind::starts_with:
      return texts(expr, Op::starts_with);
    case ExprKind::ends_with:
      return texts(expr, Op::ends_with);
    case ExprKind::is_missing:
    case ExprKind::is_present:
      return missing(expr);
    case ExprKind::quantifier:
      return quantifier(expr);
    case ExprKind::pattern_in:
      return pattern_in(expr);
    case ExprKind::logic_not:
      return logical_not(expr);
    case ExprKind::logic_and:
      return logic(expr, Op::logic_and);
    case ExprKind::logic_or:
      return logic(expr, Op::logic_or);
  }
  return std::nullopt;
}

ConditionChecker::Checked ConditionChecker::boolean(const ast::Expr& expr) {
  Checked checked = check(expr);
  if (!checked || checked->type == Type::boolean) return checked;
  report_(diag::type_mismatch, expr.span,
          {"`" + to_text(expr) + "` is " + std::string(to_string(checked->type)) +
           ", a condition is true or false"})
      .help("compare it with something");
  return std::nullopt;
}

// Both operands, so that mistakes in both are seen at once.
std::optional<ConditionChecker::Pair> ConditionChecker::both(const ast::Expr& expr) {
  Checked left = check(expr.args[0]);
  Checked right = check(expr.args[1]);
  if (!left || !right) return std::nullopt;
  return Pair{std::move(*left), std::move(*right)};
}

ConditionChecker::Checked ConditionChecker::logic(const ast::Expr& expr, Op op) {
  std::vector<ir::Expr> operands;
  bool good = true;
  for (const ast::Expr& part : expr.args) {
    Checked checked = boolean(part);
    good = good && checked;
    if (checked) operands.push_back(std::move(*checked));
  }
  if (!good) return std::nullopt;
  return combine(scope_.rules, op, std::move(operands), origin_of(expr));
}

ConditionChecker::Checked ConditionChecker::logical_not(const ast::Expr& expr) {
  Checked checked = boolean(expr.args[0]);
  if (!checked) return checked;
  return negation(std::move(*checked), origin_of(expr));
}

std::optional<ir::PatternUse> ConditionChecker::use(const ast::Name& name,
                                                    std::optional<ir::FieldSet> fields) {
  const PatternNames none;
  const PatternNames& patterns = scope_.patterns != nullptr ? *scope_.patterns : none;
  const auto pattern = patterns.find(name.value);
  if (pattern != patterns.end()) {
    used_.insert(name.value);
    const ir::FieldSet own = scope_.rules.patterns[static_cast<std::size_t>(pattern->second)].in;
    return ir::PatternUse{pattern->second, fields.value_or(own)};
  }
  std::vector<std::string_view> known;
  for (const auto& entry : patterns) known.push_back(entry.first);
  auto report = report_(diag::unknown_name, name.span, {"pattern", name.value});
  if (scope_.patterns == nullptr) report.help("a macro cannot use patterns: they belong to rules");
  const std::string_view meant = diag::nearest(name.value, known);
  if (!meant.empty()) report.help("did you mean `$" + std::string(meant) + "`?");
  return std::nullopt;
}

ConditionChecker::Checked ConditionChecker::pattern(const ast::Expr& expr) {
  const auto one = use({expr.text, expr.span}, {});
  if (!one) return std::nullopt;
  return at_least(1, {*one}, origin_of(expr));
}

std::optional<std::vector<ir::PatternUse>> ConditionChecker::uses(const ast::Expr& expr) {
  std::optional<ir::FieldSet> fields;
  if (!expr.fields.empty()) {
    fields = scope_.fields.text_fields(report_, expr.fields);
    if (!fields) return std::nullopt;
  }
  std::vector<ast::Name> names = expr.patterns;
  if (expr.them && scope_.patterns != nullptr) {
    for (const auto& [name, id] : *scope_.patterns) names.push_back({name, expr.span});
  }
  std::vector<ir::PatternUse> found;
  for (const ast::Name& name : names) {
    if (const auto one = use(name, fields)) found.push_back(*one);
  }
  if (found.size() != names.size()) return std::nullopt;
  if (!found.empty()) return found;
  report_(diag::unknown_name, expr.span, {"pattern", "them"}).help("the rule has no patterns");
  return std::nullopt;
}

ConditionChecker::Checked ConditionChecker::quantifier(const ast::Expr& expr) {
  auto found = uses(expr);
  if (!found) return std::nullopt;
  const auto size = static_cast<std::int64_t>(found->size());
  switch (expr.quantity) {
    case ast::Quantity::any:
      return at_least(1, std::move(*found), origin_of(expr));
    case ast::Quantity::all:
      return at_least(size, std::move(*found), origin_of(expr));
    case ast::Quantity::none: {
      ast::Expr any = expr;
      any.quantity = ast::Quantity::any;
      return negation(at_least(1, std::move(*found), origin_of(any)), origin_of(expr));
    }
    case ast::Quantity::at_least:
      break;
  }
  if (expr.at_least >= 1 && expr.at_least <= size) {
    return at_least(expr.at_least, std::move(*found), origin_of(expr));
  }
  if (expr.at_least < 1) {
    ast::Expr none = expr;
    none.quantity = ast::Quantity::none;
    report_(diag::zero_of, expr.span, {to_text(expr)}).fix(expr.span, to_text(none), false);
  } else {
    report_(diag::quantifier_out_of_range, expr.span, {to_text(expr), std::to_string(size)});
  }
  return std::nullopt;
}

ConditionChecker::Checked ConditionChecker::pattern_in(const ast::Expr& expr) {
  auto found = uses(expr);
  if (!found) return std::nullopt;
  return at_least(1, std::move(*found), origin_of(expr));
}

}  // namespace modcore::checker
