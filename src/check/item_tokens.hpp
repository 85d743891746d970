// The notation of words and phrases: `*`, `<0-2>`, `(a|b)` and the backslash.
#pragma once

#include <optional>
#include <vector>

#include "check/report.hpp"
#include "ir/rule_set.hpp"

namespace modcore::checker {

// One character, wildcard or gap of an item, in four bytes: an item may be thousands
// of rows of them.
class Token {
 public:
  constexpr Token() = default;
  [[nodiscard]] static constexpr Token character(char32_t code_point) noexcept { return Token(code_point); }
  [[nodiscard]] static constexpr Token star() noexcept { return Token(star_value); }
  // Both at most 255.
  [[nodiscard]] static constexpr Token gap(unsigned minimum, unsigned maximum) noexcept {
    return Token(gap_value | static_cast<char32_t>(minimum << 8U | maximum));
  }

  [[nodiscard]] constexpr bool is_character() const noexcept { return value_ < star_value; }
  [[nodiscard]] constexpr bool is_star() const noexcept { return value_ == star_value; }
  [[nodiscard]] constexpr bool is_gap() const noexcept { return value_ >= gap_value; }
  [[nodiscard]] constexpr char32_t code_point() const noexcept { return value_; }
  [[nodiscard]] constexpr ir::Gap gap() const noexcept {
    return {static_cast<std::uint16_t>(value_ >> 8U & 0xffU), static_cast<std::uint16_t>(value_ & 0xffU)};
  }

 private:
  // Beyond all code points.
  static constexpr char32_t star_value = 0x110000, gap_value = 0x200000;
  explicit constexpr Token(char32_t value) noexcept : value_(value) {}
  char32_t value_ = 0;
};
using Tokens = std::vector<Token>;

// The alternatives of an item, each a row of tokens; nothing after an error.
[[nodiscard]] std::optional<std::vector<Tokens>> read_tokens(const Reporter& report,
                                                             const ast::Name& item);

}  // namespace modcore::checker
