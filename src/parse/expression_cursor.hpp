// The words of a condition under the parser's hand: looking ahead, stepping over
// what is wrong, and the limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "ast/ast.hpp"
#include "diag/catalogue.hpp"
#include "parse/expression.hpp"
#include "parse/expression_lexer.hpp"
#include "parse/reporter.hpp"
#include "parse/yaml_tree.hpp"

namespace modcore::parse {

[[nodiscard]] bool is_keyword(std::string_view word);

class ExpressionCursor {
 public:
  ExpressionCursor(const YamlNode& scalar, ExpressionBudget& budget, Reporter& reporter);

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool exhausted() const { return exhausted_; }  // a limit is reached: no more words

  // ---- Words
  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
  [[nodiscard]] const Token& last() const { return tokens_[at_ == 0 ? 0 : at_ - 1]; }
  [[nodiscard]] bool at_end() const { return peek().kind == TokenKind::end; }
  [[nodiscard]] bool at_word(std::string_view word) const { return peek().is_word(word); }
  [[nodiscard]] bool at_sign(std::string_view sign) const { return peek().is_sign(sign); }
  const Token& advance();
  bool accept_sign(std::string_view sign);
  bool accept_word(std::string_view word);

  // ---- Places
  [[nodiscard]] source::Span span_of(const Token& token) const;
  // From a byte of the condition to the end of the last word.
  [[nodiscard]] source::Span span_since(std::uint32_t begin) const;
  [[nodiscard]] static source::Span joined(source::Span a, source::Span b);

  // ---- Errors
  diag::Report fault(const diag::Entry& entry, source::Span where, std::string_view message,
                     std::string_view help = {});
  diag::Report fault(source::Span where, std::string_view message, std::string_view help = {}) {
    return fault(diag::bad_expression, where, message, help);
  }
  // Says nothing where an error just before explains this one.
  void unexpected(std::string_view expected);
  void skip_to_end_of_operand();

  // ---- Limits
  ast::Expr node(ast::ExprKind kind);
  void enter();
  void leave() { --depth_; }

 private:
  void suggest_word(const Token& token, diag::Report& report);
  [[nodiscard]] std::string_view shown(const Token& token) const;
  void exceeded(std::string_view what, std::size_t limit);

  const YamlNode& scalar_;
  ExpressionBudget& budget_;
  Reporter& reporter_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::size_t fault_at_ = static_cast<std::size_t>(-2);  // the last unexpected word
  bool failed_ = false;
  bool cut_ = false;  // the words end where something was reported
  bool exhausted_ = false;
};

// Stands in every function of the parser that leads back to itself.
class Nested {
 public:
  explicit Nested(ExpressionCursor& cursor) : cursor_(cursor) { cursor_.enter(); }
  ~Nested() { cursor_.leave(); }
  Nested(const Nested&) = delete;
  Nested& operator=(const Nested&) = delete;

 private:
  ExpressionCursor& cursor_;
};

}  // namespace modcore::parse
