// Operators of other languages are understood, reported with the right spelling,
// and passed on corrected, so that one slip gives one message.
#include "parse/expression_lexer.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "support/utf8.hpp"

namespace modcore::parse {
namespace {

struct Respelled {
  std::string_view written;
  std::string_view meant;
};

// Longest first.
constexpr std::array foreign_signs{
    Respelled{"===", "=="}, Respelled{"!==", "!="},      Respelled{"&&", "and"},
    Respelled{"||", "or"},  Respelled{"<>", "!="},       Respelled{"=<", "<="},
    Respelled{"=>", ">="},  Respelled{"=~", "contains"}, Respelled{"≤", "<="},
    Respelled{"≥", ">="},   Respelled{"≠", "!="},        Respelled{"×", "*"},
    Respelled{"−", "-"},    Respelled{"=", "=="},        Respelled{"!", "not"},
    Respelled{"&", "and"},  Respelled{"|", "or"}};

constexpr std::array<std::string_view, 17> signs{"==", "!=", "<=", ">=", "??", "<", ">", "+", "-",
                                                 "*",  "/",  "(",  ")",  "[",  "]", ",", "%"};

constexpr std::array<std::string_view, 14> words{
    "and", "or",       "not",      "in",     "of",   "any",        "all",
    "is",  "overlaps", "contains", "subset", "none", "startswith", "endswith"};

constexpr std::array<std::string_view, 8> typographic_quotes{"“", "”", "„", "«",
                                                             "»", "‘", "’", "‚"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

class Lexer {
 public:
  Lexer(const YamlNode& scalar, Reporter& reporter)
      : scalar_(scalar), text_(scalar.text), reporter_(reporter) {}

  Tokens run() {
    for (;;) {
      while (at_ < text_.size() && is_space(text_[at_])) ++at_;
      if (at_ == text_.size()) break;
      next();
    }
    add(TokenKind::end, at_, "");
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void add(TokenKind kind, std::size_t begin, std::string_view text) {
    result_.tokens.push_back({kind, std::string(text), static_cast<std::uint32_t>(begin),
                              static_cast<std::uint32_t>(at_)});
  }

  diag::Report fault(const diag::Entry& entry, std::size_t begin, std::string_view first,
                     std::string_view second) {
    result_.faultless = false;
    return reporter_.report(entry, scalar_.span_of(begin, at_), {first, second});
  }

  void next() {
    const char c = peek();
    if (is_digit(c)) return number();
    if (is_letter(c)) return name();
    if (c == '"' || c == '\'') return string(c);
    if (c == '$') return pattern();
    if (!foreign_sign() && !sign()) unknown();
  }

  void number() {
    const std::size_t begin = at_;
    while (is_digit(peek())) ++at_;
    if (peek() == '.' && is_digit(peek(1))) {
      ++at_;
      while (is_digit(peek())) ++at_;
    }
    const std::string_view digits = text_.substr(begin, at_ - begin);
    if (!commas_part_values() && at_thousands()) return thousands(begin);
    if (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) {
      fault(diag::bad_expression, begin, fmt::format("the number `{}` begins with a zero", digits),
            "numbers are decimal");
    }
    add(TokenKind::number, begin, digits);
  }

  // `1,000`, but not in `[1,000]` or `f(1,000)`.
  [[nodiscard]] bool at_thousands() const {
    return peek() == ',' && is_digit(peek(1)) && is_digit(peek(2)) && is_digit(peek(3)) &&
           !is_digit(peek(4));
  }

  void thousands(std::size_t begin) {
    while (at_thousands()) at_ += 4;
    const std::string_view written = text_.substr(begin, at_ - begin);
    std::string digits(written);
    std::erase(digits, ',');
    fault(diag::bad_expression, begin, fmt::format("`{}` is no number", written),
          fmt::format("write {}, without commas", digits))
        .fix(scalar_.span_of(begin, at_), digits);
    add(TokenKind::number, begin, digits);
  }

  // Whether the innermost bracket is that of a list or a call.
  [[nodiscard]] bool commas_part_values() const {
    std::vector<bool> open;
    const auto& tokens = result_.tokens;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].is_sign("[")) open.push_back(true);
      if (tokens[i].is_sign("(")) open.push_back(i > 0 && is_function(tokens[i - 1]));
      if ((tokens[i].is_sign("]") || tokens[i].is_sign(")")) && !open.empty()) open.pop_back();
    }
    return !open.empty() && open.back();
  }

  static bool is_function(const Token& token) {
    return token.kind == TokenKind::name && std::ranges::find(words, token.text) == words.end();
  }

  // A path: names joined by single dots.
  void name() {
    const std::size_t begin = at_;
    while (is_letter(peek()) || is_digit(peek()) || (peek() == '.' && is_letter(peek(1)))) ++at_;
    const std::string_view text = text_.substr(begin, at_ - begin);
    const std::string lowered = lower(text);
    for (const std::string_view word : words) {
      if (lowered != word || text == word) continue;
      fault(diag::operator_spelling, begin, text, word)
          .fix(scalar_.span_of(begin, at_), std::string(word));
      return add(TokenKind::name, begin, word);
    }
    add(TokenKind::name, begin, text);
  }

