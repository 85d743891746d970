// The tree of a regex, as far as the analysis needs it.
#pragma once

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "regex/char_set.hpp"

namespace modcore::regex {

inline constexpr std::uint32_t unbounded = std::numeric_limits<std::uint32_t>::max();

struct Node {
  enum class Kind : std::uint8_t {
    empty,
    character,
    set,
    sequence,
    alternation,
    repeat,         // children[0], min to max times
    text_begin,     // ^ outside multi-line mode, \A
    text_end,       // $ outside multi-line mode, \Z, \z
    word_edge,      // \b
    not_word_edge,  // \B
    assertion,      // takes no character, holds at places not known here; children only for cost
    unknown,        // takes any characters or none; children only for cost
  };
  Kind kind = Kind::empty;
  char32_t code_point = 0;
  bool caseless = false;
  CharSet set;
  std::uint32_t min = 0;
  std::uint32_t max = 0;
  std::vector<Node> children;
};

[[nodiscard]] inline Node node_of(Node::Kind kind, std::vector<Node> children = {}) {
  Node node;
  node.kind = kind;
  node.children = std::move(children);
  return node;
}

// What a character takes: itself, or all that PCRE2 takes for the same letter.
[[nodiscard]] inline CharSet set_of_character(const Node& character) {
  CharSet set;
  if (character.caseless) {
    set.add_cases(character.code_point, character.code_point);
  } else {
    set.add(character.code_point, character.code_point);
  }
  return set;
}

}  // namespace modcore::regex
