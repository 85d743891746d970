// From bytes to glyphs, one pass.
#include "text/glyph.hpp"

#include <algorithm>
#include <cstddef>

#include "support/utf8.hpp"
#include "text/confusable_tables.hpp"
#include "text/leet.hpp"
#include "text/markup.hpp"
#include "text/unicode_tables.hpp"

namespace modcore::text {
namespace {

constexpr char32_t right_to_left_override = 0x202E;
constexpr char32_t pop_formatting = 0x202C;
constexpr char32_t pop_isolate = 0x2069;
constexpr char32_t keycap = 0x20E3;
// The accents fold reads it as a letter, as case folding does; the eye sees a mark.
constexpr char32_t iota_below = 0x0345;
constexpr char32_t wide_space = 0x2003;  // stands for two spaces and more

// Symbols by category that are letters to the eye: enclosed, squared and
// regional-indicator letters, letter-like signs.
constexpr bool is_enclosed(char32_t c) noexcept {
  return (c >= 0x2100 && c < 0x2190) || (c >= 0x2460 && c < 0x2500) ||
         (c >= 0x3200 && c < 0x3400) || (c >= 0x1F100 && c < 0x1F200);
}

class GlyphReader {
 public:
  GlyphReader(std::string_view text, Range range, std::vector<Glyph>& out) noexcept
      : text_(text.substr(0, range.end)), at_(range.begin), out_(out), first_(out.size()) {}

  void run() {
    const AsciiGlyphs& ascii = ascii_glyphs();
    while (at_ < text_.size()) step(ascii);
    end_override();
    for (std::size_t i = first_; i < out_.size(); ++i) look_around(i);
  }

 private:
  // The glyph of each ASCII character that is one, whatever stands around it; of the
  // others the width is 0.
  using AsciiGlyphs = std::array<Glyph, 128>;
  static const AsciiGlyphs& ascii_glyphs() {
    static const AsciiGlyphs table = [] {
      AsciiGlyphs made;
      std::vector<Glyph> one;
      for (std::size_t c = 0; c < made.size(); ++c) {
        const char byte = static_cast<char>(c);
        one.clear();
        GlyphReader({&byte, 1}, {0, 1}, one).read(static_cast<char32_t>(c), 1, 0);
        const bool simple = one.size() == 1 && one.front().kind != GlyphKind::space;
        if (simple) made[c] = one.front();
        if (!simple || byte == '&' || byte == '<' || byte == '[') made[c].width = 0;
      }
      return made;
    }();
    return table;
  }

  void step(const AsciiGlyphs& ascii) {
    const char c = text_[at_];
    if (static_cast<unsigned char>(c) < 0x80) {
      const Glyph& plain = ascii[static_cast<std::size_t>(c)];
      if (plain.width != 0) {
        Glyph& glyph = out_.emplace_back(plain);
        glyph.range = {narrow(at_), narrow(at_ + 1)};
        glyph.traits |= pending_;
        pending_ = 0;
        ++at_;
        return;
      }
    }
    if (c == '&') {
      const Entity entity = entity_at(text_, at_);
      if (entity.length != 0) return read(entity.code_point, entity.length, encoded);
    }
    if (c == '<' || c == '[') {
      const Tag tag = tag_at(text_, at_);
      if (tag.length != 0) return skip(tag);
    }
    const utf8::Decoded next = utf8::decode(text_, at_);
    read(next.code_point, next.length, 0);
  }

  void skip(Tag tag) {
    if (tag.breaks) {
      add_space('\n', tag.length);
    } else {
      pending_ |= markup;
    }
    at_ += tag.length;
  }

