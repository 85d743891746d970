// The characters of a text as a reader's eye takes them in: each with the letters
// that it can stand for.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace modcore::text {

enum class GlyphKind : std::uint8_t {
  letter,  // a letter, mark or enclosed letter
  digit,
  symbol,   // punctuation and signs, some of which can stand for letters
  picture,  // emoji and pictographs
  space,    // a run of white space; its `letter` tells a line break from a space
};

enum GlyphTrait : std::uint8_t {
  upper = 1U << 0,
  foreign = 1U << 1,    // of another script than Latin, and like a Latin letter
  encoded = 1U << 2,    // written as an HTML entity
  decorated = 1U << 3,  // not plain after the accents fold: a look-alike or compatibility letter
  markup = 1U << 4,     // formatting stands before it, with nothing visible between
  reversed = 1U << 5,   // read against the order of the bytes, under a bidi override
};

// Which letters a character may hide: "f*ck", "f-ck".
enum class Mask : std::uint8_t { none, vowel, any };

struct Glyph {
  Range range;                  // in the text, with the marks and invisible characters that follow
  char32_t letter = 0;          // after the accents fold; of a symbol the symbol
  std::array<char, 4> looks{};  // Latin letters it can stand for besides, likeliest first
  GlyphKind kind = GlyphKind::symbol;
  std::uint8_t traits = 0;
  std::uint8_t width = 1;  // glyphs that a look takes: 2 for the first s of a sharp s read as b
  Mask mask = Mask::none;

  [[nodiscard]] bool has(GlyphTrait trait) const noexcept { return (traits & trait) != 0; }
  [[nodiscard]] bool is_word() const noexcept { return kind <= GlyphKind::digit; }
  [[nodiscard]] bool stands_for(char32_t symbol) const noexcept {
    if (letter == symbol) return true;
    for (const char look : looks) {
      if (look == 0) return false;
      if (static_cast<char32_t>(look) == symbol) return true;
    }
    return false;
  }
};

// Appends the glyphs of a range of `text`. Marks and invisible characters belong
// to the glyph before them, formatting (HTML and BBCode tags) vanishes, entities
// are decoded, runs under a right-to-left override are read from their end.
void read_glyphs(std::string_view text, Range range, std::vector<Glyph>& out);

}  // namespace modcore::text
