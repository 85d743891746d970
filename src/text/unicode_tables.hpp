// Generated properties of code points: two-stage tables and how to read them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace modcore::text::unicode {

// What the tables know of a code point. A length of 0 means "itself" for nfd and
// case; for the fold it means "nothing" unless fold_identity is set.
struct Record {
  std::uint16_t fold_at;
  std::uint16_t nfd_at;
  std::uint16_t case_at;
  std::uint8_t fold_length;
  std::uint8_t nfd_length;
  std::uint8_t case_length;
  std::uint8_t combining_class;
  std::uint8_t script;  // index into script_names, from 1; 0 for what all scripts share
  std::uint32_t flags;
};

// The order is that of FLAGS in tools/generate_unicode.py. The digit's value
// stands in the top four bits.
enum Flag : std::uint32_t {
  word = 1U << 0,
  unspaced = 1U << 1,
  upper = 1U << 2,
  cased = 1U << 3,
  decimal = 1U << 4,
  white_space = 1U << 5,
  emoji = 1U << 6,
  emoji_default = 1U << 7,
  pictograph = 1U << 8,
  emoji_modifier = 1U << 9,
  regional_indicator = 1U << 10,
  fold_identity = 1U << 11,
  hangul = 1U << 12,
  mark = 1U << 13,
  symbol = 1U << 14,     // punctuation and symbols
  invisible = 1U << 15,  // shows nothing and is no white space
};
inline constexpr unsigned digit_shift = 28;

// No code point folds to more bytes.
inline constexpr std::size_t max_fold_length = 48;

extern const char version[];
extern const std::uint16_t stage1[];
extern const std::uint16_t stage2[];
extern const Record records[];
extern const unsigned char pool[];

// The names of the Unicode Character Database in lower case: "old_italic". Sorted.
inline constexpr std::size_t script_count = 161;
extern const std::string_view script_names[];

// `code_point` must be below 0x110000.
[[nodiscard]] inline const Record& record(char32_t code_point) noexcept {
  const std::size_t block = stage1[code_point >> 7U];
  return records[stage2[(block << 7U) | (code_point & 0x7FU)]];
}

[[nodiscard]] inline bool has(char32_t code_point, Flag flag) noexcept {
  return (record(code_point).flags & flag) != 0;
}

[[nodiscard]] inline std::string_view pool_text(std::uint16_t at, std::uint8_t length) noexcept {
  return {reinterpret_cast<const char*>(pool) + at, length};
}

}  // namespace modcore::text::unicode
