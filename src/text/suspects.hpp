// Where in a text a word can stand in disguise: the rest is never looked at.
#pragma once

#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace modcore::text {

// Appends, in order and without overlap, every stretch of the text that is not
// plain words: runs without white space that hold digits, signs or look-alikes
// beside letters, letters three times over, or "rn", "cl", "vv", "uu"; rows of at
// least three single letters; what stands under a bidi override. Text that the
// accents fold makes plain is no suspect.
void find_suspects(std::string_view text, std::vector<Range>& out);

// The same without the short cut through plain text: to test that by.
void find_suspects_closely(std::string_view text, std::vector<Range>& out);

}  // namespace modcore::text
