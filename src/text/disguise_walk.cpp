// The walk: at each glyph the letter it is, the letters it can stand for, the
// letters drawn with several glyphs, and the letters that a mask hides.
#include "text/disguise_walk.hpp"

#include <algorithm>
#include <bit>

namespace modcore::text {
namespace {

constexpr std::size_t max_steps = 4000;  // for one start
constexpr std::size_t longest_gap = 12;  // glyphs between two letters
constexpr std::size_t shortest_run = 3;  // equal letters that count as stretched

constexpr bool is_vowel(char32_t c) noexcept {
  return std::u32string_view(U"aeiouy").find(c) != std::u32string_view::npos;
}

// Formatting marks of Markdown, which vanish when they come in twos and more.
constexpr bool is_marker(char32_t c) noexcept {
  return c == '*' || c == '_' || c == '~' || c == '`' || c == '|';
}

// What stands inside a written word without being part of it.
constexpr bool stands_in_words(const Glyph& glyph) noexcept {
  if (glyph.kind == GlyphKind::space || glyph.kind == GlyphKind::picture) return true;
  if (glyph.letter >= 0x80) return true;
  return std::string_view(".,-_*~`|+='").find(static_cast<char>(glyph.letter)) !=
         std::string_view::npos;
}

}  // namespace

void DisguiseWalk::from(std::size_t begin, Lexicon::Node root) {
  if (root == Lexicon::Node::none) return;
  begin_ = begin;
  steps_ = 0;
  if (steps_left_ != 0 && !may_begin(root, glyphs_[begin])) {
    --steps_left_;
    return;
  }
  read(root, begin, {});
}

// Whether anything but its own letter can be read where a glyph stands.
bool DisguiseWalk::may_disguise(std::size_t at) const noexcept {
  const Glyph& glyph = glyphs_[at];
  return !glyph.is_word() || glyph.looks[0] != 0 || glyph.mask != Mask::none ||
         (glyph.traits & (encoded | decorated | markup | reversed)) != 0 || starts_run(at) ||
         std::ranges::any_of(drawn_from(glyph.letter), [&](const Drawn& drawn) { return is_drawn(drawn, at); });
}

// Whether the glyphs from `at` on draw a letter.
bool DisguiseWalk::is_drawn(const Drawn& drawn, std::size_t at) const noexcept {
  if (glyphs_.size() - at < drawn.parts.size()) return false;
  return std::equal(drawn.parts.begin(), drawn.parts.end(), glyphs_.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char c, const Glyph& glyph) {
                      return glyph.letter == static_cast<char32_t>(c) && (glyph.traits & markup) == 0;
                    });
}

bool DisguiseWalk::may_begin(Lexicon::Node root, const Glyph& glyph) const noexcept {
  if (glyph.mask == Mask::any || !drawn_from(glyph.letter).empty()) return true;
  return (glyph.is_word() && lexicon_.may_begin(root, glyph.letter)) ||
         std::any_of(glyph.looks.begin(), glyph.looks.end(), [&](char look) {
           return look != 0 && lexicon_.may_begin(root, static_cast<char32_t>(look));
         });
}

void DisguiseWalk::visit(Lexicon::Node node, std::size_t at, const Trail& trail) {
  if (at >= disguised_end_ && trail.plain()) return;
  for (const Lexicon::Entry& entry : lexicon_.entries(node)) {
    out_.push_back({&entry, begin_, at, trail});
  }
  if (at == glyphs_.size() || lexicon_.edges(node).empty()) return;
  // Letters that are spaced out go on so; a word that is cut has gaps of few kinds.
  if (trail.gaps == 0 || trail.may_be_cut()) read(node, at, trail);
  cross_gaps(node, at, trail);
}

