// The grammar of conditions by recursive descent, one function a level. Behind an
// error the parser goes on at the next `and`, `or`, comma or closing bracket.
#include "parse/expression.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "parse/expression_cursor.hpp"
#include "parse/expression_units.hpp"

namespace modcore::parse {
namespace {

using ast::Expr;
using ast::ExprKind;

constexpr std::array<std::string_view, 6> comparisons{"==", "!=", "<=", ">=", "<", ">"};

class Parser : private ExpressionCursor {
 public:
  using ExpressionCursor::ExpressionCursor;

  std::optional<Expr> run() {
    Expr expr = expression();
    while (!exhausted() && !at_end()) {
      unexpected("the end of the condition");
      skip_to_end_of_operand();
      if (!at_end()) {
        advance();  // a bracket that nothing opened, a comma: go on behind it
        if (!at_end()) expression();
      }
    }
    if (failed()) return std::nullopt;
    return expr;
  }

 private:
  Expr broken() {
    skip_to_end_of_operand();
    return {};
  }

  // ---- Logic
  Expr expression() {
    const Nested nested(*this);
    if (exhausted()) return {};
    return chain(ExprKind::logic_or, "or", [this] {
      return chain(ExprKind::logic_and, "and", [this] { return negation(); });
    });
  }

  // `a or b or c` is one node with three operands.
  template <typename Operand>
  Expr chain(ExprKind kind, std::string_view word, Operand operand) {
    Expr first = operand();
    if (!at_word(word)) return first;
    Expr expr = node(kind);
    expr.operator_span = span_of(peek());
    expr.args.push_back(std::move(first));
    while (accept_word(word)) expr.args.push_back(operand());
    expr.span = joined(expr.args.front().span, expr.args.back().span);
    return expr;
  }

  Expr negation() {
    if (!at_word("not")) return predicate();
    const Nested nested(*this);
    if (exhausted()) return {};
    Expr expr = node(ExprKind::logic_not);
    expr.operator_span = span_of(advance());
    expr.args.push_back(negation());
    expr.span = joined(expr.operator_span, expr.args.front().span);
    return expr;
  }

  // ---- Predicates
  Expr predicate() {
    const bool counted =
        peek().kind == TokenKind::number || at_word("any") || at_word("all") || at_word("none");
    if (counted && peek(1).is_word("of")) return quantifier();
    const std::uint32_t begin = peek().begin;
    return relation(coalesce(), begin);
  }

  Expr quantifier() {
    const Token& quantity = advance();
    Expr expr = node(ExprKind::quantifier);
    advance();  // of
    expr.operator_span = span_since(quantity.begin);
    if (quantity.kind == TokenKind::number) {
      expr.quantity = ast::Quantity::at_least;
      expr.at_least = whole_number(quantity);
    } else if (quantity.text == "all") {
      expr.quantity = ast::Quantity::all;
    } else if (quantity.text == "none") {
      expr.quantity = ast::Quantity::none;
    }
    pattern_set(expr);
    if (accept_word("in")) fields(expr);
    expr.span = span_since(quantity.begin);
    return expr;
  }

  std::int64_t whole_number(const Token& token) {
    std::int64_t value = 0;
    const char* end = token.text.data() + token.text.size();
    const auto [stop, error] = std::from_chars(token.text.data(), end, value);
    if (error == std::errc{} && stop == end) return value;
    fault(span_of(token), fmt::format("`{}` is no number of patterns", token.text),
          "write a whole number, as in `2 of them`");
    return 0;
  }

  void pattern_set(Expr& expr) {
    if (accept_word("them")) {
      expr.them = true;
      return;
    }
    if (peek().kind == TokenKind::pattern) return add_pattern(expr);
    if (!accept_sign("(")) return unexpected_then_skip("`them`, a pattern or `($a, $b)`");
    do {
      if (peek().kind != TokenKind::pattern) return unexpected_then_skip("a pattern, as `$name`");
      add_pattern(expr);
    } while (accept_sign(","));
    if (!accept_sign(")")) unexpected_then_skip("`)`");
  }

  void unexpected_then_skip(std::string_view expected) {
    unexpected(expected);
    skip_to_end_of_operand();
  }

  void add_pattern(Expr& expr) {
    const Token& token = advance();
    expr.patterns.push_back({token.text, span_of(token)});
  }

  void fields(Expr& expr) {
    do {
      if (peek().kind != TokenKind::name || is_keyword(peek().text))
        return unexpected_then_skip("a field, as `title`");
      const Token& token = advance();
      expr.fields.push_back({token.text, span_of(token)});
    } while (accept_sign("+"));
  }

