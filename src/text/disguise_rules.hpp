// Which readings a moderator would agree with: the rules that keep honest words
// honest.
#pragma once

#include <cstddef>
#include <span>

#include "text/disguise_walk.hpp"
#include "text/glyph.hpp"

namespace modcore::text {

// Whether somebody disguised the word so, and no honest text reads so by chance.
// `latin_text` tells whether the text around is mostly in Latin letters. Only for
// readings that are not plain.
[[nodiscard]] bool is_plausible(std::span<const Glyph> glyphs, const Reading& reading,
                                bool latin_text);

// The glyphs that the match takes: of a word of which only the beginning or the end is
// given, all of it, be it a row of single letters.
struct Extent {
  std::size_t begin = 0;
  std::size_t end = 0;
};
[[nodiscard]] Extent extent_of(std::span<const Glyph> glyphs, const Reading& reading);

// Whether the reading stands where its entry may: at the edges of words.
[[nodiscard]] bool at_edges(std::span<const Glyph> glyphs, const Reading& reading);

}  // namespace modcore::text