void DisguiseWalk::cross_gaps(Lexicon::Node node, std::size_t at, const Trail& trail) {
  if (trail.masks() != 0) return;  // what is masked is not spaced out as well
  const std::size_t until = std::min(glyphs_.size(), at + longest_gap + 1);
  for (std::size_t end = at; end < until && !glyphs_[end].is_word();) {
    if (++end == until || glyphs_[end].kind == GlyphKind::space) continue;
    // Of equal signs the first one is as good a letter as any other, unless a gap like the
    // first one stands before it.
    const bool in_run = !glyphs_[end].is_word() && glyphs_[end].letter == glyphs_[end - 1].letter;
    if (in_run && (trail.gaps == 0 || end - at != trail.gap_end - trail.gap_begin)) continue;
    const Trail wider = with_gap(trail, at, end);
    const bool cut = wider.may_be_cut() && (trail.has_letters() || end < words_end_);
    if (cut || may_be_spaced_out(trail, end)) read(node, end, wider);
  }
}

// Whether the rules may take the gaps so far for those of spaced-out letters, with one more
// before `next`: they stand between all letters, and half of these are shown.
bool DisguiseWalk::may_be_spaced_out(const Trail& trail, std::size_t next) const noexcept {
  return std::popcount(trail.gaps) + 1 == trail.groups &&
         (next < words_end_ || trail.shown * 2 > trail.groups);
}

Trail DisguiseWalk::with_gap(const Trail& trail, std::size_t begin,
                             std::size_t end) const noexcept {
  Trail wider = trail;
  const std::span<const Glyph> gap = glyphs_.subspan(begin, end - begin);
  const auto all = [&](auto is) { return std::all_of(gap.begin(), gap.end(), is); };
  if (gap.size() >= 2 && all([](const Glyph& g) { return is_marker(g.letter); })) {
    wider.looked = wider.formatted = true;  // not punctuation: the word is in one piece
    return wider;
  }
  if (trail.gaps == 0) {
    wider.gap_begin = static_cast<std::uint32_t>(begin);
    wider.gap_end = static_cast<std::uint32_t>(end);
  } else {
    const std::span<const Glyph> first =
        glyphs_.subspan(trail.gap_begin, trail.gap_end - trail.gap_begin);
    wider.alike &= std::equal(gap.begin(), gap.end(), first.begin(), first.end(),
                              [](const Glyph& a, const Glyph& b) { return a.letter == b.letter; });
  }
  wider.gaps |= std::uint64_t{1} << trail.letters;
  wider.longest_gap = std::max(wider.longest_gap, static_cast<std::uint16_t>(gap.size()));
  for (const Glyph& glyph : gap) {
    wider.spaces |= glyph.kind == GlyphKind::space;
    wider.apostrophe |= glyph.letter == '\'';
    wider.odd_gap |= !stands_in_words(glyph);
  }
  return wider;
}

void DisguiseWalk::read(Lexicon::Node node, std::size_t at, const Trail& trail) {
  if (++steps_ > max_steps || steps_left_ == 0) {
    gave_up_ = true;
    return;
  }
  --steps_left_;
  const Glyph& glyph = glyphs_[at];
  if (glyph.is_word()) read_letter(node, at, glyph.letter, trail);
  for (const char look : glyph.looks) {
    if (look == 0) break;
    read_letter(node, at, static_cast<char32_t>(look), trail);
  }
  read_drawn(node, at, trail);
  if (glyph.mask == Mask::any || (glyph.mask != Mask::none && trail.letters != 0)) {
    read_mask(node, at, trail);
  }
}

void DisguiseWalk::read_letter(Lexicon::Node node, std::size_t at, char32_t symbol,
                               const Trail& trail) {
  const Lexicon::Node child = lexicon_.child(node, symbol);
  if (child == Lexicon::Node::none) return;
  const Glyph& glyph = glyphs_[at];
  const bool itself = glyph.letter == symbol;
  Trail longer = trail;
  ++longer.letters;
  ++longer.groups;
  const bool stroke = symbol == 'i' && glyph.letter == 'l' && glyph.kind == GlyphKind::letter;
  longer.drawn += stroke;
  longer.shown += !stroke && (glyph.kind == GlyphKind::letter || itself);
  longer.digits += glyph.kind == GlyphKind::digit && !itself;
  const bool sign = glyph.kind == GlyphKind::symbol || glyph.kind == GlyphKind::picture;
  longer.signs += sign;
  longer.sign_first |= sign && trail.groups == 0;
  longer.sign_last = sign;
  longer.mask_last = false;
  longer.looked |= !itself || (glyph.traits & (encoded | decorated | markup | reversed)) != 0;
  longer.other_script |= glyph.has(foreign);
  longer.latin |= itself && symbol < 0x80 && glyph.kind == GlyphKind::letter;
  longer.small |= glyph.kind == GlyphKind::letter && !glyph.has(upper);
  visit(child, at + (itself ? 1U : glyph.width), longer);
  if (starts_run(at)) read_run(child, at, symbol, longer);
}