  void read(char32_t code_point, std::uint32_t length, std::uint8_t traits) {
    if (code_point == right_to_left_override && override_ == none) override_ = out_.size();
    if (code_point == pop_formatting || code_point == pop_isolate) end_override();
    const unicode::Record& record = unicode::record(code_point);
    if ((record.flags & unicode::white_space) != 0 || code_point == 0x2800) {
      const bool line = record.fold_length == 1 && unicode::pool_text(record.fold_at, 1) == "\n";
      add_space(line || code_point == '\n' ? U'\n' : U' ', length);
    } else if (vanishes(code_point, record)) {
      if (can_extend()) {
        out_.back().range.end = narrow(at_ + length);
        if (code_point == iota_below) out_.back().traits |= decorated;
      }
    } else {
      const std::uint8_t is_upper = (record.flags & unicode::upper) != 0 ? upper : 0;
      add(code_point, record, length, traits | pending_ | is_upper);
      pending_ = 0;
    }
    at_ += length;
  }

  [[nodiscard]] bool vanishes(char32_t code_point, const unicode::Record& record) const noexcept {
    if (record.fold_length == 0 && (record.flags & unicode::fold_identity) == 0 &&
        (record.flags & unicode::hangul) == 0) {
      return true;
    }
    const bool after_picture = out_.size() > first_ && out_.back().kind == GlyphKind::picture;
    return code_point == keycap || code_point == iota_below ||
           ((record.flags & unicode::emoji_modifier) != 0 && after_picture);
  }

  // After an override has ended, the last glyph is the one that was written first.
  [[nodiscard]] bool can_extend() const noexcept {
    return out_.size() > first_ && (override_ != none || !out_.back().has(reversed));
  }

  void add(char32_t code_point, const unicode::Record& record, std::uint32_t length,
           std::uint8_t traits) {
    const confusable::Record& like = confusable::record(code_point);
    Glyph glyph{.range = {narrow(at_), narrow(at_ + length)}, .traits = traits};
    if ((like.traits & confusable::sequence) != 0) {
      glyph.traits |= decorated;
      for (std::uint8_t i = 0; i < like.count; ++i) add_plain(glyph, like.letters[i]);
      return;
    }
    const std::string_view folded = unicode::pool_text(record.fold_at, record.fold_length);
    if ((record.flags & unicode::fold_identity) != 0 || folded.empty()) {
      glyph.letter = code_point;
      return finish(glyph, code_point, record.flags, like);
    }
    for (std::size_t i = 0; i < folded.size();) {
      const utf8::Decoded part = utf8::decode(folded, i);
      glyph.letter = part.code_point;
      finish(glyph, code_point, unicode::record(part.code_point).flags, like);
      i += part.length;
    }
    const std::size_t parts = utf8::count(folded);
    if (parts == 2 && like.count != 0) {
      out_.back().looks = {};
      out_[out_.size() - 2].width = 2;
    }
  }

  void add_plain(Glyph glyph, char letter) {
    glyph.letter = static_cast<char32_t>(letter);
    glyph.kind = letter <= '9' ? GlyphKind::digit : GlyphKind::letter;
    set_looks(glyph, leet_letters(glyph.letter));
    out_.push_back(glyph);
  }

  void finish(Glyph glyph, char32_t written, std::uint32_t flags, const confusable::Record& like) {
    const std::string_view letters(like.letters, like.count);
    if (!letters.empty() && letters[0] >= '0' && letters[0] <= '9') {
      glyph.traits |= decorated;
      return add_plain(glyph, letters[0]);
    }
    set_looks(glyph, letters.empty() ? leet_letters(glyph.letter) : letters);
    if (!letters.empty()) {
      const bool of_other_script = (like.traits & confusable::foreign) != 0;
      glyph.traits |= static_cast<std::uint8_t>(decorated | (of_other_script ? foreign : 0));
    }
    glyph.kind = kind_of(written, flags, !letters.empty());
    if (!glyph.is_word())
      glyph.mask = glyph.kind == GlyphKind::picture ? Mask::vowel : mask_of(glyph.letter);
    out_.push_back(glyph);
  }

