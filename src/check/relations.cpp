// Comparisons, sets, texts, and what is missing.
#include <algorithm>

#include "check/conditions.hpp"
#include "check/expr_text.hpp"
#include "diag/catalogue.hpp"
#include "text/hosts.hpp"
#include "text/fold.hpp"

namespace modcore::checker {

using ast::ExprKind;
using ir::Op;
using ir::Type;

namespace {

bool is_set(Type type) {
  return type == Type::text_set || type == Type::domain_set;
}
bool is_numeric(Type type) {
  return type == Type::integer || type == Type::number;
}
bool has_order(Type type) {
  return is_numeric(type) || type == Type::duration || type == Type::time;
}

Op comparison_op(std::string_view text) {
  if (text == "==") return Op::equal;
  if (text == "!=") return Op::not_equal;
  if (text == "<") return Op::less;
  if (text == "<=") return Op::less_equal;
  if (text == ">") return Op::greater;
  return Op::greater_equal;
}

bool is_ratio(const ir::Expr& expr) {
  return expr.op == Op::call &&
         expr.type == Type::number;
}

std::string named(const ir::Expr& expr) {
  return "`" + expr.text + "` is " + std::string(to_string(expr.type));
}

bool is_word(Type type) {
  return type == Type::text || type == Type::domain || type == Type::enumeration;
}

// What can be asked of these two if one of them is a set.
std::string relation_of_sets(const ir::Expr& left, const ir::Expr& right) {
  if (is_set(left.type) && left.type == right.type) return left.text + " overlaps " + right.text;
  if (is_set(left.type) && is_word(right.type)) return right.text + " in " + left.text;
  if (is_word(left.type) && is_set(right.type)) return left.text + " in " + right.text;
  return {};
}

// The text between the quotes; nothing where an escape stands among them.
std::optional<Span> between_quotes(const ast::Expr& string) {
  if (string.span.end - string.span.begin != string.text.size() + 2) return std::nullopt;
  return Span{string.span.source, string.span.begin + 1, string.span.end - 1};
}

// Words of an enumeration, for `message.kind` and `weekday(now)`.
std::span<const std::string_view> values_of(const ir::Expr& expr) {
  return expr.op == Op::call ? ir::weekdays() : ir::message_kinds();
}

bool measures(const ast::Expr& expr, std::string_view unit) {
  if (expr.kind != ExprKind::call) return false;
  if (unit.starts_with("word")) return expr.text == "words";
  return expr.text == "length" || expr.text == "first" || expr.text == "last";
}

}  // namespace

bool is_identifier(const ir::RuleSet& rules, const ir::Expr& expr) {
  if (expr.op != Op::attribute) return false;
  const std::string_view name = attribute_name(rules, expr.attribute);
  return name.ends_with(".id") || name.ends_with("_id");
}

// `words` and `chars` belong beside what counts words or characters.
bool ConditionChecker::units_fit(const ast::Expr& expr) {
  for (const std::size_t side : {0U, 1U}) {
    const ast::Expr& literal = expr.args[side];
    const bool text_unit = literal.kind == ExprKind::number && literal.unit.size() >= 4 &&
                           (literal.unit.starts_with("word") || literal.unit.starts_with("char"));
    if (!text_unit || measures(expr.args[1 - side], literal.unit)) continue;
    report_(diag::bad_unit, literal.span,
            {"`" + to_text(expr.args[1 - side]) + "` is not counted in " + literal.unit})
        .help("leave the unit out, or compare `words(...)` or `length(...)`");
    return false;
  }
  return true;
}

void ConditionChecker::mismatch(const ast::Expr& expr, const Pair& pair) {
  const bool arithmetic = expr.kind == ExprKind::arithmetic;
  const std::string types =
      std::string(to_string(pair.left.type)) + " and " + std::string(to_string(pair.right.type));
  auto report = report_(diag::type_mismatch, expr.operator_span,
                        {arithmetic ? "`" + expr.text + "` means nothing for " + types
                                    : named(pair.left) + ", " + named(pair.right)});
  report.label(expr.args[0].span, std::string(to_string(pair.left.type)))
      .label(expr.args[1].span, std::string(to_string(pair.right.type)));
  const std::string meant = relation_of_sets(pair.left, pair.right);
  const bool relates = !arithmetic && expr.kind != ExprKind::coalesce;
  if (relates && !meant.empty()) report.help("write `" + meant + "`");
}

// Each word where it is written; those of a list or macro where that is named.
bool ConditionChecker::are_enum_values(const ir::Expr& text, const ast::Expr& written,
                                       const ir::Expr& other) {
  std::vector<ast::Expr> strings;
  if (written.kind == ExprKind::list) strings = written.args;
  if (written.kind == ExprKind::string) strings = {written};
  if (strings.empty()) {
    const auto* const one = std::get_if<std::string>(&text.constant);
    const std::vector<std::string> values =
        one != nullptr ? std::vector{*one} : std::get<std::vector<std::string>>(text.constant);
    for (const std::string& value : values) {
      strings.emplace_back().span = written.span;
      strings.back().text = value;
    }
  }
  return std::ranges::all_of(
      strings, [&](const ast::Expr& string) { return is_enum_value(string, other); });
}

bool ConditionChecker::is_enum_value(const ast::Expr& string, const ir::Expr& other) {
  const auto words = values_of(other);
  if (std::ranges::count(words, string.text) != 0) return true;
  auto report = report_(diag::enum_value_unknown, string.span,
                        {string.text, other.text, joined(words)});
  const std::string_view meant = diag::nearest(string.text, {words.begin(), words.end()});
  if (meant.empty()) return false;
  const auto inside = between_quotes(string);
  if (string.kind == ExprKind::string && inside) {
    report.suggest(*inside, meant);
  } else {
    report.help("did you mean `" + std::string(meant) + "`?");
  }
  return false;
}

// A text constant takes the type of what it stands beside.
bool ConditionChecker::convert_text(ir::Expr& text, const ast::Expr& written,
                                    const ir::Expr& other) {
  if (!is_constant(text)) return true;
  if (other.type == Type::enumeration && (text.type == Type::text || text.type == Type::text_set)) {
    if (!are_enum_values(text, written, other)) return false;
    if (text.type == Type::text) text.type = Type::enumeration;
  }
  const bool domains = other.type == Type::domain || other.type == Type::domain_set;
  if (!domains || (text.type != Type::text && text.type != Type::text_set)) return true;
  if (text.type == Type::text_set) return to_domains(text);
  const auto host = text::normalise_host(std::get<std::string>(text.constant));
  if (!host) {
    report_(diag::domain_invalid, text.span,
            {std::get<std::string>(text.constant), "it is no host name",
             "write a domain such as example.com"});
    return false;
  }
  text.constant = *host;
  text.type = Type::domain;
  return true;
}

bool ConditionChecker::convert_texts(const ast::Expr& expr, Pair& pair) {
  return convert_text(pair.left, expr.args[0], pair.right) &&
         convert_text(pair.right, expr.args[1], pair.left);
}

// Makes the operands one type or says why they are not.
bool ConditionChecker::same_type(const ast::Expr& expr, Pair& pair) {
  if (!convert_texts(expr, pair)) return false;
  if (pair.left.type == pair.right.type) return true;
  if (is_numeric(pair.left.type) && is_numeric(pair.right.type)) {
    pair.left = to_number(std::move(pair.left));
    pair.right = to_number(std::move(pair.right));
    return true;
  }
  for (const bool left_first : {true, false}) {
    const ir::Expr& span_of_time = left_first ? pair.left : pair.right;
    const ir::Expr& bare = left_first ? pair.right : pair.left;
    if (span_of_time.type != Type::duration || !is_numeric(bare.type) || !is_constant(bare))
      continue;
    report_(diag::duration_as_number, bare.span, {span_of_time.text, bare.text})
        .severity(Severity::error)
        .fix(bare.span, bare.text + " days", false);
    return false;
  }
  mismatch(expr, pair);
  return false;
}

void ConditionChecker::warn_of_fraction(const Pair& pair) {
  for (const bool left_first : {true, false}) {
    const ir::Expr& ratio = left_first ? pair.left : pair.right;
    const ir::Expr& limit = left_first ? pair.right : pair.left;
    if (!is_ratio(ratio) || !is_constant(limit) || as_number(limit) <= 1) continue;
    if (limit.text.ends_with('%')) continue;
    report_(diag::fraction_versus_percent, limit.span, {ratio.text, limit.text, limit.text + "%"})
        .fix(limit.span, limit.text + "%", false);
  }
}

ConditionChecker::Checked ConditionChecker::compare(const ast::Expr& expr) {
  auto pair = both(expr);
  if (!pair || !units_fit(expr) || !same_type(expr, *pair)) return std::nullopt;
  const Op op = comparison_op(expr.text);
  const Type type = pair->left.type;
  const bool equality = op == Op::equal || op == Op::not_equal;
  if (is_set(type) || (!equality && !has_order(type))) {
    report_(diag::type_mismatch, expr.operator_span,
            {"`" + expr.text + "` does not compare " + std::string(to_string(type))})
        .help(is_set(type) ? "sets have `overlaps`, `subset of` and `in`"
                           : "only `==` and `!=` compare it");
    return std::nullopt;
  }
  warn_of_fraction(*pair);
  const bool exact =
      is_identifier(scope_.rules, pair->left) || is_identifier(scope_.rules, pair->right);
  ir::Expr result =
      comparison(scope_.rules, op, std::move(pair->left), std::move(pair->right), origin_of(expr));
  if (type == Type::text) result.ignore_case = !exact;
  return result;
}

ConditionChecker::Checked ConditionChecker::texts(const ast::Expr& expr, Op op) {
  auto pair = both(expr);
  if (!pair) return std::nullopt;
  if (pair->left.type != Type::text || pair->right.type != Type::text) {
    auto report = report_(diag::type_mismatch, expr.operator_span,
                          {named(pair->left) + ", " + named(pair->right)});
    if (is_set(pair->left.type)) {
      report.help("write `" + pair->right.text + " in " + pair->left.text + "`");
    } else {
      report.help("both sides are text");
    }
    return std::nullopt;
  }
  const bool exact = is_identifier(scope_.rules, pair->left);
  ir::Expr result = node(op, Type::boolean, operands(std::move(pair->left), std::move(pair->right)),
                         origin_of(expr));
  result.ignore_case = !exact;
  return result;
}

ConditionChecker::Checked ConditionChecker::missing(const ast::Expr& expr) {
  if (expr.kind == ExprKind::is_present) {
    ast::Expr absent = expr;
    absent.kind = ExprKind::is_missing;
    Checked result = missing(absent);
    if (!result) return result;
    return negation(std::move(*result), origin_of(expr));
  }
  Checked what = check(expr.args[0]);
  if (!what) return std::nullopt;
  const bool position = what->op == Op::call && (what->function == ir::Function::first ||
                                                 what->function == ir::Function::last);
  if (position) {
    const std::string pattern =
        "$" + scope_.rules.patterns[static_cast<std::size_t>(what->uses.front().pattern)].name;
    return negation(at_least(1, what->uses, {expr.span, pattern}), origin_of(expr));
  }
  if (what->op != Op::attribute) {
    report_(diag::wrong_argument_kind, expr.args[0].span,
            {"1", "is missing", "an attribute", "`" + what->text + "`"});
    return std::nullopt;
  }
  const bool content =
      what->attribute <= static_cast<std::uint16_t>(ir::Attribute::attachment_names);
  if (content) return constant(Type::boolean, false, origin_of(expr));
  ir::Expr result = node(Op::is_missing, Type::boolean, {}, origin_of(expr));
  result.attribute = what->attribute;
  return result;
}

}  // namespace modcore::checker
