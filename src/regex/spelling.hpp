// What every match of a regex spells with other characters between its letters.
#pragma once

#include <string>
#include <vector>

#include "regex/char_set.hpp"
#include "regex/node.hpp"

namespace modcore::regex {

struct RequiredSpelling {
  // Every match contains one of them in its letters and digits, as written, up to
  // folding and to characters beyond ASCII; empty if there is none.
  std::vector<std::string> texts;
  double bits = 0;  // how rare they are, all together
  // Not in texts whose fold holds one of these with one of those behind it, or of more
  // than ASCII.
  std::string unless;
  AsciiSet behind;  // in ASCII texts; in others any
  bool ascii_only = false;
};

// `c[\W_]*a[\W_]*t` spells "cat". With `c(?:\W|%[a-f]+)*a` too, unless there is a `%`.
[[nodiscard]] RequiredSpelling required_spelling(const Node& root);

}  // namespace modcore::regex
