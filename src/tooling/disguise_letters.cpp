#include "tooling/disguise_letters.hpp"

#include <array>

namespace modcore::tooling {
namespace {

struct Lookalike {
  char letter;
  std::u32string_view others;
};

constexpr std::array cyrillic_and_greek = {
    Lookalike{'A', U"\u0410\u0391"}, Lookalike{'B', U"\u0412\u0392"}, Lookalike{'C', U"\u0421"},
    Lookalike{'E', U"\u0415\u0395"}, Lookalike{'H', U"\u041D\u0397"}, Lookalike{'I', U"\u0406\u0399"},
    Lookalike{'J', U"\u0408"},       Lookalike{'K', U"\u041A\u039A"}, Lookalike{'M', U"\u041C\u039C"},
    Lookalike{'N', U"\u039D"},       Lookalike{'O', U"\u041E\u039F"}, Lookalike{'P', U"\u0420\u03A1"},
    Lookalike{'S', U"\u0405"},       Lookalike{'T', U"\u0422\u03A4"}, Lookalike{'X', U"\u0425\u03A7"},
    Lookalike{'Z', U"\u0396"},       Lookalike{'a', U"\u0430\u03B1"}, Lookalike{'c', U"\u0441\u03F2"},
    Lookalike{'d', U"\u0501"},       Lookalike{'e', U"\u0435"},       Lookalike{'h', U"\u04BB"},
    Lookalike{'i', U"\u0456"},       Lookalike{'j', U"\u0458\u03F3"}, Lookalike{'l', U"\u04CF"},
    Lookalike{'o', U"\u043E\u03BF"}, Lookalike{'p', U"\u0440\u03C1"}, Lookalike{'q', U"\u051B"},
    Lookalike{'s', U"\u0455"},       Lookalike{'v', U"\u0475\u03BD"}, Lookalike{'w', U"\u051D"},
    Lookalike{'x', U"\u0445"},       Lookalike{'y', U"\u0443"},
};

struct Leet {
  char letter;
  std::string_view anywhere;
  std::string_view inside;
};

constexpr std::array leet = {
    Leet{'a', "4@", ""}, Leet{'b', "8", ""},   Leet{'c', "", "(<"}, Leet{'e', "3", ""},
    Leet{'g', "96", ""}, Leet{'i', "1", "!"},  Leet{'l', "1", "|"}, Leet{'o', "0", ""},
    Leet{'q', "9", ""},  Leet{'s', "5$", ""},  Leet{'t', "7", "+"}, Leet{'z', "2", ""},
};

constexpr std::array all_styles = {
    Style{0x1D400, 0x1D41A},  // bold
    Style{0x1D468, 0x1D482},  // bold italic
    Style{0x1D4D0, 0x1D4EA},  // bold script
    Style{0x1D56C, 0x1D586},  // bold Fraktur
    Style{0x1D5A0, 0x1D5BA},  // sans-serif
    Style{0x1D5D4, 0x1D5EE},  // sans-serif bold
    Style{0x1D670, 0x1D68A},  // monospace
    Style{0, 0x1D552},        // double-struck; its capitals have holes
    Style{0x24B6, 0x24D0},    // circled
    Style{0, 0x249C},         // in parentheses
    Style{0x1F130, 0},        // squared
    Style{0x1F150, 0},        // negative circled
    Style{0x1F170, 0},        // negative squared
};

const Leet* find_leet(char small) noexcept {
  for (const Leet& entry : leet) {
    if (entry.letter == small) return &entry;
  }
  return nullptr;
}

// Blocks in which capital and small letter stand side by side.
constexpr bool in_pairs(char32_t c) noexcept {
  const bool latin = c >= 0x100 && c <= 0x17E && c != 0x130 && c != 0x131 && c != 0x138 &&
                     c != 0x149 && c != 0x178;
  return latin || (c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) ||
         (c >= 0x4D0 && c <= 0x52F);
}
constexpr bool odd_is_capital(char32_t c) noexcept {
  return (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
}

// Blocks in which the small letters follow the capitals at a distance.
struct Block {
  char32_t first;
  char32_t last;
  char32_t distance;
};
constexpr std::array blocks = {
    Block{'A', 'Z', 0x20},       Block{0xC0, 0xD6, 0x20},   Block{0xD8, 0xDE, 0x20},
    Block{0x391, 0x3A1, 0x20},   Block{0x3A3, 0x3A9, 0x20}, Block{0x400, 0x40F, 0x50},
    Block{0x410, 0x42F, 0x20},
};

}  // namespace

std::u32string_view lookalikes(char letter) noexcept {
  for (const Lookalike& entry : cyrillic_and_greek) {
    if (entry.letter == letter) return entry.others;
  }
  return {};
}

std::string_view leet_signs(char small) noexcept {
  const Leet* const entry = find_leet(small);
  return entry == nullptr ? std::string_view() : entry->anywhere;
}

std::string_view inner_leet_signs(char small) noexcept {
  const Leet* const entry = find_leet(small);
  return entry == nullptr ? std::string_view() : entry->inside;
}

char32_t stroked(char letter) noexcept {
  switch (letter) {
    case 'l': return 0x142;
    case 'L': return 0x141;
    case 'o': return 0xF8;
    case 'O': return 0xD8;
    case 'd': return 0x111;
    case 'D': return 0x110;
    case 'i': return 0x131;
    default: return 0;
  }
}

std::span<const Style> styles() noexcept {
  return all_styles;
}

char32_t other_case(char32_t letter) noexcept {
  for (const Block& block : blocks) {
    if (letter >= block.first && letter <= block.last) return letter + block.distance;
    if (letter >= block.first + block.distance && letter <= block.last + block.distance) {
      return letter - block.distance;
    }
  }
  if (!in_pairs(letter)) return letter;
  const bool capital = (letter % 2 == 1) == odd_is_capital(letter);
  return capital ? letter + 1 : letter - 1;
}

}  // namespace modcore::tooling
