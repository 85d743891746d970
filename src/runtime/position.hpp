// Where a match stands in its field or line, and in words.
#pragma once

#include "ir/rule_set.hpp"
#include "runtime/matcher.hpp"
#include "runtime/post_text.hpp"

namespace modcore::runtime {

// Whether a match stands at the start or end of the field, or is the whole of
// it, or of its lines; other characters than those of words do not count.
[[nodiscard]] bool stands_at(PostText& post, const Match& match, ir::At at, ir::Unit unit,
                             ir::TextField field);

// The place of a match in the words of its piece: how many words begin before it
// ends, and how many end before it begins.
struct WordPlace {
  std::int64_t begun = 0;
  std::int64_t ended = 0;
};
[[nodiscard]] WordPlace word_place(PostText& post, const Match& match);
// How many words stand strictly between two matches of one piece, `a` first.
[[nodiscard]] std::int64_t words_between(const WordPlace& a, const WordPlace& b) noexcept;

}  // namespace modcore::runtime
