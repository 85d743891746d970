// Which rules need not run, and where.
#pragma once

#include "ir/rule_set.hpp"
#include "program/needs.hpp"

namespace modcore::compiler {

// What a post does not have.
struct Absent {
  bool patterns = false;  // no pattern matches
  program::Traits traits = 0;
  program::Attributes attributes = 0;  // are missing
  std::uint32_t title_below = 0;  // the title has fewer bytes, unless this is 0
  std::uint32_t text_below = 0;   // likewise of title and body together
};

// Whether the condition is false, never true or unknown, in every such post, whatever
// else it has.
[[nodiscard]] bool only_false(const ir::Expr& condition, const Absent& absent);

// Whether it is so in every post in which none of its patterns matches.
[[nodiscard]] inline bool sleeps(const ir::Expr& condition) {
  return only_false(condition, {.patterns = true});
}

// What a post needs for the condition to be anything but false. Of several answers, one.
[[nodiscard]] program::Needs needs_of(const ir::Expr& condition);

}  // namespace modcore::compiler
