// A place of every match of a regex that is found without running it: the beginning of the
// text, or a character that stands in it, and an automaton of what stands there.
#pragma once

#include <cstdint>
#include <string_view>

#include "regex/automaton.hpp"
#include "regex/node.hpp"

namespace modcore::regex {

struct Mark {
  enum class Kind : std::uint8_t { none, text_begin, character };
  Kind kind = Kind::none;
  char character = 0;        // ASCII, and no letter: it stands in the text as it is written here
  std::uint8_t before = 0;   // the automaton begins so many characters before it
};

// None if the regex has no such place, or if what follows is not told in a few steps.
[[nodiscard]] Mark mark_of(const Node& root);

// Of a regex as it is written, from where its mark says. Of one without nothing is known.
[[nodiscard]] Automaton automaton_at_mark(std::string_view pattern, bool case_sensitive);

// Whether the marks of a text leave room for a match. `automaton` is that of the mark.
[[nodiscard]] bool may_match(const Mark& mark, const Automaton& automaton, std::string_view text);

}  // namespace modcore::regex
