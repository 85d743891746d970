// What a text consists of, counted in one pass for all that asks.
#pragma once

#include <cstdint>
#include <string_view>

#include "text/unicode_tables.hpp"

namespace modcore::text {

struct Census {
  std::int64_t unspaced = 0;   // all characters but white space
  std::int64_t letters = 0;    // cased ones
  std::int64_t capitals = 0;   // of the letters
  std::int64_t digits = 0;     // decimal ones
  std::int64_t symbols = 0;    // punctuation, signs and emoji
  std::int64_t invisible = 0;  // show nothing and are no white space
  std::int64_t folded = 0;     // characters of the fold but white space
  std::int64_t words = 0;      // tokens of the fold
  bool plain = true;           // nothing but printable ASCII and white space
  std::uint32_t flags = 0;     // unicode::Flag of the characters that are not ASCII

  // Whether a character that is not ASCII has one of these flags.
  [[nodiscard]] bool has(std::uint32_t of) const noexcept { return (flags & of) != 0; }
  // Whether an emoji may stand in it. A digit becomes one by an enclosing mark.
  [[nodiscard]] bool may_hold_emoji() const noexcept {
    return has(unicode::emoji | unicode::regional_indicator | unicode::mark);
  }
};

[[nodiscard]] Census count_characters(std::string_view text) noexcept;

}  // namespace modcore::text
