// The tables of leet: closed lists, so that what is read into honest text is known.
#include "text/leet.hpp"

#include <array>

namespace modcore::text {
namespace {

struct Sign {
  char sign;
  std::string_view letters;
};

constexpr std::array leet = {
    Sign{'0', "o"}, Sign{'1', "il"}, Sign{'2', "z"},  Sign{'3', "e"},  Sign{'4', "a"},
    Sign{'5', "s"}, Sign{'6', "gb"}, Sign{'7', "t"},  Sign{'8', "b"},  Sign{'9', "gq"},
    Sign{'@', "a"}, Sign{'$', "s"},  Sign{'!', "il"}, Sign{'|', "li"}, Sign{'+', "t"},
    Sign{'(', "c"}, Sign{'<', "c"},  Sign{'{', "c"},  Sign{'[', "c"},  Sign{'#', "h"},
    Sign{'^', "a"},
};

constexpr std::array<std::string_view, 128> by_sign = [] {
  std::array<std::string_view, 128> table{};
  for (const Sign& entry : leet) table[static_cast<std::size_t>(entry.sign)] = entry.letters;
  return table;
}();

// Sorted by the first character.
constexpr std::array drawn = {
    Drawn{'o', "()"},  Drawn{'a', "/-\\"}, Drawn{'m', "/\\/\\"}, Drawn{'a', "/\\"},
    Drawn{'x', "><"},  Drawn{'o', "[]"},   Drawn{'w', "\\/\\/"}, Drawn{'v', "\\/"},
    Drawn{'d', "cl"},  Drawn{'m', "rn"},   Drawn{'w', "vv"},     Drawn{'w', "uu"},
    Drawn{'o', "{}"},  Drawn{'h', "|-|"},  Drawn{'n', "|\\|"},   Drawn{'m', "|\\/|"},
    Drawn{'u', "|_|"}, Drawn{'d', "|)"},   Drawn{'k', "|<"},     Drawn{'b', "|3"},
    Drawn{'f', "|="},  Drawn{'p', "|>"},
};

constexpr std::array<Range, 128> drawn_by_first = [] {
  std::array<Range, 128> table{};
  for (std::uint32_t i = 0; i < drawn.size(); ++i) {
    Range& range = table[static_cast<std::size_t>(drawn[i].parts[0])];
    if (range.end == 0) range.begin = i;
    range.end = i + 1;
  }
  return table;
}();

constexpr std::u32string_view hiding_any = U"*•●■█▓▒░○◯◼▪◾★☆✱✳∗…×";
constexpr std::u32string_view hiding_vowel = U"#%&@^~?!+=$-_.";

}  // namespace

std::string_view leet_letters(char32_t symbol) noexcept {
  return symbol < by_sign.size() ? by_sign[symbol] : std::string_view();
}

Mask mask_of(char32_t symbol) noexcept {
  if (hiding_any.find(symbol) != std::u32string_view::npos) return Mask::any;
  return hiding_vowel.find(symbol) != std::u32string_view::npos ? Mask::vowel : Mask::none;
}

std::span<const Drawn> drawn_from(char32_t first) noexcept {
  if (first >= drawn_by_first.size()) return {};
  const Range range = drawn_by_first[first];
  return std::span(drawn).subspan(range.begin, range.end - range.begin);
}

}  // namespace modcore::text