  Expr relation(Expr left, std::uint32_t begin) {
    if (exhausted()) return left;
    const Token& first = peek();
    if (is_comparison(first)) return comparison(std::move(left));
    if (first.is_word("not") && peek(1).is_word("in"))
      return membership(std::move(left), begin, true);
    if (first.is_word("in")) return membership(std::move(left), begin, false);
    if (first.is_word("overlaps")) return word_relation(ExprKind::overlaps, std::move(left));
    if (first.is_word("contains")) return word_relation(ExprKind::contains, std::move(left));
    if (first.is_word("startswith")) return word_relation(ExprKind::starts_with, std::move(left));
    if (first.is_word("endswith")) return word_relation(ExprKind::ends_with, std::move(left));
    if (first.is_word("subset")) return subset(std::move(left));
    if (first.is_word("is")) return presence(std::move(left));
    const bool goes_on = first.kind == TokenKind::end || first.is_word("and") ||
                         first.is_word("or") || first.is_sign(")") || first.is_sign("]") ||
                         first.is_sign(",");
    if (!goes_on) unexpected_then_skip("an operator, `and` or `or`");
    return left;
  }

  static bool is_comparison(const Token& token) {
    return token.kind == TokenKind::sign &&
           std::find(comparisons.begin(), comparisons.end(), token.text) != comparisons.end();
  }

  Expr binary(ExprKind kind, Expr left, const Token& sign, Expr right) {
    Expr expr = node(kind);
    expr.operator_span = span_of(sign);
    if (kind == ExprKind::arithmetic || kind == ExprKind::compare) expr.text = sign.text;
    expr.span = joined(left.span, right.span);
    expr.args.push_back(std::move(left));
    expr.args.push_back(std::move(right));
    return expr;
  }

  Expr comparison(Expr left) {
    const Token& sign = advance();
    Expr expr = binary(ExprKind::compare, std::move(left), sign, coalesce());
    if (is_comparison(peek())) {
      fault(span_of(peek()), "comparisons do not chain", "write `a < b and b < c`");
      skip_to_end_of_operand();
    }
    return expr;
  }

  Expr word_relation(ExprKind kind, Expr left) {
    const Token& word = advance();
    return binary(kind, std::move(left), word, coalesce());
  }

  // `$p in title + body` asks for a match inside these fields.
  Expr membership(Expr left, std::uint32_t begin, bool negated) {
    const Token& word = advance();
    if (negated) advance();
    const source::Span operator_span = span_since(word.begin);
    if (left.kind == ExprKind::pattern) {
      Expr inside = node(ExprKind::pattern_in);
      inside.operator_span = operator_span;
      inside.patterns.push_back({left.text, left.span});
      fields(inside);
      inside.span = span_since(begin);
      if (!negated) return inside;
      Expr expr = node(ExprKind::logic_not);
      expr.span = inside.span;
      expr.operator_span = operator_span;
      expr.args.push_back(std::move(inside));
      return expr;
    }
    Expr expr =
        binary(negated ? ExprKind::not_in : ExprKind::in, std::move(left), word, coalesce());
    expr.operator_span = operator_span;
    return expr;
  }

  Expr subset(Expr left) {
    const Token& word = advance();
    if (!accept_word("of")) unexpected("`of` after `subset`");
    const source::Span operator_span = span_since(word.begin);
    Expr expr = binary(ExprKind::subset_of, std::move(left), word, coalesce());
    expr.operator_span = operator_span;
    return expr;
  }

  Expr presence(Expr left) {
    const Token& word = advance();
    const bool missing = at_word("missing");
    if (at_word("not") && peek(1).is_word("missing")) {
      const source::Span words = joined(span_of(word), span_of(peek(1)));
      fault(words, "`is not missing` is written `is present`").fix(words, "is present");
      return broken();
    }
    if (at_word("true") || at_word("false")) return truth(std::move(left), word);
    if (!missing && !at_word("present")) {
      unexpected("`missing` or `present` after `is`");
      return broken();
    }
    advance();
    Expr expr = node(missing ? ExprKind::is_missing : ExprKind::is_present);
    expr.operator_span = span_since(word.begin);
    expr.span = joined(left.span, expr.operator_span);
    expr.args.push_back(std::move(left));
    return expr;
  }

  // `x is true`: a fact stands alone.
  Expr truth(Expr left, const Token& word) {
    const Token& value = advance();
    const bool plain = value.text == "true";
    const source::Span tail{left.span.source, left.span.end, span_of(value).end};
    auto report = fault(joined(span_of(word), span_of(value)),
                        fmt::format("`is {}` is not said of a fact", value.text),
                        plain ? "say the fact alone: `author.verified`"
                              : "write `not` before the fact: `not author.verified`");
    if (plain) report.fix(tail, "");
    return left;
  }

