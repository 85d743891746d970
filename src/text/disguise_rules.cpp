// Each rule names the honest text that it protects.
#include "text/disguise_rules.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

#include "text/honest_words.hpp"

namespace modcore::text {
namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
constexpr std::uint16_t short_word = 4;  // below it, a word needs stronger signs

using Form = Lexicon::Form;

// Signs that join letters to one word wherever they stand: "b@$$" does not end
// before the @. The others ("|", "!", "+") also part words.
bool joins(const Glyph& glyph) noexcept {
  if (glyph.is_word()) return true;
  if (glyph.kind != GlyphKind::symbol || glyph.looks[0] == 0) return false;
  return glyph.letter == '$' || glyph.letter == '@' || glyph.letter >= 0x80;
}

bool edge_before(std::span<const Glyph> glyphs, std::size_t begin) noexcept {
  if (begin == 0 || !joins(glyphs[begin - 1])) return true;
  return !glyphs[begin - 1].is_word() && (begin == 1 || !glyphs[begin - 2].is_word());
}

bool edge_after(std::span<const Glyph> glyphs, std::size_t end) noexcept {
  if (end == glyphs.size() || !joins(glyphs[end])) return true;
  return !glyphs[end].is_word() && (end + 1 == glyphs.size() || !glyphs[end + 1].is_word());
}

// The nearest letter or digit before `begin` and from `end` on.
std::size_t word_before(std::span<const Glyph> glyphs, std::size_t begin) noexcept {
  while (begin > 0 && !glyphs[begin - 1].is_word()) --begin;
  return begin == 0 ? nowhere : begin - 1;
}
std::size_t word_after(std::span<const Glyph> glyphs, std::size_t end) noexcept {
  while (end < glyphs.size() && !glyphs[end].is_word()) ++end;
  return end == glyphs.size() ? nowhere : end;
}

// ---- Spaced-out letters --------------------------------------------------------

bool is_spaced_out(const Trail& trail) noexcept {
  return trail.groups >= 3 && std::popcount(trail.gaps) == trail.groups - 1;
}

// Whether the glyphs [begin, end) part words where the gaps of the reading do
// not: by white space, or by white space of another kind.
bool parts(std::span<const Glyph> glyphs, const Trail& trail, std::size_t begin, std::size_t end) {
  const auto gap = glyphs.subspan(begin, end - begin);
  const auto inner = glyphs.subspan(trail.gap_begin, trail.gap_end - trail.gap_begin);
  const bool space = std::any_of(gap.begin(), gap.end(),
                                 [](const Glyph& g) { return g.kind == GlyphKind::space; });
  const bool same = std::equal(gap.begin(), gap.end(), inner.begin(), inner.end(),
                               [](const Glyph& a, const Glyph& b) { return a.letter == b.letter; });
  return space && ((trail.alike && !same) || !trail.spaces);
}

// A one-letter word before the spaced-out one: "such a  s h i t".
bool is_article(char32_t letter) noexcept {
  return std::u32string_view(U"aeiouwyz").find(letter) != std::u32string_view::npos;
}

// What stands before the row is no part of it, but for an article.
bool row_begins(std::span<const Glyph> glyphs, const Reading& reading) {
  const std::size_t before = word_before(glyphs, reading.begin);
  if (before == nowhere || parts(glyphs, reading.trail, before + 1, reading.begin)) return true;
  const bool first = word_before(glyphs, before) == nowhere;
  return reading.trail.letters >= short_word && first && before + 1 != reading.begin &&
         is_article(glyphs[before].letter);
}

// Nor is what stands after it, but for a "u".
bool row_ends(std::span<const Glyph> glyphs, const Reading& reading) {
  const std::size_t after = word_after(glyphs, reading.end);
  if (after == nowhere || parts(glyphs, reading.trail, reading.end, after)) return true;
  return reading.trail.letters >= short_word && after != reading.end &&
         glyphs[after].letter == 'u' && word_after(glyphs, after + 1) == nowhere;
}

// "D I C K E N S" does not hold "d i c k": the whole row of letters is the word. With
// any ending, or beginning, it may go on there.
bool is_whole_row(std::span<const Glyph> glyphs, const Reading& reading) {
  const Form form = reading.entry->form;
  return (form == Form::suffix || row_begins(glyphs, reading)) &&
         (form == Form::prefix || row_ends(glyphs, reading));
}

// "A, B, C" and "a) b)" are lists: the gaps are short, or exactly alike.
bool is_plausible_row(std::span<const Glyph> glyphs, const Reading& reading) {
  const Trail& trail = reading.trail;
  if (!trail.alike && (trail.longest_gap > 3 || trail.letters < short_word)) return false;
  return trail.shown * 2 >= trail.groups && is_whole_row(glyphs, reading);
}

// ---- Punctuation inside a word ---------------------------------------------------

// "end.Start": the space after a sentence was forgotten.
bool is_sentence_break(std::span<const Glyph> glyphs, const Trail& trail) noexcept {
  return trail.gap_end < glyphs.size() && glyphs[trail.gap_end].has(upper) &&
         !glyphs[trail.gap_begin - 1].has(upper) && glyphs[trail.gap_begin].letter == '.';
}

// "www.pen.is.com", "a-b-c": the word is part of something longer.
bool goes_on(std::span<const Glyph> glyphs, const Reading& reading) noexcept {
  const char32_t gap = glyphs[reading.trail.gap_begin].letter;
  const auto continues = [&](std::size_t at, std::size_t beyond) {
    if (at >= glyphs.size()) return false;
    const char32_t letter = glyphs[at].letter;
    if (letter == '/' || letter == '@' || letter == ':') return true;
    return letter == gap && beyond < glyphs.size() && glyphs[beyond].is_word();
  };
  return continues(reading.begin - 1, reading.begin - 2) || continues(reading.end, reading.end + 1);
}

// Punctuation that people write between two words without a space.
bool parts_words(const Glyph& glyph) noexcept {
  return std::u32string_view(U".,-_'").find(glyph.letter) != std::u32string_view::npos;
}

// "d'accord", "who're".
bool is_contraction(std::span<const Glyph> glyphs, const Reading& reading) {
  const auto left = static_cast<std::size_t>(std::countr_zero(reading.trail.gaps));
  const std::size_t right = reading.end - reading.trail.gap_end;
  const std::u32string_view ends = U"sdtm";
  if (left == 1 || (right == 1 && ends.find(glyphs[reading.end - 1].letter) != ends.npos))
    return true;
  const auto is = [&](char32_t a, char32_t b) {
    return right == 2 && glyphs[reading.end - 2].letter == a && glyphs[reading.end - 1].letter == b;
  };
  return is('l', 'l') || is('r', 'e') || is('v', 'e');
}

// "he'll", "c'est", "pen.is", "as-shole": contractions, and two words without a space;
// "!?!?!", "|---|": rows of signs.
bool is_plausible_cut(std::span<const Glyph> glyphs, const Reading& reading) {
  const Trail& trail = reading.trail;
  if (trail.letters < short_word || !trail.may_be_cut() || !trail.has_letters()) return false;
  if (parts_words(glyphs[trail.gap_begin]) && (trail.gaps & reading.entry->safe_splits) == 0)
    return false;
  if (trail.apostrophe && is_contraction(glyphs, reading)) return false;
  return !is_sentence_break(glyphs, trail) && !goes_on(glyphs, reading);
}

// ---- Leet ------------------------------------------------------------------------

// "5h17" is a time of day in French.
bool is_time(std::span<const Glyph> word) noexcept {
  const auto hour =
      std::find_if(word.begin(), word.end(), [](const Glyph& g) { return g.letter == 'h'; });
  if (hour == word.end() || hour == word.begin() || hour - word.begin() > 2) return false;
  const auto is_digit = [](const Glyph& g) { return g.kind == GlyphKind::digit; };
  return std::all_of(word.begin(), hour, is_digit) && word.end() - hour == 3 &&
         std::all_of(hour + 1, word.end(), is_digit);
}

// Numbers, model names ("A55"), "m8" and "ni8" (eight), "(um",
// "C#", "Ana!", "|ick".
bool is_plausible_leet(std::span<const Glyph> word, const Trail& trail) {
  const int letters = trail.shown + trail.drawn;
  const int leet = trail.digits + trail.signs + trail.drawn_signs;
  if (leet == 0) return true;
  const auto strong = [](const Glyph& g) {
    return g.letter == '$' || g.letter == '@' || g.letter >= 0x80;
  };
  const Glyph& first = word.front();
  const Glyph& last = word.back();
  if (trail.digits > 0) {
    if (letters == 0 || is_time(word)) return false;
    if (trail.letters < short_word && (letters < 2 || last.letter == '8')) return false;
    if (letters * 2 < trail.letters && !trail.small) return false;
  } else if (letters == 0 && !std::all_of(word.begin(), word.end(), strong) &&
             (trail.letters < short_word || !strong(first))) {
    return false;
  }
  const bool more = leet >= 2;
  if (trail.sign_first && !strong(first)) {
    const bool bar = (first.letter == '|' || first.letter == '+') && more;
    const bool bang = first.letter == '!' && trail.letters >= short_word;
    if (!bar && !bang && trail.drawn_signs == 0) return false;
  }
  if (trail.sign_last && !strong(last)) {
    const bool bar = (last.letter == '|' || last.letter == '+') && more;
    if (!bar && (trail.drawn_signs == 0 || last.letter == ')')) return false;
  }
  if (trail.letters < short_word && trail.signs > 0 && letters < 2) {
    return std::all_of(word.begin(), word.end(),
                       [&](const Glyph& g) { return g.is_word() || strong(g); });
  }
  return true;
}

// ---- Masks -----------------------------------------------------------------------

// The letters and digits of a word as ASCII, "" if it holds others.
struct Written {
  std::array<char, 96> bytes{};
  std::size_t size = 0;
  [[nodiscard]] std::string_view view() const noexcept { return {bytes.data(), size}; }
};
Written written(std::span<const Glyph> word) noexcept {
  Written out;
  for (const Glyph& glyph : word) {
    if (glyph.letter >= 0x80 || out.size == out.bytes.size()) return {};
    if (glyph.is_word()) out.bytes[out.size++] = static_cast<char>(glyph.letter);
  }
  return out;
}

// "*part", "*all*": a correction, emphasis.
bool is_plausible_first_mask(std::span<const Glyph> glyphs, const Reading& reading) {
  const auto is_mask = [&](std::size_t at) {
    return at < glyphs.size() && glyphs[at].letter == glyphs[reading.begin].letter;
  };
  const auto word = glyphs.subspan(reading.begin, reading.end - reading.begin);
  return !reading.trail.mask_last && !is_mask(reading.begin - 1) && !is_mask(reading.end) &&
         !is_ordinary_word(written(word).view());
}

// "coat*", "her*": a footnote after an ordinary word.
bool is_plausible_last_mask(std::span<const Glyph> word, const Trail& trail) {
  if (trail.vowel_masks != 0 || word.back().letter != '*') return false;
  if (trail.masks() == 1) return !is_ordinary_word(written(word).view());
  return word[word.size() - 2].mask == Mask::none;
}

// "S.Karp": an initial and a name.
bool is_initial(std::span<const Glyph> glyphs, const Reading& reading) {
  const auto name = glyphs.subspan(reading.begin);
  return name.size() > 3 && name[0].has(upper) && name[1].letter == '.' && name[2].has(upper) &&
         name[3].kind == GlyphKind::letter && !name[3].has(upper);
}

// "a*b" is a product, "word*" a footnote, "x-y" a compound.
bool is_plausible_mask(std::span<const Glyph> glyphs, const Reading& reading) {
  const Trail& trail = reading.trail;
  if (trail.masks() == 0) return true;
  if (trail.masks() * 2 > trail.groups || (trail.masks() > 1 && trail.looked && trail.signs == 0)) {
    return false;
  }
  if (trail.letters < short_word) {
    return trail.any_masks == 1 && trail.vowel_masks == 0 && !trail.mask_last;
  }
  if (trail.mask_first && !is_plausible_first_mask(glyphs, reading)) return false;
  if (is_initial(glyphs, reading)) return false;
  if (trail.vowel_masks > 0 && (trail.vowel_masks > 2 || trail.digits + trail.drawn_signs > 0))
    return false;
  const auto word = glyphs.subspan(reading.begin, reading.end - reading.begin);
  return !trail.mask_last || is_plausible_last_mask(word, trail);
}

// ---- Two letters for one -----------------------------------------------------------

// "burns", "click": words in their own right. Of longer words ("nuclear", nude*) too
// little is known.
bool is_plausible_drawing(std::span<const Glyph> word, const Reading& reading) {
  const Trail& trail = reading.trail;
  if (trail.drawn == 0 && trail.drawn_signs == 0) return true;
  if (trail.letters < short_word) return false;
  if (trail.drawn_signs > 0) return trail.shown * 3 >= trail.letters;
  const bool whole = reading.entry->form == Form::whole || reading.entry->form == Form::row;
  return whole && !is_honest_lookalike(written(word).view());
}

}  // namespace

