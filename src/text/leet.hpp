// Digits, signs and groups of signs that are drawn for letters.
#pragma once

#include <span>
#include <string_view>

#include "text/glyph.hpp"

namespace modcore::text {

// What an ASCII digit or sign can stand for, likeliest first; "" for nothing.
[[nodiscard]] std::string_view leet_letters(char32_t symbol) noexcept;

// Which letters a sign may hide.
[[nodiscard]] Mask mask_of(char32_t symbol) noexcept;

// Several characters that draw one letter.
struct Drawn {
  char letter;
  std::string_view parts;
};
// Those that begin with a character, of letters ("rn" for m) or of signs ("|-|").
[[nodiscard]] std::span<const Drawn> drawn_from(char32_t first) noexcept;

}  // namespace modcore::text
