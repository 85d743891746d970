// The letters of the word are laid beside the glyphs: the first way that fits, plainer
// ways first. Every step that the walk makes is possible here, without its rules of
// plausibility, which the finder has applied.
#include "text/disguise_trace.hpp"

#include <algorithm>
#include <string>

#include "support/utf8.hpp"
#include "text/glyph.hpp"
#include "text/leet.hpp"
#include "text/suspects.hpp"

namespace modcore::text {
namespace {

// The glyphs of the range, read with what stands around it: an override, capitals.
std::vector<Glyph> glyphs_of(std::string_view text, Range range) {
  std::vector<Range> suspects;
  find_suspects(text, suspects);
  Range around = range;
  for (const Range suspect : suspects) {
    if (suspect.end <= range.begin || suspect.begin >= range.end) continue;
    around.begin = std::min(around.begin, suspect.begin);
    around.end = std::max(around.end, suspect.end);
  }
  std::vector<Glyph> glyphs;
  read_glyphs(text, around, glyphs);
  std::erase_if(glyphs, [&](const Glyph& glyph) {
    return glyph.range.begin < range.begin || glyph.range.end > range.end;
  });
  return glyphs;
}

std::u32string letters_of(std::string_view word) {
  std::u32string letters;
  for (std::size_t at = 0; at < word.size();) {
    const utf8::Decoded next = utf8::decode(word, at);
    letters += next.code_point;
    at += next.length;
  }
  return letters;
}

class Tracer {
  static constexpr std::uint16_t itself = 1U << 15;  // beside ReadAs, on the way

 public:
  Tracer(const std::vector<Glyph>& glyphs, std::u32string word)
      : glyphs_(glyphs),
        word_(std::move(word)),
        dead_((glyphs.size() + 1) * (word_.size() + 1), false) {}

  // Whether the word can be read from glyph `at` on, to the end of the glyphs if
  // `whole`; parts() then has how.
  bool read(std::size_t at, bool whole) {
    whole_ = whole;
    std::fill(dead_.begin(), dead_.end(), false);
    parts_.clear();
    return step(at, 0);
  }
  [[nodiscard]] const std::vector<ReadPart>& parts() const noexcept { return parts_; }
  // The glyph behind the word.
  [[nodiscard]] std::size_t end() const noexcept { return end_; }

 private:
  bool step(std::size_t at, std::size_t letter) {
    if (letter == word_.size()) {
      end_ = at;
      return !whole_ || at == glyphs_.size();
    }
    if (at == glyphs_.size() || dead(at, letter)) return false;
    const std::size_t size = parts_.size();
    if (letter_itself(at, letter) || other_letter(at, letter) || drawn(at, letter) ||
        masked(at, letter) || joined(at, letter)) {
      return true;
    }
    parts_.resize(size);
    dead_[at * (word_.size() + 1) + letter] = true;
    return false;
  }

  [[nodiscard]] bool dead(std::size_t at, std::size_t letter) const {
    return dead_[at * (word_.size() + 1) + letter];
  }

  bool letter_itself(std::size_t at, std::size_t letter) {
    const Glyph& glyph = glyphs_[at];
    if (!glyph.is_word() || glyph.letter != word_[letter]) return false;
    return take(at, 1, letter, itself);
  }

  bool other_letter(std::size_t at, std::size_t letter) {
    const Glyph& glyph = glyphs_[at];
    if (glyph.letter == word_[letter] && glyph.is_word()) return false;
    if (!glyph.stands_for(Lexicon::symbol_of(word_[letter]))) return false;
    std::uint16_t as = glyph.has(decorated) ? 0 : leet_sign;
    if (glyph.kind == GlyphKind::letter && !glyph.has(decorated)) {
      as = word_[letter] < 0x80 ? drawn_letter : lookalike;
    }
    return take(at, glyph.width, letter, as);
  }

  // Also with more of the same letter behind it, whether the word has them or not.
  bool take(std::size_t at, std::size_t width, std::size_t letter, std::uint16_t as) {
    const std::size_t size = parts_.size();
    add(at, width, word_[letter], as);
    if (step(at + width, letter + 1)) return true;
    std::size_t end = at + 1;
    while (end < glyphs_.size() && glyphs_[end].letter == glyphs_[at].letter) ++end;
    if (end - at < 3) return undo(size);
    for (std::size_t i = at + 1; i < end; ++i) add(i, 1, 0, stretched);
    std::size_t next = letter + 1;
    do {
      if (step(end, next)) return true;
    } while (next < word_.size() && word_[next++] == word_[letter]);
    return undo(size);
  }

