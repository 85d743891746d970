// Reading a lexicon's words out of glyphs: every way to read a word from one
// place, and what it took.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "text/glyph.hpp"
#include "text/leet.hpp"
#include "text/lexicon.hpp"

namespace modcore::text {

// What it took to read a word: the material of the rules of plausibility.
struct Trail {
  std::uint64_t gaps = 0;       // bit k: something stands after the first k letters
  std::uint32_t gap_begin = 0;  // the first gap, as glyphs
  std::uint32_t gap_end = 0;
  std::uint16_t letters = 0;      // of the word
  std::uint16_t groups = 0;       // places in the text: a stretched letter is one
  std::uint16_t shown = 0;        // of them letters,
  std::uint16_t digits = 0;       //   digits for letters,
  std::uint16_t signs = 0;        //   signs for letters,
  std::uint16_t drawn = 0;        //   other letters for one ("rn", l for i),
  std::uint16_t drawn_signs = 0;  // several signs for one ("|-|"),
  std::uint16_t any_masks = 0;    // and masks, of any letter
  std::uint16_t vowel_masks = 0;  //   or of a vowel
  std::uint16_t longest_gap = 0;
  bool alike = true;     // all gaps are the same characters
  bool spaces = false;   // a gap holds white space
  bool odd_gap = false;  // a gap holds what does not stand inside words
  bool apostrophe = false;
  bool stretched = false;
  bool formatted = false;     // marks of Markdown stand inside
  bool looked = false;        // a letter stands for another one, or is not written plainly
  bool other_script = false;  // a letter of another script stands for a Latin one
  bool latin = false;         // a plain Latin letter stands for itself
  bool small = false;         // a small letter is among them
  bool mask_first = false;
  bool mask_last = false;
  bool sign_first = false;
  bool sign_last = false;

  [[nodiscard]] std::uint16_t masks() const noexcept {
    return static_cast<std::uint16_t>(any_masks + vowel_masks);
  }
  // Letters and digits are among what was read.
  [[nodiscard]] bool has_letters() const noexcept { return shown + drawn + digits != 0; }
  // What stands in the gaps may cut a word; between letters that are spaced out more may.
  [[nodiscard]] bool may_be_cut() const noexcept { return !spaces && !odd_gap && longest_gap <= 3; }
  // As anyone would write it.
  [[nodiscard]] bool plain() const noexcept {
    return gaps == 0 && digits + signs + drawn + drawn_signs + masks() == 0 && !stretched &&
           !looked;
  }
};

// A word read from glyphs [begin, end).
struct Reading {
  const Lexicon::Entry* entry = nullptr;
  std::size_t begin = 0;
  std::size_t end = 0;
  Trail trail;
};

// Walks the lexicon from one glyph on. The work is bounded for each start, and by
// what is left of the steps for the whole text; past a bound the walk stops and says
// so.
class DisguiseWalk {
 public:
  DisguiseWalk(std::span<const Glyph> glyphs, const Lexicon& lexicon, std::size_t& steps_left,
               std::vector<Reading>& out) noexcept
      : glyphs_(glyphs), lexicon_(lexicon), steps_left_(steps_left), out_(out) {
    while (words_end_ > 0 && !glyphs_[words_end_ - 1].is_word()) --words_end_;
    while (disguised_end_ > 0 && !may_disguise(disguised_end_ - 1)) --disguised_end_;
  }

  // From here on all glyphs are plain: what is plain up to here can be no disguise.
  [[nodiscard]] std::size_t disguised_end() const noexcept { return disguised_end_; }
  // Finds no more than plain words from behind disguised_end() on, and leaves them out.
  void from(std::size_t begin, Lexicon::Node root);
  [[nodiscard]] bool gave_up() const noexcept { return gave_up_; }

 private:
  [[nodiscard]] bool may_be_spaced_out(const Trail& trail, std::size_t next) const noexcept;
  [[nodiscard]] bool may_disguise(std::size_t at) const noexcept;
  [[nodiscard]] bool may_begin(Lexicon::Node root, const Glyph& glyph) const noexcept;
  void visit(Lexicon::Node node, std::size_t at, const Trail& trail);
  void cross_gaps(Lexicon::Node node, std::size_t at, const Trail& trail);
  void read(Lexicon::Node node, std::size_t at, const Trail& trail);
  void read_letter(Lexicon::Node node, std::size_t at, char32_t symbol, const Trail& trail);
  void read_run(Lexicon::Node node, std::size_t at, char32_t symbol, const Trail& trail);
  void read_drawn(Lexicon::Node node, std::size_t at, const Trail& trail);
  void read_mask(Lexicon::Node node, std::size_t at, const Trail& trail);
  [[nodiscard]] bool is_drawn(const Drawn& drawn, std::size_t at) const noexcept;
  [[nodiscard]] bool starts_run(std::size_t at) const noexcept;
  [[nodiscard]] bool stands_in_run(std::size_t at) const noexcept;
  [[nodiscard]] Trail with_gap(const Trail& trail, std::size_t begin,
                               std::size_t end) const noexcept;

  std::span<const Glyph> glyphs_;
  const Lexicon& lexicon_;
  std::size_t& steps_left_;
  std::vector<Reading>& out_;
  std::size_t words_end_ = glyphs_.size();      // behind the last letter or digit
  std::size_t disguised_end_ = glyphs_.size();  // behind the last glyph that is not plain
  std::size_t begin_ = 0;
  std::size_t steps_ = 0;
  bool gave_up_ = false;
};

}  // namespace modcore::text
