// Suspects to glyphs to readings to what is plausible among them.
#include "text/disguise.hpp"

#include <algorithm>
#include <cstddef>

#include "support/utf8.hpp"
#include "text/confusable_tables.hpp"
#include "text/disguise_rules.hpp"
#include "text/suspects.hpp"
#include "text/unicode_tables.hpp"

namespace modcore::text {
namespace {

// Honest text takes less than one step a byte, a short post of nothing but disguises
// a few thousand; a flood of signs would take thousands a byte.
constexpr std::size_t least_steps = 50'000;
constexpr std::size_t steps_a_byte = 16;

void append_likeliest(std::string& out, const Glyph& glyph) {
  const bool shown = glyph.is_word() && !glyph.has(decorated) && glyph.kind != GlyphKind::digit;
  if (!shown && glyph.looks[0] != 0) {
    out += glyph.looks[0];
  } else if (glyph.is_word()) {
    utf8::append(out, glyph.letter);
  } else if (glyph.mask == Mask::any) {
    out += '?';
  }
}

}  // namespace

std::string skeleton(std::string_view text) {
  std::vector<Range> suspects;
  std::vector<Glyph> glyphs;
  find_suspects(text, suspects);
  std::string out;
  std::size_t at = 0;
  for (const Range suspect : suspects) {
    out += text.substr(at, suspect.begin - at);
    glyphs.clear();
    read_glyphs(text, suspect, glyphs);
    for (const Glyph& glyph : glyphs) append_likeliest(out, glyph);
    at = suspect.end;
  }
  return out += text.substr(at);
}

void DisguiseFinder::find(std::string_view text, const Lexicon& lexicon,
                          std::vector<Disguised>& out) {
  text_ = text;
  latin_ = Latin::unknown;
  gave_up_ = false;
  steps_left_ = least_steps + steps_a_byte * text.size();
  suspects_.clear();
  if (lexicon.empty()) return;
  find_suspects(text, suspects_);
  for (const Range suspect : suspects_) {
    glyphs_.clear();
    readings_.clear();
    read_glyphs(text, suspect, glyphs_);
    search(lexicon);
    judge(out);
  }
}

void DisguiseFinder::search(const Lexicon& lexicon) {
  DisguiseWalk walk(glyphs_, lexicon, steps_left_, readings_);
  for (std::size_t at = 0; at < walk.disguised_end(); ++at) {
    // Inside a run of equal letters every beginning is as good as the first, or the last.
    const bool in_run = at > 1 && glyphs_[at - 1].letter == glyphs_[at].letter &&
                        glyphs_[at - 2].letter == glyphs_[at].letter;
    const bool goes_on = in_run && at + 1 < glyphs_.size() && glyphs_[at + 1].letter == glyphs_[at].letter;
    const bool after_word = at > 0 && glyphs_[at - 1].is_word();
    if (!after_word && !goes_on) walk.from(at, lexicon.at_edge());
    if (!in_run) walk.from(at, lexicon.anywhere());
  }
  gave_up_ |= walk.gave_up();
}

void DisguiseFinder::judge(std::vector<Disguised>& out) {
  for (const Reading& reading : readings_) {
    if (reading.trail.plain() || !at_edges(glyphs_, reading)) continue;
    const bool of_other_script = reading.trail.other_script && !reading.trail.latin;
    if (!is_plausible(glyphs_, reading, !of_other_script || is_latin_text())) continue;
    out.push_back({reading.entry->id, range_of(reading)});
  }
}

// More plain Latin letters than letters of other scripts.
bool DisguiseFinder::is_latin_text() {
  if (latin_ == Latin::unknown) {
    std::int64_t balance = 0;
    for (std::size_t at = 0; at < text_.size();) {
      const utf8::Decoded next = utf8::decode(text_, at);
      at += next.length;
      const unicode::Record& record = unicode::record(next.code_point);
      if ((record.flags & unicode::word) == 0) continue;
      balance += next.code_point < 0x250 ? 1 : -1;
    }
    latin_ = balance > 0 ? Latin::yes : Latin::no;
  }
  return latin_ == Latin::yes;
}

Range DisguiseFinder::range_of(const Reading& reading) const {
  const Extent extent = extent_of(glyphs_, reading);
  Range range = glyphs_[extent.begin].range;
  for (std::size_t at = extent.begin; at < extent.end; ++at) {
    range.begin = std::min(range.begin, glyphs_[at].range.begin);
    range.end = std::max(range.end, glyphs_[at].range.end);
  }
  return range;
}

}  // namespace modcore::text
