// Characters of which every match holds at least one, and whether a match can do with some.
#pragma once

#include <string_view>

#include "regex/char_set.hpp"
#include "regex/node.hpp"

namespace modcore::regex {

// Of the text that is searched, as written: a text with none of them holds no match. The
// last bit stands for all characters beyond ASCII too. The rarest such set that there is;
// every bit if nothing is known.
[[nodiscard]] AsciiSet needed_characters(const Node& root);

// What some texts consist of.
struct Characters {
  AsciiSet ascii;
  bool letters = false;  // beyond ASCII those that is_letter() knows
  bool others = false;   // beyond ASCII others

  void add(const Characters& more) {
    ascii |= more.ascii;
    letters = letters || more.letters;
    others = others || more.others;
  }
};
[[nodiscard]] Characters characters_of(std::string_view text);

// Whether a match may take such characters alone.
[[nodiscard]] bool may_consist_of(const Node& root, const Characters& characters);

}  // namespace modcore::regex
