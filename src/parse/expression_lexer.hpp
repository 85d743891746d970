// The words and signs of a condition.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parse/reporter.hpp"
#include "parse/yaml_tree.hpp"

namespace modcore::parse {

enum class TokenKind : std::uint8_t { number, string, name, pattern, sign, bad, end };

struct Token {
  TokenKind kind = TokenKind::end;
  // number, name, sign: as written, signs of other languages corrected; string:
  // without quotes; pattern: without $; bad: nothing, it was reported.
  std::string text;
  std::uint32_t begin = 0;  // bytes of the decoded scalar
  std::uint32_t end = 0;

  [[nodiscard]] bool is_sign(std::string_view sign) const {
    return kind == TokenKind::sign && text == sign;
  }
  [[nodiscard]] bool is_word(std::string_view word) const {
    return kind == TokenKind::name && text == word;
  }
};

struct Tokens {
  std::vector<Token> tokens;  // the last one is `end`
  bool faultless = true;      // false: something was reported
  bool cut = false;           // what follows the last token cannot be read, and that was reported
};

[[nodiscard]] Tokens tokenize(const YamlNode& scalar, Reporter& reporter);

}  // namespace modcore::parse
