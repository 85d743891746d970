// Which ASCII characters a text holds, and whether it holds others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace modcore::text {

// A bit for each ASCII character; the last one, DEL, stands for all beyond ASCII too.
struct AsciiSet {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  constexpr bool operator==(const AsciiSet&) const = default;
  [[nodiscard]] constexpr bool meets(AsciiSet other) const noexcept {
    return ((low & other.low) | (high & other.high)) != 0;
  }
};
inline constexpr AsciiSet every_ascii{~std::uint64_t{0}, ~std::uint64_t{0}};

[[nodiscard]] constexpr AsciiSet ascii_set(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c) < 0x80 ? static_cast<unsigned char>(c) : 0x7FU;
  const std::uint64_t bit = std::uint64_t{1} << (byte & 63U);
  const std::uint64_t is_high = byte >> 6U;  // no branch: letters and spaces take turns
  return {bit & (is_high - 1), bit & (0 - is_high)};
}

[[nodiscard]] constexpr AsciiSet ascii_set(std::string_view text) noexcept {
  AsciiSet set;
  for (const char c : text) {
    const AsciiSet one = ascii_set(c);
    set.low |= one.low;
    set.high |= one.high;
  }
  return set;
}

// Where the last byte of a character of the set stands; npos if there is none.
[[nodiscard]] constexpr std::size_t last_of(std::string_view text, AsciiSet set) noexcept {
  for (std::size_t at = text.size(); at > 0; --at) {
    if (ascii_set(text[at - 1]).meets(set)) return at - 1;
  }
  return std::string_view::npos;
}

}  // namespace modcore::text
