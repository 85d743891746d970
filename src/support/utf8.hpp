// UTF-8, read so that any bytes are legal: one U+FFFD for each maximal
// ill-formed subpart (Unicode 15, section 3.9, "U+FFFD Substitution").
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace modcore::utf8 {

inline constexpr char32_t replacement = 0xFFFD;

struct Decoded {
  char32_t code_point = replacement;
  std::uint32_t length = 1;  // bytes read, 1 to 4
  bool valid = false;
};

[[nodiscard]] Decoded decode_long(std::string_view text, std::size_t at) noexcept;

// The character at `at`, which must be below text.size().
[[nodiscard]] inline Decoded decode(std::string_view text, std::size_t at) noexcept {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1, true};
  if (first >= 0xC2 && first < 0xE0 && at + 1 < text.size()) {
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if ((second & 0xC0U) == 0x80U) return {((first & 0x1FU) << 6U) | (second & 0x3FU), 2, true};
  }
  return decode_long(text, at);
}

// The character that ends at `end`, which must be above 0. Of an ill-formed
// part, one byte.
[[nodiscard]] Decoded decode_before(std::string_view text, std::size_t end) noexcept;

// Writes at most 4 bytes; returns how many. A surrogate or a number above
// U+10FFFF is written as U+FFFD.
std::size_t encode(char32_t code_point, char* out) noexcept;
void append(std::string& out, char32_t code_point);

[[nodiscard]] bool is_valid(std::string_view text) noexcept;
[[nodiscard]] bool is_ascii(std::string_view text) noexcept;

// How many characters decode() reads from begin to end.
[[nodiscard]] std::size_t count(std::string_view text) noexcept;

[[nodiscard]] constexpr bool is_continuation(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// The largest character boundary that is not above `at`.
[[nodiscard]] std::size_t floor_boundary(std::string_view text, std::size_t at) noexcept;

// Eight bytes at once, for runs of ASCII. Marks are bits in `high_bits`, one for
// each byte.
inline constexpr std::uint64_t every_byte = 0x0101010101010101U;
inline constexpr std::uint64_t high_bits = 0x8080808080808080U;
[[nodiscard]] inline std::uint64_t load8(const char* bytes) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}
// The first of the marked bytes in memory; 8 if none is marked.
[[nodiscard]] constexpr std::size_t first_marked(std::uint64_t marks) noexcept {
  const int bits = std::endian::native == std::endian::little ? std::countr_zero(marks)
                                                               : std::countl_zero(marks);
  return static_cast<std::size_t>(bits) / 8;
}
inline void store8(char* bytes, std::uint64_t word) noexcept {
  std::memcpy(bytes, &word, sizeof word);
}

}  // namespace modcore::utf8
