// How a word in disguise was read, character by character. For people: slow, and only
// for what the finder has found.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/lexicon.hpp"
#include "text/range.hpp"

namespace modcore::text {

// What a character did to hide; several may be.
enum ReadAs : std::uint16_t {
  lookalike = 1U << 0,    // a letter of another script that looks like it
  letter_sign = 1U << 1,  // a letter-like sign: mathematical, enclosed, superscript...
  leet_sign = 1U << 2,    // a digit or sign for a letter
  drawn_letter = 1U << 3, // several characters, or another letter, that draw it
  hidden = 1U << 4,       // a mask
  stretched = 1U << 5,    // one more of the same letter
  joint = 1U << 6,        // stands between letters of the word
  formatting = 1U << 7,   // markup
  entity = 1U << 8,       // written as an HTML entity
  backwards = 1U << 9,    // under a bidi override
};

struct ReadPart {
  Range range;          // in the text
  char32_t letter = 0;  // of the word, folded; 0 where it stands for none
  std::uint16_t as = 0;  // of ReadAs; 0 for a letter that is itself
};

// The parts of `range` in the order in which they are read, markup between them
// included. `word` is folded to Level::accents, as it was given to the Lexicon.
// Empty if the range cannot be read so.
[[nodiscard]] std::vector<ReadPart> trace_disguise(std::string_view text, Range range,
                                                   std::string_view word, Lexicon::Form form);

}  // namespace modcore::text