  // ---- Arithmetic
  Expr coalesce() {
    Expr left = sum();
    while (at_sign("??")) {
      const Token& sign = advance();
      left = binary(ExprKind::coalesce, std::move(left), sign, sum());
    }
    return left;
  }

  Expr sum() {
    Expr left = term();
    while (at_sign("+") || at_sign("-")) {
      const Token& sign = advance();
      left = binary(ExprKind::arithmetic, std::move(left), sign, term());
    }
    return left;
  }

  Expr term() {
    Expr left = unary();
    while (at_sign("*") || at_sign("/")) {
      const Token& sign = advance();
      left = binary(ExprKind::arithmetic, std::move(left), sign, unary());
    }
    return left;
  }

  Expr unary() {
    if (!at_sign("-")) return primary();
    const Token& sign = advance();
    Expr expr = node(ExprKind::negate);
    expr.operator_span = span_of(sign);
    expr.args.push_back(primary());
    expr.span = joined(expr.operator_span, expr.args.front().span);
    return expr;
  }

  // ---- Operands
  Expr primary() {
    if (exhausted()) return {};
    const Token& token = peek();
    switch (token.kind) {
      case TokenKind::number:
        return number();
      case TokenKind::string:
        return leaf(ExprKind::string);
      case TokenKind::pattern:
        return leaf(ExprKind::pattern);
      case TokenKind::name:
        if (!is_keyword(token.text)) return named();
        break;
      case TokenKind::sign:
        if (token.text == "(") return parenthesis();
        if (token.text == "[") return list();
        break;
      case TokenKind::bad:
      case TokenKind::end:
        break;
    }
    unexpected("a value");
    return broken();
  }

  Expr leaf(ExprKind kind) {
    const Token& token = advance();
    Expr expr = node(kind);
    expr.text = token.text;
    expr.span = span_of(token);
    return expr;
  }

  Expr number() {
    const Token& number = peek();
    Expr expr = leaf(ExprKind::number);
    if (accept_sign("%")) {
      expr.unit = "%";
    } else if (at_unit()) {
      const Token& unit = advance();
      check_unit(number, unit, *this);
      expr.unit = unit.text;
    }
    expr.span = span_since(number.begin);
    return expr;
  }

  [[nodiscard]] bool at_unit() const {
    return peek().kind == TokenKind::name && !is_keyword(peek().text) && !peek(1).is_sign("(");
  }

  Expr named() {
    const Token& token = peek();
    if (peek(1).is_sign("(")) return call();
    if (token.text == "true" || token.text == "false") {
      Expr expr = leaf(ExprKind::boolean);
      expr.boolean = expr.text == "true";
      return expr;
    }
    if (token.text == "them") {
      fault(span_of(token), "`them` stands behind a quantity only", "write `any of them`");
      advance();
      return {};
    }
    return leaf(token.text == "now" ? ExprKind::now : ExprKind::path);
  }

  Expr call() {
    const Nested nested(*this);
    if (exhausted()) return {};
    const Token& name = advance();
    Expr expr = node(ExprKind::call);
    expr.text = name.text;
    expr.operator_span = span_of(name);
    advance();  // (
    elements(expr, ")");
    expr.span = span_since(name.begin);
    return expr;
  }

  Expr list() {
    const Nested nested(*this);
    if (exhausted()) return {};
    const Token& open = advance();
    Expr expr = node(ExprKind::list);
    elements(expr, "]");
    expr.span = span_since(open.begin);
    return expr;
  }

  void elements(Expr& expr, std::string_view close) {
    if (accept_sign(close)) return;
    do {
      expr.args.push_back(expression());
    } while (accept_sign(","));
    if (!accept_sign(close)) unexpected_close(close);
  }

  void unexpected_close(std::string_view close) {
    unexpected(fmt::format("`,` or `{}`", close));
    skip_to_end_of_operand();
    accept_sign(close);
  }

  // The parentheses belong to the span, so that carets and fixes take them along.
  Expr parenthesis() {
    const Token& open = advance();
    Expr expr = expression();
    if (!accept_sign(")")) {
      unexpected("`)`");
      skip_to_end_of_operand();
      accept_sign(")");
    }
    expr.span = span_since(open.begin);
    return expr;
  }
};

bool is_blank_text(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

std::optional<Expr> parse_expression(const YamlNode& scalar, ExpressionBudget& budget,
                                     Reporter& reporter) {
  if (scalar.reported) return std::nullopt;
  if (is_blank_text(scalar.text)) {
    reporter.report(diag::empty_value, scalar.span, {"the condition"});
    return std::nullopt;
  }
  return Parser(scalar, budget, reporter).run();
}

}  // namespace modcore::parse
