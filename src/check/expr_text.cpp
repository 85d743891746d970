#include "check/expr_text.hpp"

namespace modcore::checker {
namespace {

using ast::Expr;
using ast::ExprKind;

// How tightly a node binds; operands that bind less stand in brackets.
enum class Level : std::uint8_t { or_, and_, not_, relation, coalesce, sum, term, unary, primary };

Level level_of(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::logic_or:
      return Level::or_;
    case ExprKind::logic_and:
      return Level::and_;
    case ExprKind::logic_not:
      return Level::not_;
    case ExprKind::coalesce:
      return Level::coalesce;
    case ExprKind::arithmetic:
      return expr.text == "+" || expr.text == "-" ? Level::sum : Level::term;
    case ExprKind::negate:
      return Level::unary;
    case ExprKind::number:
    case ExprKind::string:
    case ExprKind::boolean:
    case ExprKind::now:
    case ExprKind::path:
    case ExprKind::pattern:
    case ExprKind::list:
    case ExprKind::call:
      return Level::primary;
    default:
      return Level::relation;
  }
}

std::string operand(const Expr& expr, Level least) {
  const std::string text = to_text(expr);
  return level_of(expr) < least ? "(" + text + ")" : text;
}

std::string quoted(const std::string& text) {
  const char quote = text.find('"') == std::string::npos ? '"' : '\'';
  return quote + text + quote;
}

std::string number(const Expr& expr) {
  if (expr.unit.empty()) return expr.text;
  return expr.unit == "%" ? expr.text + "%" : expr.text + " " + expr.unit;
}

template <typename Range, typename ToText>
std::string join(const Range& range, std::string_view between, ToText to) {
  std::string text;
  bool first = true;
  for (const auto& element : range) {
    if (!first) text += between;
    first = false;
    text += to(element);
  }
  return text;
}

std::string arguments(const Expr& expr) {
  return join(expr.args, ", ", to_text);
}

std::string in_fields(const Expr& expr) {
  if (expr.fields.empty()) return {};
  return " in " + join(expr.fields, " + ", [](const ast::Name& name) { return name.value; });
}

std::string quantifier(const Expr& expr) {
  std::string text;
  switch (expr.quantity) {
    case ast::Quantity::any:
      text = "any";
      break;
    case ast::Quantity::all:
      text = "all";
      break;
    case ast::Quantity::none:
      text = "none";
      break;
    case ast::Quantity::at_least:
      text = std::to_string(expr.at_least);
      break;
  }
  if (expr.them) return text + " of them" + in_fields(expr);
  const auto name = [](const ast::Name& pattern) { return "$" + pattern.value; };
  return text + " of (" + join(expr.patterns, ", ", name) + ")" + in_fields(expr);
}

std::string infix(const Expr& expr, std::string_view word, Level left, Level right) {
  return operand(expr.args[0], left) + " " + std::string(word) + " " + operand(expr.args[1], right);
}

std::string relation(const Expr& expr, std::string_view word) {
  return infix(expr, word, Level::coalesce, Level::coalesce);
}

std::string logic(const Expr& expr, std::string_view word, Level least) {
  return join(expr.args, word, [least](const Expr& part) { return operand(part, least); });
}

std::string arithmetic(const Expr& expr) {
  const Level level = level_of(expr);
  return infix(expr, expr.text, level, level == Level::sum ? Level::term : Level::unary);
}

}  // namespace

std::string to_text(const ast::Expr& expr) {
  switch (expr.kind) {
    case ExprKind::number:
      return number(expr);
    case ExprKind::string:
      return quoted(expr.text);
    case ExprKind::boolean:
      return expr.boolean ? "true" : "false";
    case ExprKind::now:
      return "now";
    case ExprKind::path:
      return expr.text;
    case ExprKind::pattern:
      return "$" + expr.text;
    case ExprKind::list:
      return "[" + arguments(expr) + "]";
    case ExprKind::call:
      return expr.text + "(" + arguments(expr) + ")";
    case ExprKind::negate:
      return "-" + operand(expr.args[0], Level::primary);
    case ExprKind::arithmetic:
      return arithmetic(expr);
    case ExprKind::coalesce:
      return infix(expr, "??", Level::coalesce, Level::sum);
    case ExprKind::compare:
      return relation(expr, expr.text);
    case ExprKind::in:
      return relation(expr, "in");
    case ExprKind::not_in:
      return relation(expr, "not in");
    case ExprKind::overlaps:
      return relation(expr, "overlaps");
    case ExprKind::subset_of:
      return relation(expr, "subset of");
    case ExprKind::contains:
      return relation(expr, "contains");
    case ExprKind::starts_with:
      return relation(expr, "startswith");
    case ExprKind::ends_with:
      return relation(expr, "endswith");
    case ExprKind::is_missing:
      return operand(expr.args[0], Level::coalesce) + " is missing";
    case ExprKind::is_present:
      return operand(expr.args[0], Level::coalesce) + " is present";
    case ExprKind::quantifier:
      return quantifier(expr);
    case ExprKind::pattern_in:
      return "$" + expr.patterns.at(0).value + in_fields(expr);
    case ExprKind::logic_not:
      return "not " + operand(expr.args[0], Level::not_);
    case ExprKind::logic_and:
      return logic(expr, " and ", Level::not_);
    case ExprKind::logic_or:
      return logic(expr, " or ", Level::and_);
  }
  return {};
}

std::string as_operand_of_and(const ast::Expr& expr) {
  return operand(expr, Level::and_);
}

}  // namespace modcore::checker