  void string(char quote) {
    const std::size_t begin = at_++;
    const std::size_t end = text_.find(quote, at_);
    if (end == std::string_view::npos) {
      at_ = text_.size();
      result_.cut = true;
      fault(diag::bad_expression, begin, "nothing closes this quote", "");
      return add(TokenKind::string, begin, text_.substr(begin + 1));
    }
    at_ = end + 1;
    add(TokenKind::string, begin, text_.substr(begin + 1, end - begin - 1));
  }

  void pattern() {
    const std::size_t begin = at_++;
    while (is_letter(peek()) || is_digit(peek())) ++at_;
    const std::string_view name = text_.substr(begin + 1, at_ - begin - 1);
    if (peek() == '*') {
      ++at_;
      fault(diag::bad_expression, begin, "pattern names take no wildcard",
            "name each pattern: `any of ($a, $b)`");
    } else if (name.empty()) {
      fault(diag::bad_expression, begin, "`$` stands before the name of a pattern", "");
    }
    add(TokenKind::pattern, begin, name);
  }

  bool foreign_sign() {
    for (const std::string_view sign : signs) {
      // `==` and `!=` begin like signs that are foreign.
      if (sign.size() == 2 && rest().starts_with(sign) && peek(2) != '=') return false;
    }
    for (const Respelled& sign : foreign_signs) {
      if (!rest().starts_with(sign.written)) continue;
      const std::size_t begin = at_;
      at_ += sign.written.size();
      fault(diag::operator_spelling, begin, sign.written, sign.meant)
          .fix(scalar_.span_of(begin, at_), spaced(sign.meant, begin));
      const bool is_word = is_letter(sign.meant.front());
      add(is_word ? TokenKind::name : TokenKind::sign, begin, sign.meant);
      return true;
    }
    return false;
  }

  // A word needs space where a sign needed none.
  [[nodiscard]] std::string spaced(std::string_view meant, std::size_t begin) const {
    if (!is_letter(meant.front())) return std::string(meant);
    std::string result(meant);
    if (begin > 0 && !is_space(text_[begin - 1]) && text_[begin - 1] != '(') result.insert(0, " ");
    if (at_ < text_.size() && !is_space(text_[at_])) result += ' ';
    return result;
  }

  bool sign() {
    for (const std::string_view sign : signs) {
      if (!rest().starts_with(sign)) continue;
      const std::size_t begin = at_;
      at_ += sign.size();
      add(TokenKind::sign, begin, sign);
      return true;
    }
    return false;
  }

  // What stands between this quote and the next one, in the quotes that the scalar's
  // own leave free.
  void straighten(std::size_t begin, diag::Report& report) const {
    for (std::size_t end = at_; end < text_.size(); end += utf8::decode(text_, end).length) {
      const std::string_view closing = text_.substr(end, utf8::decode(text_, end).length);
      if (std::ranges::find(typographic_quotes, closing) == typographic_quotes.end()) continue;
      std::string_view inside = text_.substr(at_, end - at_);
      while (!inside.empty() && is_space(inside.front())) inside.remove_prefix(1);
      while (!inside.empty() && is_space(inside.back())) inside.remove_suffix(1);
      if (inside.find_first_of("'\"\\") != std::string_view::npos) return;
      const char quote = scalar_.style == ScalarStyle::double_quoted ? '\'' : '"';
      report.fix(scalar_.span_of(begin, end + closing.size()), quote + std::string(inside) + quote);
      return;
    }
  }

  void unknown() {
    const std::size_t begin = at_;
    const utf8::Decoded decoded = utf8::decode(text_, at_);
    at_ += decoded.length;
    const std::string_view text = text_.substr(begin, decoded.length);
    for (const std::string_view quote : typographic_quotes) {
      if (text != quote) continue;
      auto report = fault(diag::bad_expression, begin, fmt::format("`{}` is a typographic quote", text),
                          "write straight quotes, \" or '");
      straighten(begin, report);
      return skip_rest();
    }
    const std::string message = decoded.code_point < 0x80
                                    ? fmt::format("`{}` means nothing in a condition", text)
                                    : fmt::format("`{}` can stand only in quotes", text);
    fault(diag::bad_expression, begin, message, "names are of a to z, 0 to 9, `_` and `.`");
    skip_word();
    add(TokenKind::bad, begin, "");
  }

  // The rest of a word in another alphabet is the same slip.
  void skip_word() {
    while (at_ < text_.size() &&
           (static_cast<unsigned char>(text_[at_]) >= 0x80 || is_letter(peek())))
      ++at_;
  }

  // What stands between quotes that are none is not worth a message.
  void skip_rest() {
    at_ = text_.size();
    result_.cut = true;
  }

  const YamlNode& scalar_;
  std::string_view text_;
  Reporter& reporter_;
  std::size_t at_ = 0;
  Tokens result_;
};

}  // namespace

Tokens tokenize(const YamlNode& scalar, Reporter& reporter) {
  return Lexer(scalar, reporter).run();
}

}  // namespace modcore::parse
