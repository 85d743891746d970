// Finds the words of a lexicon in a text however they are disguised.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/disguise_walk.hpp"
#include "text/glyph.hpp"
#include "text/lexicon.hpp"
#include "text/range.hpp"

namespace modcore::text {

// A word that stands in disguise: at Level::accents it does not match there.
struct Disguised {
  std::uint32_t id = 0;  // as given to Lexicon::add
  Range range;           // in the text, as written
};

// The text as a reader's eye takes in what stands in disguise: look-alikes and leet
// as the likeliest letters, rows of letters run together, `?` for a mask. Plain
// words stay as they are. For people who want to know why something matched.
[[nodiscard]] std::string skeleton(std::string_view text);

// Reused from text to text: allocates nothing once its buffers have grown.
class DisguiseFinder {
 public:
  // Appends in the order of the places; the same place may come more than once,
  // for several words or ways to read them. Linear in the text.
  void find(std::string_view text, const Lexicon& lexicon, std::vector<Disguised>& out);

  // Whether the last find() had to stop somewhere: no more than 4,000 steps are
  // made from one place, and 50,000 and 16 for each byte in the whole text.
  [[nodiscard]] bool gave_up() const noexcept { return gave_up_; }

 private:
  void search(const Lexicon& lexicon);
  void judge(std::vector<Disguised>& out);
  [[nodiscard]] bool is_latin_text();
  [[nodiscard]] Range range_of(const Reading& reading) const;

  std::string_view text_;
  std::vector<Range> suspects_;
  std::vector<Glyph> glyphs_;
  std::vector<Reading> readings_;
  enum class Latin : std::uint8_t { unknown, yes, no } latin_ = Latin::unknown;
  std::size_t steps_left_ = 0;
  bool gave_up_ = false;
};

}  // namespace modcore::text
