#include "runtime/word_matcher.hpp"

#include <algorithm>

#include "support/utf8.hpp"

namespace modcore::runtime {
namespace {

// A mark changes the letter before it: what ends before one is another text at
// the levels where marks count.
bool ends_before_mark(std::string_view text, std::size_t end) {
  if (end >= text.size() || static_cast<unsigned char>(text[end]) < 0x80) return false;
  const auto next = utf8::decode(text, end);
  return text::is_word(next.code_point) &&
         text::fold(text.substr(end, next.length), text::Level::accents).empty();
}

// The first place of a part that is not before a mark.
std::size_t find_unmarked(std::string_view text, std::string_view part) {
  std::size_t at = text.find(part);
  while (at != std::string_view::npos && !part.empty() && ends_before_mark(text, at + part.size())) {
    at = text.find(part, at + 1);
  }
  return at;
}

// More than any limit on matches: a gap of a thousand words has a million spans.
constexpr std::size_t max_spans = 4096;

}  // namespace

text::Level level_of(ir::Tolerance tolerance) noexcept {
  switch (tolerance) {
    case ir::Tolerance::exact: return text::Level::exact;
    case ir::Tolerance::case_: return text::Level::case_;
    case ir::Tolerance::accents:
    case ir::Tolerance::obfuscated: break;
  }
  return text::Level::accents;
}

bool parts_match(const std::vector<std::string>& parts, std::string_view word) {
  if (parts.size() == 1) return word == parts.front();
  const std::string_view head = parts.front();
  const std::string_view tail = parts.back();
  if (word.size() < head.size() + tail.size()) return false;
  if (!word.starts_with(head) || !word.ends_with(tail)) return false;
  if (!head.empty() && ends_before_mark(word, head.size())) return false;
  word.remove_prefix(head.size());
  word.remove_suffix(tail.size());
  for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
    const std::size_t found = find_unmarked(word, parts[i]);
    if (found == std::string_view::npos) return false;
    word.remove_prefix(found + parts[i].size());
  }
  return true;
}

bool contains_at(const ir::SubstringItem& item, std::string_view original, ir::Tolerance tolerance) {
  const std::string_view wanted = tolerance == ir::Tolerance::exact   ? item.exact
                                  : tolerance == ir::Tolerance::case_ ? item.cased
                                                                      : item.accents;
  const std::string folded = text::fold(original, level_of(tolerance));
  return find_unmarked(folded, wanted) != std::string_view::npos;
}

bool WordMatcher::word_matches(const ir::WordPattern& word, std::uint32_t token, const Text& text) {
  const text::Token& place = text.tokens[token];
  if (!parts_match(word.accents, slice(text.views.get(text::View::words), place.words))) return false;
  if (text.tolerance >= ir::Tolerance::accents) return true;
  const auto& parts = text.tolerance == ir::Tolerance::exact ? word.exact : word.cased;
  return parts_match(parts, text::fold(slice(text.views.original(), place.original),
                                       level_of(text.tolerance)));
}

const std::vector<TokenSpan>& WordMatcher::spans(const ir::WordSequence& sequence,
                                                 std::uint32_t element, std::uint32_t token,
                                                 text::Views& views, ir::Tolerance tolerance) {
  spans_.clear();
  const Text text{views, views.tokens(), tolerance};
  const ir::WordPattern* word = sequence[element].word();
  if (word == nullptr || token >= text.tokens.size() || !word_matches(*word, token, text)) return spans_;
  firsts_.assign(1, token);
  lasts_.assign(1, token);
  walk_left(sequence, element, text);
  if (!firsts_.empty()) walk_right(sequence, element, text);
  for (const std::uint32_t first : firsts_) {
    for (const std::uint32_t last : lasts_) {
      if (spans_.size() == max_spans) return spans_;
      spans_.push_back({first, last});
    }
  }
  return spans_;
}

void WordMatcher::walk_right(const ir::WordSequence& sequence, std::uint32_t element,
                             const Text& text) {
  ir::Gap gap;
  for (std::size_t i = element + 1; i < sequence.size(); ++i) {
    if (const ir::Gap* between = sequence[i].gap()) {
      gap = *between;
      continue;
    }
    step(*sequence[i].word(), gap, true, lasts_, text);
    gap = {};
  }
}

void WordMatcher::walk_left(const ir::WordSequence& sequence, std::uint32_t element,
                            const Text& text) {
  ir::Gap gap;
  for (std::size_t i = element; i-- > 0;) {
    if (const ir::Gap* between = sequence[i].gap()) {
      gap = *between;
      continue;
    }
    step(*sequence[i].word(), gap, false, firsts_, text);
    gap = {};
  }
}

// From all positions of one word to all of the next. Distances count from the
// nearest end, so that both directions are the same walk over sorted positions.
void WordMatcher::step(const ir::WordPattern& word, ir::Gap gap, bool right, Positions& from,
                       const Text& text) {
  next_.clear();
  const auto size = static_cast<std::uint32_t>(text.tokens.size());
  const auto mirrored = [&](std::uint32_t position) { return right ? position : size - 1 - position; };
  std::uint32_t tested = 0;  // mirrored positions below this were looked at
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::uint32_t start = mirrored(right ? from[i] : from[from.size() - 1 - i]);
    const std::uint32_t end = std::min(size, start + gap.maximum + 2U);
    for (std::uint32_t at = std::max(tested, start + gap.minimum + 1U); at < end; ++at) {
      if (word_matches(word, mirrored(at), text)) next_.push_back(mirrored(at));
    }
    tested = std::max(tested, end);
  }
  if (!right) std::reverse(next_.begin(), next_.end());
  from.swap(next_);
}

}  // namespace modcore::runtime
