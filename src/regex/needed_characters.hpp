// Characters of which every match holds at least one.
#pragma once

#include "regex/char_set.hpp"
#include "regex/node.hpp"

namespace modcore::regex {

// Of the text that is searched, as written: a text with none of them holds no match. The
// last bit stands for all characters beyond ASCII too. The rarest such set that there is;
// every bit if nothing is known.
[[nodiscard]] AsciiSet needed_characters(const Node& root);

}  // namespace modcore::regex
