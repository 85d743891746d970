// Hand-made typed rules, for tests of what comes after check/.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ir/rule_set.hpp"

namespace modcore::testing {

using ir::Expr;
using ir::Op;
using ir::Type;

inline Expr node(Op op, Type type, std::vector<Expr> args = {}) {
  Expr expr;
  expr.op = op;
  expr.type = type;
  expr.args = std::move(args);
  return expr;
}
inline Expr constant(Type type, ir::Constant value) {
  Expr expr = node(Op::constant, type);
  expr.constant = std::move(value);
  return expr;
}
inline Expr boolean(bool value) { return constant(Type::boolean, value); }
inline Expr integer(std::int64_t value) { return constant(Type::integer, value); }
inline Expr number(double value) { return constant(Type::number, value); }
inline Expr quoted(std::string value) { return constant(Type::text, std::move(value)); }
inline Expr set_of(std::vector<std::string> value) { return constant(Type::text_set, std::move(value)); }

inline Expr attribute(ir::Attribute which, Type type) {
  Expr expr = node(Op::attribute, type);
  expr.attribute = static_cast<std::uint16_t>(which);
  expr.text = ir::to_string(which);
  return expr;
}
inline Expr post_count() { return attribute(ir::Attribute::author_post_count, Type::integer); }
inline Expr verified() { return attribute(ir::Attribute::author_verified, Type::boolean); }
inline Expr is_missing(ir::Attribute which) {
  Expr expr = node(Op::is_missing, Type::boolean);
  expr.attribute = static_cast<std::uint16_t>(which);
  return expr;
}

inline Expr all(std::vector<Expr> args) { return node(Op::logic_and, Type::boolean, std::move(args)); }
inline Expr any(std::vector<Expr> args) { return node(Op::logic_or, Type::boolean, std::move(args)); }
inline Expr negate(Expr arg) { return node(Op::logic_not, Type::boolean, {std::move(arg)}); }
inline Expr compare(Op op, Expr left, Expr right) {
  return node(op, Type::boolean, {std::move(left), std::move(right)});
}

inline ir::PatternUse use_of(std::uint32_t pattern, ir::FieldSet fields = ir::text_fields()) {
  return {ir::PatternId{pattern}, fields};
}
inline Expr matched(std::uint32_t pattern) {
  Expr expr = node(Op::matched, Type::boolean);
  expr.uses = {use_of(pattern)};
  return expr;
}
inline Expr at_least(std::int64_t count, const std::vector<std::uint32_t>& patterns) {
  Expr expr = node(Op::at_least, Type::boolean);
  expr.count = count;
  for (const std::uint32_t pattern : patterns) expr.uses.push_back(use_of(pattern));
  return expr;
}
inline Expr call(ir::Function function, Type type, std::vector<Expr> args = {}) {
  Expr expr = node(Op::call, type, std::move(args));
  expr.function = function;
  return expr;
}
inline Expr count(std::uint32_t pattern) {
  Expr expr = call(ir::Function::count, Type::integer);
  expr.uses = {use_of(pattern)};
  return expr;
}
inline Expr measure(ir::Function function, Type type) {
  Expr expr = call(function, type);
  expr.fields = ir::text_fields();
  return expr;
}

// A pattern of plain lower-case ASCII words.
inline ir::Pattern words_pattern(std::string name, const std::vector<std::string>& words) {
  ir::Pattern pattern;
  pattern.name = std::move(name);
  for (const std::string& word : words) {
    ir::Item item;
    item.source = word;
    item.distinct = static_cast<std::uint32_t>(pattern.items.size());
    item.what = ir::WordsItem{ir::Alternatives(ir::WordRows{{{{word}, {word}, {word}}}, {}, {0}, {1}})};
    pattern.items.push_back(std::move(item));
  }
  return pattern;
}

// One category "spam", one route "moderators", and patterns "p0", "p1"... of the
// first rule that match the words "p0", "p1"...
inline ir::RuleSet rule_set(std::uint32_t patterns = 0) {
  ir::RuleSet rules;
  ir::Category spam;
  spam.name = "spam";
  spam.thresholds = {{ir::Verdict::flag, 4000}, {ir::Verdict::hide, 8000}};
  rules.categories = {spam};
  ir::Route route;
  route.name = "moderators";
  rules.routes = {route};
  for (std::uint32_t i = 0; i < patterns; ++i) {
    const std::string name = "p" + std::to_string(i);
    rules.patterns.push_back(words_pattern(name, {name}));
  }
  return rules;
}
inline ir::Rule& add_rule(ir::RuleSet& rules, std::string id, Expr when) {
  ir::Rule rule;
  rule.id = std::move(id);
  rule.when = std::move(when);
  rule.verdict = ir::Verdict::flag;
  return rules.rules.emplace_back(std::move(rule));
}

}  // namespace modcore::testing