// Three equal letters and more are one letter of the word, or all those equal
// ones that stand there in the word.
void DisguiseWalk::read_run(Lexicon::Node node, std::size_t at, char32_t symbol,
                            const Trail& trail) {
  Trail longer = trail;
  longer.stretched = true;
  std::size_t end = at + shortest_run;
  while (end < glyphs_.size() && glyphs_[end].letter == glyphs_[at].letter) ++end;
  while (node != Lexicon::Node::none) {
    visit(node, end, longer);
    node = lexicon_.child(node, symbol);
    ++longer.letters;
  }
}

bool DisguiseWalk::starts_run(std::size_t at) const noexcept {
  // "créée" is not stretched: the letters of a run are written alike. Invisible
  // characters belong to the letter before them.
  const auto size = [](const Glyph& glyph) { return glyph.range.end - glyph.range.begin; };
  const auto alike = [&](const Glyph& glyph) {
    return glyph.letter == glyphs_[at].letter && size(glyph) == size(glyphs_[at]);
  };
  if (at + shortest_run > glyphs_.size() || (at > 0 && alike(glyphs_[at - 1]))) return false;
  const Glyph& third = glyphs_[at + 2];
  return alike(glyphs_[at + 1]) && third.letter == glyphs_[at].letter &&
         size(third) >= size(glyphs_[at]);
}

void DisguiseWalk::read_drawn(Lexicon::Node node, std::size_t at, const Trail& trail) {
  for (const Drawn& drawn : drawn_from(glyphs_[at].letter)) {
    if (!is_drawn(drawn, at)) continue;
    const Lexicon::Node child = lexicon_.child(node, static_cast<char32_t>(drawn.letter));
    if (child == Lexicon::Node::none) continue;
    Trail longer = trail;
    ++longer.letters;
    ++longer.groups;
    const bool of_letters = glyphs_[at].is_word();
    (of_letters ? longer.drawn : longer.drawn_signs) += 1;
    longer.sign_first |= !of_letters && trail.groups == 0;
    longer.sign_last = !of_letters;
    longer.mask_last = false;
    visit(child, at + drawn.parts.size(), longer);
  }
}

// Whether the same sign stands beside the one at `at`.
bool DisguiseWalk::stands_in_run(std::size_t at) const noexcept {
  const char32_t sign = glyphs_[at].letter;
  return (at > 0 && glyphs_[at - 1].letter == sign) ||
         (at + 1 < glyphs_.size() && glyphs_[at + 1].letter == sign);
}

void DisguiseWalk::read_mask(Lexicon::Node node, std::size_t at, const Trail& trail) {
  if (trail.gaps != 0 || trail.formatted) return;
  const bool first = trail.letters == 0;
  if (first && stands_in_run(at)) return;  // "****NOTICE****"
  const bool any = glyphs_[at].mask == Mask::any && !first;
  Trail longer = trail;
  ++longer.letters;
  ++longer.groups;
  longer.mask_first |= first;
  (any ? longer.any_masks : longer.vowel_masks) += 1;
  longer.mask_last = true;
  longer.sign_last = false;
  // Half of the letters must be visible: no more masks than glyphs that are left.
  if (longer.masks() > longer.groups - longer.masks() + (glyphs_.size() - at)) return;
  for (const Lexicon::Edge& edge : lexicon_.edges(node)) {
    if (edge.symbol < 0x80 && (any || is_vowel(edge.symbol))) visit(edge.node, at + 1, longer);
  }
}

}  // namespace modcore::text
