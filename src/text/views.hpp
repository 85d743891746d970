// The views of one piece of text that patterns are searched in, with the way
// back to the original bytes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/buffer.hpp"
#include "text/offset_map.hpp"
#include "text/range.hpp"
#include "text/signs.hpp"

namespace modcore::text {

enum class View : std::uint8_t {
  repaired,  // the original with invalid UTF-8 replaced
  fold,      // Level::accents of it
  words,     // fold with each run of non-word characters as one space, one at each end; "" without a word
  digits,    // decimal digits of fold only, as ASCII
  spelled,   // letters and digits of fold only, those of ASCII; has no way back
};

// Of a folded text, as View::spelled has it.
[[nodiscard]] std::string spelled(std::string_view fold);
// Whether a text may hold characters that an older version of Unicode knows as no letters
// while their fold is one: whoever goes by that version takes them for separators.
[[nodiscard]] bool may_spell_otherwise(std::string_view original) noexcept;

// A word: a maximal run of word characters of the fold.
struct Token {
  Range original;  // includes marks and invisible characters that belong to its last letter
  Range words;     // in the words view, without the spaces around it
  Range fold;      // in the fold
};

// Built for one piece at a time and reused: after the buffers have grown,
// build() allocates nothing. A piece is at most 4 GiB - 1.
class Views {
 public:
  // Keeps a view of `original` until the next build(). Builds the fold; the others
  // follow on demand.
  void build(std::string_view original);

  [[nodiscard]] std::string_view original() const noexcept { return original_; }
  // Whether the original is pure ASCII.
  [[nodiscard]] bool ascii() const noexcept { return ascii_; }
  // The signs of the original.
  [[nodiscard]] Signs signs() const noexcept { return signs_; }
  [[nodiscard]] std::string_view get(View view);

  // All tokens in order, computed at the first call after build().
  [[nodiscard]] std::span<const Token> tokens();

  // The bytes of the original that a range of a view came from, widened to whole
  // characters with the marks that follow them. For words and digits, `range`
  // must begin and end at a word character or digit.
  [[nodiscard]] Range original_range(View view, Range range);

  // The range of the repaired view that stands for a range of the original.
  [[nodiscard]] Range repaired_range(Range original);
  // And of the fold.
  [[nodiscard]] Range fold_range(Range original) const { return fold_map_.to_view(original); }

 private:
  void find_words();
  void find_tokens();
  void find_digits();
  void find_spelled();
  void repair();
  [[nodiscard]] const Token& token_at(std::uint32_t word_position);

  std::string_view original_;
  Buffer fold_;
  Buffer words_;
  Buffer digits_;
  Buffer spelled_;
  Buffer repaired_;
  OffsetMap fold_map_;
  OffsetMap repaired_map_;
  std::vector<Token> tokens_;
  std::vector<Range> digit_ranges_;  // of each digit, in the fold
  Signs signs_;
  bool ascii_ = true;
  bool valid_ = true;
  bool has_words_ = false;
  bool has_tokens_ = false;
  bool has_digits_ = false;
  bool has_spelled_ = false;
  bool has_repaired_ = false;
};

}  // namespace modcore::text
