// Which readings a moderator would agree with: the rules that keep honest words
// honest.
#pragma once

#include <span>

#include "text/disguise_walk.hpp"
#include "text/glyph.hpp"

namespace modcore::text {

// Whether somebody disguised the word so, and no honest text reads so by chance.
// `latin_text` tells whether the text around is mostly in Latin letters. Only for
// readings that are not plain.
[[nodiscard]] bool is_plausible(std::span<const Glyph> glyphs, const Reading& reading,
                                bool latin_text);

// Whether the reading stands where its entry may: at the edges of words.
[[nodiscard]] bool at_edges(std::span<const Glyph> glyphs, const Reading& reading);

}  // namespace modcore::text