  [[nodiscard]] static GlyphKind kind_of(char32_t code_point, std::uint32_t flags,
                                         bool like) noexcept {
    if ((flags & unicode::decimal) != 0) return GlyphKind::digit;
    if ((flags & unicode::word) != 0) return GlyphKind::letter;
    if (like && is_enclosed(code_point)) return GlyphKind::letter;
    const bool pictured = (flags & (unicode::emoji_default | unicode::pictograph)) != 0;
    return pictured && code_point >= 0x80 ? GlyphKind::picture : GlyphKind::symbol;
  }

  static void set_looks(Glyph& glyph, std::string_view letters) noexcept {
    std::copy_n(letters.begin(), std::min(letters.size(), glyph.looks.size()), glyph.looks.begin());
  }

  void add_space(char32_t letter, std::uint32_t length) {
    const std::uint32_t end = narrow(at_ + length);
    pending_ = 0;
    if (out_.size() > first_ && out_.back().kind == GlyphKind::space) {
      Glyph& last = out_.back();
      last.range.end = end;
      last.letter = last.letter == '\n' || letter == '\n' ? U'\n' : wide_space;
    } else {
      out_.push_back({.range = {narrow(at_), end}, .letter = letter, .kind = GlyphKind::space});
    }
    if (letter == '\n') end_override();
  }

  void end_override() {
    if (override_ == none) return;
    const auto begin = out_.begin() + static_cast<std::ptrdiff_t>(override_);
    std::reverse(begin, out_.end());
    std::for_each(begin, out_.end(), [](Glyph& glyph) { glyph.traits |= reversed; });
    override_ = none;
  }

  // A bare stroke is l or i: capital I beside small letters, small l beside
  // capitals or between consonants. "Ill", "SHlT" and "shlt" are told from "AI" and
  // "all" so.
  void look_around(std::size_t i) noexcept {
    Glyph& glyph = out_[i];
    if (glyph.looks[0] != 0 || glyph.kind != GlyphKind::letter) return;
    const bool capital_i = glyph.letter == 'i' && glyph.has(upper);
    const bool small_l = glyph.letter == 'l' && !glyph.has(upper) && text_[glyph.range.begin] == 'l';
    if (!capital_i && !small_l) return;
    const int before = case_beside(i, -1);
    const int after = case_beside(i, 1);
    if (capital_i && before <= 0 && after <= 0) glyph.looks[0] = 'l';
    if (small_l && before >= 0 && after >= 0 && before + after > 0) glyph.looks[0] = 'i';
    if (small_l && i > first_ && i + 1 < out_.size() && is_consonant(out_[i - 1]) &&
        is_consonant(out_[i + 1])) {
      glyph.looks[0] = 'i';
    }
  }

  static bool is_consonant(const Glyph& glyph) noexcept {
    return glyph.kind == GlyphKind::letter && glyph.letter >= 'a' && glyph.letter <= 'z' &&
           std::string_view("aeiouyl").find(static_cast<char>(glyph.letter)) ==
               std::string_view::npos;
  }

  // Of the next letter on one side, other strokes skipped ("buIIs"): 1 for a
  // capital, -1 for a small letter, 0 for none.
  [[nodiscard]] int case_beside(std::size_t i, int step) const noexcept {
    for (int skipped = 0; skipped < 3; ++skipped) {
      if (step < 0 ? i == first_ : i + 1 == out_.size()) return 0;
      i = step < 0 ? i - 1 : i + 1;
      const Glyph& glyph = out_[i];
      if (glyph.kind != GlyphKind::letter) return 0;
      if (glyph.letter != 'i' || !glyph.has(upper)) return glyph.has(upper) ? 1 : -1;
    }
    return 0;
  }

  static std::uint32_t narrow(std::size_t offset) noexcept {
    return static_cast<std::uint32_t>(offset);
  }

  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  std::string_view text_;
  std::size_t at_;
  std::vector<Glyph>& out_;
  std::size_t first_;
  std::size_t override_ = none;  // where the glyphs under an override begin
  std::uint8_t pending_ = 0;
};

}  // namespace

void read_glyphs(std::string_view text, Range range, std::vector<Glyph>& out) {
  GlyphReader(text, range, out).run();
}

}  // namespace modcore::text
