// The canonical text of a condition: prefix form, every name resolved.
#include <fmt/format.h>

#include "ir/dump.hpp"
#include "ir/rule_set.hpp"

namespace modcore::ir {
namespace {

std::string number_text(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

std::string set_text(const std::vector<std::string>& elements) {
  std::string text = "[";
  for (const std::string& element : elements) {
    if (text.size() > 1) text += ", ";
    text += quoted(element);
  }
  return text + "]";
}

std::string constant_text(const Expr& expr) {
  struct Writer {
    Type type;
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const {
      const bool seconds = type == Type::duration || type == Type::time;
      return fmt::format("{}{}", value, seconds ? "s" : "");
    }
    std::string operator()(double value) const { return number_text(value); }
    std::string operator()(const std::string& value) const {
      return (type == Type::domain ? "domain " : "") + quoted(value);
    }
    std::string operator()(const std::vector<std::string>& value) const {
      return (type == Type::domain_set ? "domains " : "") + set_text(value);
    }
  };
  return std::visit(Writer{expr.type}, expr.constant);
}

std::string use_text(const RuleSet& rules, const PatternUse& use) {
  const Pattern& pattern = rules.patterns[static_cast<std::size_t>(use.pattern)];
  std::string text = "$" + pattern.name;
  if (use.fields != pattern.in) text += " in " + to_string(rules, use.fields);
  return text;
}

std::string head(const Expr& expr) {
  if (expr.op == Op::call) return std::string(to_string(expr.function));
  if (expr.op == Op::at_least) return fmt::format("at least {} of", expr.count);
  std::string text(to_string(expr.op));
  if (!expr.ignore_case) text += " exactly";
  return text;
}

}  // namespace

std::string dump(const RuleSet& rules, const Expr& expr) {
  if (expr.op == Op::constant) return constant_text(expr);
  if (expr.op == Op::attribute) return std::string(attribute_name(rules, expr.attribute));
  if (expr.op == Op::matched) return use_text(rules, expr.uses.front());
  std::string text = "(" + head(expr);
  if (expr.op == Op::is_missing) text += fmt::format(" {}", attribute_name(rules, expr.attribute));
  for (const PatternUse& use : expr.uses) text += " {" + use_text(rules, use) + "}";
  if (!expr.fields.empty()) text += " {" + to_string(rules, expr.fields) + "}";
  if (!expr.other_fields.empty()) text += " {" + to_string(rules, expr.other_fields) + "}";
  for (const Expr& argument : expr.args) text += " " + dump(rules, argument);
  return text + ")";
}

}  // namespace modcore::ir