Extent extent_of(std::span<const Glyph> glyphs, const Reading& reading) {
  const Form form = reading.entry->form;
  const bool row = is_spaced_out(reading.trail);
  Extent extent{reading.begin, reading.end};
  while (form == Form::prefix) {
    const std::size_t next = word_after(glyphs, extent.end);
    const bool adjacent = next == extent.end;
    if (next == nowhere || !(adjacent || row)) break;
    if (!adjacent && parts(glyphs, reading.trail, extent.end, next)) break;
    extent.end = next + 1;
  }
  while (form == Form::suffix) {
    const std::size_t next = word_before(glyphs, extent.begin);
    const bool adjacent = next != nowhere && next + 1 == extent.begin;
    if (next == nowhere || !(adjacent || row)) break;
    if (!adjacent && parts(glyphs, reading.trail, next + 1, extent.begin)) break;
    extent.begin = next;
  }
  return extent;
}

bool at_edges(std::span<const Glyph> glyphs, const Reading& reading) {
  const Form form = reading.entry->form;
  const bool begins =
      form == Form::suffix || form == Form::inside || edge_before(glyphs, reading.begin);
  const bool ends = form == Form::prefix || form == Form::inside || edge_after(glyphs, reading.end);
  return begins && ends;
}

bool is_plausible(std::span<const Glyph> glyphs, const Reading& reading, bool latin_text) {
  const Trail& trail = reading.trail;
  if (reading.entry->form == Form::row && !is_spaced_out(trail)) return false;
  const auto word = glyphs.subspan(reading.begin, reading.end - reading.begin);
  if (trail.gaps != 0) {
    const bool fits = is_spaced_out(trail) ? is_plausible_row(glyphs, reading)
                                           : is_plausible_cut(glyphs, reading);
    if (!fits) return false;
  }
  // Words of another script that happen to look like Latin ones.
  if (trail.other_script && !trail.latin && !reading.entry->other_script &&
      (!latin_text || trail.letters < short_word)) {
    return false;
  }
  return is_plausible_leet(word, trail) && is_plausible_mask(glyphs, reading) &&
         is_plausible_drawing(word, reading);
}

}  // namespace modcore::text
