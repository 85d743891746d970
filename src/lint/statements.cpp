#include "lint/statements.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "check/nodes.hpp"
#include "text/fold.hpp"

namespace modcore::lint {

using checker::as_number;
using checker::constant_truth;
using checker::is_constant;
using ir::Expr;
using ir::Op;
using ir::Type;
using Kind = Atom::Kind;

namespace {

constexpr double exact_integers = 9007199254740992.0;  // 2^53
constexpr std::size_t most_elements = 16;              // of a set that is taken apart

bool is_comparison(Op op) {
  return op >= Op::equal && op <= Op::greater_equal;
}

std::vector<std::string> words_of(const Expr& constant, bool ignore_case) {
  std::vector<std::string> words;
  const auto add = [&](const std::string& word) {
    words.push_back(ignore_case ? text::fold(word, text::Level::case_) : word);
  };
  if (const auto* one = std::get_if<std::string>(&constant.constant)) add(*one);
  if (const auto* many = std::get_if<std::vector<std::string>>(&constant.constant)) {
    std::ranges::for_each(*many, add);
  }
  return words;
}

bool is_text(Type type) {
  return type == Type::text || type == Type::enumeration || type == Type::text_set;
}

Atom about(Kind kind, std::vector<std::string> words) {
  Atom atom;
  atom.kind = kind;
  atom.words = {words.begin(), words.end()};
  return atom;
}

}  // namespace

// ---- Formulas

Formula Statements::of(const Expr& condition) {
  if (const auto truth = constant_truth(condition)) return constant(*truth);
  switch (condition.op) {
    case Op::logic_not:
      return negation(of(condition.args.front()));
    case Op::logic_and:
    case Op::logic_or: {
      std::vector<Formula> parts;
      for (const Expr& part : condition.args) parts.push_back(of(part));
      return condition.op == Op::logic_and ? all(std::move(parts)) : any(std::move(parts));
    }
    case Op::matched:
      return matched(condition.uses.front());
    case Op::at_least:
      return threshold(condition);
    case Op::is_missing: {
      Expr attribute = checker::node(Op::attribute, Type::boolean, {}, {});
      attribute.attribute = condition.attribute;
      return missing(attribute);
    }
    case Op::coalesce:
      return coalesce(condition);
    case Op::in_set:
    case Op::overlaps:
    case Op::subset_of:
    case Op::contains:
    case Op::starts_with:
    case Op::ends_with:
      return membership(condition);
    default:
      return is_comparison(condition.op) ? relation(condition) : opaque(condition);
  }
}

Formula Statements::fires(const ir::Rule& rule) {
  std::vector<Formula> parts;
  parts.push_back(is_true(of(rule.when)));
  for (const Expr& exemption : rule.unless) parts.push_back(negation(is_true(of(exemption))));
  return all(std::move(parts));
}

Formula Statements::nothing_in(const Expr& set) {
  return add(set, about(Kind::nothing, {}));
}

Formula Statements::language_is(const std::vector<std::string>& words) {
  Expr language = checker::node(Op::attribute, Type::text, {}, {});
  language.attribute = static_cast<std::uint16_t>(ir::Attribute::message_lang);
  return add(language, about(Kind::one_of, words));
}

// It matches where it is counted at least once.
Formula Statements::matched(const ir::PatternUse& use) {
  Expr count = checker::node(Op::call, Type::integer, {}, {});
  count.function = ir::Function::count;
  count.uses = {use};
  Atom atom;
  atom.kind = Kind::relation;
  atom.relation = Op::greater_equal;
  atom.limit = 1;
  return add(count, std::move(atom));
}

Formula Statements::threshold(const Expr& expr) {
  std::vector<Formula> parts;
  for (const ir::PatternUse& use : expr.uses) parts.push_back(matched(use));
  if (expr.count == 1) return any(std::move(parts));
  return at_least(static_cast<std::size_t>(expr.count), std::move(parts));
}

// `x ?? y > 2` is `x > 2` where x is there, and `y > 2` where it is not.
Formula Statements::relation(const Expr& expr) {
  const Expr& left = expr.args[0];
  if (left.op == Op::coalesce && expr.ignore_case) {
    Expr with_first = expr;
    with_first.args[0] = left.args[0];
    Expr otherwise = expr;
    otherwise.args[0] = left.args[1];
    if (is_constant(otherwise.args[0]) && is_constant(expr.args[1])) {
      otherwise = checker::comparison(rules_, expr.op, otherwise.args[0], expr.args[1], {});
    }
    const Formula absent = missing(left.args[0]);
    std::vector<Formula> cases;
    cases.push_back(both(negation(absent), of(with_first)));
    cases.push_back(both(absent, of(otherwise)));
    return any(std::move(cases));
  }
  if (!is_constant(expr.args[1])) return opaque(expr);
  const Expr& limit = expr.args[1];
  if (limit.type == Type::domain || limit.type == Type::boolean) return opaque(expr);
  if (is_text(limit.type)) {
    if (expr.op != Op::equal && expr.op != Op::not_equal) return opaque(expr);
    Formula equal = add(left, about(Kind::one_of, words_of(limit, expr.ignore_case)));
    return expr.op == Op::equal ? equal : negation(std::move(equal));
  }
  if (std::abs(as_number(limit)) >= exact_integers) return opaque(expr);
  Atom atom;
  atom.kind = Kind::relation;
  atom.relation = expr.op;
  atom.limit = as_number(limit);
  return add(left, std::move(atom));
}

Formula Statements::membership(const Expr& expr) {
  const Expr& left = expr.args[0];
  const Expr& right = expr.args[1];
  const bool among_set = expr.op == Op::in_set && is_constant(left) && right.type == Type::text_set &&
                         !is_constant(right);
  if (among_set) return add(right, about(Kind::holds, words_of(left, true)));
  if (!is_constant(right) || is_constant(left)) return opaque(expr);
  std::vector<std::string> words = words_of(right, expr.ignore_case);
  switch (expr.op) {
    case Op::in_set:
      return is_text(left.type) ? add(left, about(Kind::one_of, std::move(words))) : opaque(expr);
    case Op::overlaps: {
      if (words.size() > most_elements) return opaque(expr);
      std::vector<Formula> parts;
      for (const std::string& word : words) parts.push_back(add(left, about(Kind::holds, {word})));
      return any(std::move(parts));
    }
    case Op::subset_of:
      return add(left, about(Kind::within, std::move(words)));
    case Op::contains:
      return add(left, about(Kind::contains, std::move(words)));
    case Op::starts_with:
      return add(left, about(Kind::starts, std::move(words)));
    default:
      return add(left, about(Kind::ends, std::move(words)));
  }
}

Formula Statements::coalesce(const Expr& expr) {
  const Formula absent = missing(expr.args[0]);
  std::vector<Formula> cases;
  cases.push_back(both(negation(absent), of(expr.args[0])));
  cases.push_back(both(absent, of(expr.args[1])));
  return any(std::move(cases));
}

Formula Statements::opaque(const Expr& expr) { return add(expr, {}); }

Formula Statements::missing(const Expr& subject) {
  if (!can_be_missing(subject)) return constant(false);
  Atom atom;
  atom.kind = Kind::missing;
  return add(subject, std::move(atom));
}

Formula Statements::add(const Expr& subject, Atom atom) {
  atom.subject = subject_of(subject);
  std::string key = fmt::format("{} {} {} {}", atom.subject, static_cast<int>(atom.kind),
                                static_cast<int>(atom.relation), atom.limit);
  for (const std::string& word : atom.words) key += '\n' + word;
  const auto [entry, added] =
      atom_numbers_.try_emplace(std::move(key), static_cast<AtomId>(atoms_.size()));
  if (added) {
    subjects_[atom.subject].atoms.push_back(entry->second);
    atoms_.push_back(std::move(atom));
    claims_.push_back({claim(entry->second, false), claim(entry->second, true)});
  }
  return lint::atom(entry->second);
}

// ---- Subjects

SubjectId Statements::subject_of(const Expr& expr) {
  const auto [entry, added] =
      subject_numbers_.try_emplace(key_of(expr), static_cast<SubjectId>(subjects_.size()));
  if (added) {
    Subject subject;
    subject.expr = expr;
    subject.can_be_missing = can_be_missing(expr);
    subject.of_domains = expr.type == Type::domain_set;
    subjects_.push_back(std::move(subject));
  }
  return entry->second;
}

// As dump(), but the same for the same patterns of different rules.
std::string Statements::key_of(const Expr& expr) const {
  if (expr.op == Op::constant || expr.op == Op::attribute) return dump(rules_, expr);
  std::string key = fmt::format("({}.{}.{}.{}", static_cast<int>(expr.op),
                                static_cast<int>(expr.function), expr.count, expr.ignore_case);
  if (expr.op == Op::is_missing) key += fmt::format(" {}", expr.attribute);
  for (const ir::PatternUse& use : expr.uses) {
    key += fmt::format(" ${}:{}", static_cast<std::uint32_t>(order_.alike(use.pattern)),
                       use.fields.bits);
  }
  key += fmt::format(" {}/{}", expr.fields.bits, expr.other_fields.bits);
  for (const Expr& argument : expr.args) key += ' ' + key_of(argument);
  return key + ')';
}

bool Statements::has_regex(ir::PatternId id) const {
  const ir::Pattern& pattern = rules_.patterns[static_cast<std::size_t>(id)];
  const bool own = std::ranges::any_of(pattern.items, [](const ir::Item& item) {
    return std::holds_alternative<ir::RegexItem>(item.what);
  });
  return own || (pattern.except != ir::no_pattern && has_regex(pattern.except));
}

// Whether some post leaves it unknown: a fact that the host did not give, a
// regex that was given up, arithmetic beyond its range.
bool Statements::can_be_missing(const Expr& expr) const {
  if (expr.op == Op::constant || expr.op == Op::is_missing) return false;
  if (expr.op == Op::attribute) {
    const auto attribute = static_cast<ir::Attribute>(expr.attribute);
    return attribute > ir::Attribute::attachment_names && attribute != ir::Attribute::now;
  }
  const bool position = expr.op == Op::call && (expr.function == ir::Function::first ||
                                                expr.function == ir::Function::last);
  const bool arithmetic = expr.op >= Op::add && expr.op <= Op::negate;
  if (position || arithmetic) return true;
  const auto gives_up = [this](const ir::PatternUse& use) {
    const ir::Pattern& pattern = rules_.patterns[static_cast<std::size_t>(use.pattern)];
    return has_regex(use.pattern) || pattern.tolerance == ir::Tolerance::obfuscated;
  };
  if (std::ranges::any_of(expr.uses, gives_up)) return true;
  for (std::size_t index = 0; index < ir::max_text_fields; ++index) {
    const auto field = static_cast<ir::TextField>(index);
    const bool optional = field >= ir::TextField::author_name;
    if (optional && (expr.fields.has(field) || expr.other_fields.has(field))) return true;
  }
  return std::ranges::any_of(expr.args, [this](const Expr& part) { return can_be_missing(part); });
}

}  // namespace modcore::lint
