// One slip gives one message: what was reported at the word before, or by the
// lexer, is not reported again as the error that follows from it.
#include "parse/expression_cursor.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "diag/catalogue.hpp"

namespace modcore::parse {
namespace {

constexpr std::array<std::string_view, 13> keywords{
    "and",    "or",       "not",        "in",       "of",      "is",     "overlaps",
    "subset", "contains", "startswith", "endswith", "missing", "present"};

}  // namespace

bool is_keyword(std::string_view word) {
  return std::find(keywords.begin(), keywords.end(), word) != keywords.end();
}

ExpressionCursor::ExpressionCursor(const YamlNode& scalar, ExpressionBudget& budget,
                                   Reporter& reporter)
    : scalar_(scalar), budget_(budget), reporter_(reporter) {
  Tokens lexed = tokenize(scalar, reporter);
  tokens_ = std::move(lexed.tokens);
  failed_ = !lexed.faultless;
  cut_ = lexed.cut;
}

const Token& ExpressionCursor::peek(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

// Never beyond the end, which is a token too.
const Token& ExpressionCursor::advance() {
  const Token& token = peek();
  if (!at_end()) ++at_;
  return token;
}

bool ExpressionCursor::accept_sign(std::string_view sign) {
  if (!at_sign(sign)) return false;
  advance();
  return true;
}

bool ExpressionCursor::accept_word(std::string_view word) {
  if (!at_word(word)) return false;
  advance();
  return true;
}

source::Span ExpressionCursor::span_of(const Token& token) const {
  return scalar_.span_of(token.begin, token.end);
}

source::Span ExpressionCursor::span_since(std::uint32_t begin) const {
  return scalar_.span_of(begin, std::max(begin, at_ == 0 ? begin : last().end));
}

source::Span ExpressionCursor::joined(source::Span a, source::Span b) {
  return {a.source, a.begin, b.end};
}

diag::Report ExpressionCursor::fault(const diag::Entry& entry, source::Span where,
                                     std::string_view message, std::string_view help) {
  failed_ = true;
  return reporter_.report(entry, where, {message, help});
}

void ExpressionCursor::unexpected(std::string_view expected) {
  failed_ = true;
  const bool explained =
      (cut_ && at_end()) || peek().kind == TokenKind::bad || at_ == fault_at_ + 1;
  fault_at_ = at_;
  if (exhausted_ || explained) return;
  const Token& token = peek();
  if (token.kind == TokenKind::end) {
    const std::uint32_t begin = at_ > 0 ? last().begin : 0;
    fault(span_since(begin),
          fmt::format("the condition ends here, where {} is expected", expected));
    return;
  }
  auto report =
      fault(span_of(token), fmt::format("expected {}, found `{}`", expected, shown(token)));
  suggest_word(token, report);
}

void ExpressionCursor::suggest_word(const Token& token, diag::Report& report) {
  if (token.kind != TokenKind::name || is_keyword(token.text)) return;
  static const std::vector<std::string_view> names(keywords.begin(), keywords.end());
  report.suggest(span_of(token), diag::nearest(token.text, names));
}

std::string_view ExpressionCursor::shown(const Token& token) const {
  return std::string_view(scalar_.text).substr(token.begin, token.end - token.begin);
}

void ExpressionCursor::skip_to_end_of_operand() {
  int depth = 0;
  while (!at_end()) {
    const bool opens = at_sign("(") || at_sign("[");
    const bool closes = at_sign(")") || at_sign("]");
    if (depth == 0 && (closes || at_sign(",") || at_word("and") || at_word("or"))) return;
    depth += opens ? 1 : closes ? -1 : 0;
    advance();
  }
}

ast::Expr ExpressionCursor::node(ast::ExprKind kind) {
  if (budget_.nodes == 0) {
    exceeded("the number of operands and operators in this rule", most_expression_nodes);
  } else {
    --budget_.nodes;
  }
  ast::Expr expr;
  expr.kind = kind;
  return expr;
}

void ExpressionCursor::enter() {
  if (++depth_ > most_expression_depth) {
    exceeded("the nesting of this condition", most_expression_depth);
  }
}

void ExpressionCursor::exceeded(std::string_view what, std::size_t limit) {
  if (!std::exchange(exhausted_, true)) {
    reporter_.report(diag::limit_exceeded, span_of(peek()), {what, std::to_string(limit)})
        .help("part the rule in two, or move a part of it to a macro");
  }
  failed_ = true;
  at_ = tokens_.size() - 1;
}

}  // namespace modcore::parse
