#include "regex/cases.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace modcore::regex {

bool has_no_case(char32_t c) noexcept {
  // Hebrew, Arabic, the scripts of India, Thai and Lao; punctuation; arrows, signs and
  // dingbats; kana, Han and Hangul; variation selectors; mathematical letters; emoji.
  static constexpr std::array<std::pair<char32_t, char32_t>, 9> blocks = {
      {{0x590, 0xFFF}, {0x2010, 0x2125}, {0x2190, 0x24B5}, {0x24EA, 0x2BFF}, {0x3000, 0x9FFF},
       {0xAC00, 0xD7A3}, {0xFE00, 0xFE0F}, {0x1D400, 0x1D7FF}, {0x1F000, 0x1FAFF}}};
  return std::any_of(blocks.begin(), blocks.end(),
                     [c](const auto& block) { return c >= block.first && c <= block.second; });
}

bool folds_with_its_cases(char32_t c) noexcept {
  const bool latin = (c >= 0xC0 && c <= 0x17F) || c == 0x1A0 || c == 0x1A1 || c == 0x1AF || c == 0x1B0 ||
                     (c >= 0x1E00 && c <= 0x1EFF);
  const bool cyrillic = c >= 0x400 && c <= 0x45F;
  const bool small_capital = c >= 0x1D00 && c <= 0x1D2B;
  const bool wide = c >= 0xFF01 && c <= 0xFF9F;
  return c < 0x80 || latin || cyrillic || small_capital || wide || has_no_case(c);
}

}  // namespace modcore::regex