  bool drawn(std::size_t at, std::size_t letter) {
    for (const Drawn& one : drawn_from(glyphs_[at].letter)) {
      const std::size_t width = one.parts.size();
      if (static_cast<char32_t>(one.letter) != Lexicon::symbol_of(word_[letter]) || glyphs_.size() - at < width) continue;
      const auto first = glyphs_.begin() + static_cast<std::ptrdiff_t>(at);
      const bool there = std::equal(
          one.parts.begin(), one.parts.end(), first,
          [](char c, const Glyph& glyph) { return glyph.letter == static_cast<char32_t>(c); });
      if (!there) continue;
      const std::size_t size = parts_.size();
      add(at, width, word_[letter], drawn_letter);
      if (step(at + width, letter + 1)) return true;
      static_cast<void>(undo(size));
    }
    return false;
  }

  bool masked(std::size_t at, std::size_t letter) {
    if (glyphs_[at].mask == Mask::none) return false;
    const std::size_t size = parts_.size();
    add(at, 1, word_[letter], hidden);
    return step(at + 1, letter + 1) || undo(size);
  }

  bool joined(std::size_t at, std::size_t letter) {
    if (letter == 0 || glyphs_[at].is_word()) return false;
    const std::size_t size = parts_.size();
    add(at, 1, 0, is_marker(at) ? formatting : joint);
    return step(at + 1, letter) || undo(size);
  }

  // Marks of Markdown come in twos and more.
  [[nodiscard]] bool is_marker(std::size_t at) const {
    const char32_t letter = glyphs_[at].letter;
    if (std::u32string_view(U"*_~`|").find(letter) == std::u32string_view::npos) return false;
    return (at > 0 && glyphs_[at - 1].letter == letter) ||
           (at + 1 < glyphs_.size() && glyphs_[at + 1].letter == letter);
  }

  void add(std::size_t at, std::size_t width, char32_t letter, std::uint16_t as) {
    ReadPart part{glyphs_[at].range, letter, as};
    for (std::size_t i = at; i < at + width && i < glyphs_.size(); ++i) {
      const Glyph& glyph = glyphs_[i];
      part.range.begin = std::min(part.range.begin, glyph.range.begin);
      part.range.end = std::max(part.range.end, glyph.range.end);
      if (glyph.has(encoded)) part.as |= entity;
      if (glyph.has(reversed)) part.as |= backwards;
      if (glyph.has(decorated) && (as & itself) == 0) part.as |= glyph.has(foreign) ? lookalike : letter_sign;
    }
    part.as &= static_cast<std::uint16_t>(~itself);
    parts_.push_back(part);
  }

  bool undo(std::size_t size) {
    parts_.resize(size);
    return false;
  }

  const std::vector<Glyph>& glyphs_;
  std::u32string word_;
  std::vector<bool> dead_;  // by glyph and letter: tried in vain
  std::vector<ReadPart> parts_;
  std::size_t end_ = 0;
  bool whole_ = true;
};

void add_plain(const std::vector<Glyph>& glyphs, std::size_t begin, std::size_t end,
               std::vector<ReadPart>& out) {
  for (std::size_t i = begin; i < end; ++i) {
    ReadPart part{glyphs[i].range, glyphs[i].letter, 0};
    if (!glyphs[i].is_word()) part = {glyphs[i].range, 0, joint};
    out.push_back(part);
  }
}

// What stands between the parts and is no glyph.
std::vector<ReadPart> with_formatting(const std::vector<ReadPart>& parts) {
  std::vector<ReadPart> out;
  for (const ReadPart& part : parts) {
    if (!out.empty() && out.back().range.end < part.range.begin && (part.as & backwards) == 0) {
      out.push_back({{out.back().range.end, part.range.begin}, 0, formatting});
    }
    out.push_back(part);
  }
  return out;
}

}  // namespace

std::vector<ReadPart> trace_disguise(std::string_view text, Range range, std::string_view word,
                                     Lexicon::Form form) {
  const std::vector<Glyph> glyphs = glyphs_of(text, range);
  Tracer tracer(glyphs, letters_of(word));
  const bool ends = form != Lexicon::Form::prefix && form != Lexicon::Form::inside;
  const bool begins = form != Lexicon::Form::suffix && form != Lexicon::Form::inside;
  const std::size_t last = begins ? 0 : glyphs.size();
  for (std::size_t at = 0; at <= last; ++at) {
    if (!tracer.read(at, ends)) continue;
    std::vector<ReadPart> parts;
    add_plain(glyphs, 0, at, parts);
    parts.insert(parts.end(), tracer.parts().begin(), tracer.parts().end());
    add_plain(glyphs, tracer.end(), glyphs.size(), parts);
    return with_formatting(parts);
  }
  return {};
}

}  // namespace modcore::text
