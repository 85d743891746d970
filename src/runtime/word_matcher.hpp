// Finds where sequences of words stand among the tokens of a piece.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/rule_set.hpp"
#include "text/fold.hpp"
#include "text/views.hpp"

namespace modcore::runtime {

// First and last token, both included.
struct TokenSpan {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

[[nodiscard]] text::Level level_of(ir::Tolerance tolerance) noexcept;

// Whether the parts stand in the word in this order, the first at its beginning,
// the last at its end.
[[nodiscard]] bool parts_match(const std::vector<std::string>& parts, std::string_view word);

// Whether a text contains an item at a level of folding. The text is a slice of
// the original, widened to whole characters.
[[nodiscard]] bool contains_at(const ir::SubstringItem& item, std::string_view original,
                               ir::Tolerance tolerance);

// Buffers are reused; one belongs to one thread.
class WordMatcher {
 public:
  // Every span of tokens at which the sequence matches with its `element`, which
  // is a word, at `token`. Valid until the next call.
  [[nodiscard]] const std::vector<TokenSpan>& spans(const ir::WordSequence& sequence,
                                                    std::uint32_t element, std::uint32_t token,
                                                    text::Views& views, ir::Tolerance tolerance);

 private:
  using Positions = std::vector<std::uint32_t>;  // sorted

  struct Text {
    text::Views& views;
    std::span<const text::Token> tokens;
    ir::Tolerance tolerance;
  };
  [[nodiscard]] static bool word_matches(const ir::WordPattern& word, std::uint32_t token,
                                         const Text& text);
  void walk_right(const ir::WordSequence& sequence, std::uint32_t element, const Text& text);
  void walk_left(const ir::WordSequence& sequence, std::uint32_t element, const Text& text);
  void step(const ir::WordPattern& word, ir::Gap gap, bool right, Positions& from, const Text& text);

  Positions firsts_, lasts_, next_;
  std::vector<TokenSpan> spans_;
};

}  // namespace modcore::runtime
