// What people write in place of a letter. Written by hand from what spammers use and
// kept apart from the tables that the engine reads with, so that one can test the other.
#pragma once

#include <span>
#include <string_view>

namespace modcore::tooling {

// Letters of other scripts that look like an ASCII letter, of the same case; empty
// where there is none.
[[nodiscard]] std::u32string_view lookalikes(char letter) noexcept;

// Digits and signs that are written for a small letter; `inside` are those that only
// stand between other letters.
[[nodiscard]] std::string_view leet_signs(char small) noexcept;
[[nodiscard]] std::string_view inner_leet_signs(char small) noexcept;

// Letters with a stroke, which no accent makes: U+0142 for l.
[[nodiscard]] char32_t stroked(char letter) noexcept;  // 0 for none

// A complete alphabet of compatibility letters.
struct Style {
  char32_t capital_a = 0;  // of which the others follow; 0: capitals are written small
  char32_t small_a = 0;    // 0: small letters are written as capitals
};
[[nodiscard]] std::span<const Style> styles() noexcept;

// The same letter in the other case, itself if it has none. Latin, Greek, Cyrillic.
[[nodiscard]] char32_t other_case(char32_t letter) noexcept;

}  // namespace modcore::tooling
