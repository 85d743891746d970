// Arithmetic decomposition of Hangul syllables (Unicode 15, section 3.12).
#pragma once

#include <array>
#include <cstddef>

namespace modcore::text {

struct Jamo {
  std::array<char32_t, 3> letters{};
  std::size_t count = 0;
};

[[nodiscard]] constexpr Jamo decompose_hangul(char32_t syllable) noexcept {
  constexpr char32_t first = 0xAC00, lead = 0x1100, vowel = 0x1161, trail = 0x11A7;
  constexpr char32_t vowels = 21, trails = 28;
  const char32_t index = syllable - first;
  Jamo jamo{{lead + index / (vowels * trails), vowel + index / trails % vowels}, 2};
  if (index % trails != 0) jamo.letters[jamo.count++] = trail + index % trails;
  return jamo;
}

}  // namespace modcore::text
