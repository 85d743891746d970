// By which of its words an alternative of an item is searched for.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "ir/words.hpp"

namespace modcore::compiler {

// The text that is searched for: the rarest run of characters that each match of the
// alternative has in the words view.
struct Anchor {
  std::string text;           // with the separators that it includes
  std::uint32_t element = 0;  // where in the sequence it begins
  bool whole = false;         // it is the whole sequence
  double bits = 0;            // how rare it is
};

// Those of one item. What is told of a word is worked out once for all alternatives.
class Anchors {
 public:
  explicit Anchors(const ir::WordRows& rows);

  [[nodiscard]] Anchor of(const ir::WordSequence& sequence) const;
  // The rarest plain words of an alternative that are no part of its anchor.
  [[nodiscard]] std::array<std::uint32_t, 2> companions(const ir::WordSequence& sequence, const Anchor& anchor) const;

 private:
  struct Word {
    std::vector<double> bits;  // of each part; of the first with the space before it
    std::uint32_t hash = 0;    // text::word_hash of a plain one
  };
  class Finder;

  std::vector<Word> words_;
};

}  // namespace modcore::compiler
