// Confirming what the search for literals found.
#include <algorithm>
#include <tuple>

#include "runtime/search.hpp"
#include "support/utf8.hpp"
#include "text/fold.hpp"

namespace modcore::runtime {

// Candidates come in the order of time: they are sorted by place, so that a flood is
// cut at the same place by every library.
void Search::confirm(std::uint32_t pattern) {
  confirming_.clear();
  for (std::uint32_t at = found_[pattern].candidates; at != 0; at = candidates_[at - 1].next) {
    confirming_.push_back(candidates_[at - 1]);
  }
  const auto key = [](const Candidate& candidate) {
    const bool literal = candidate.kind == Candidate::Kind::literal;
    return std::tuple(candidate.piece, !literal, literal ? candidate.table : candidate.index,
                      literal ? candidate.range.end : candidate.range.begin, candidate.index,
                      candidate.range.end);
  };
  std::sort(confirming_.begin(), confirming_.end(),
            [&](const Candidate& a, const Candidate& b) { return key(a) < key(b); });
  const std::span<const Candidate> all = confirming_;
  for (std::size_t begin = 0; begin < all.size();) {
    const Candidate& first = all[begin];
    enter(static_cast<PieceId>(first.piece));
    if (first.kind == Candidate::Kind::literal) {
      confirm_literal(first);
      ++begin;
      continue;
    }
    std::size_t end = begin + 1;
    while (end < all.size() && all[end].piece == first.piece && all[end].index == first.index) ++end;
    run_regex(first.index, all.subspan(begin, end - begin));
    begin = end;
  }
}

void Search::confirm_literal(const Candidate& candidate) {
  const Probe& probe = tables_[candidate.table].literals->probes[candidate.index];
  if (probe.whole_words != 0 && routes_[probe.item.pattern].accents) return confirm_whole(probe, candidate.range);
  const PlannedItem& item = plan_.patterns[probe.item.pattern].items[probe.item.item];
  if (probe.cut) {
    confirm_cut(probe, candidate.range);
  } else if (const auto* words = std::get_if<ir::WordsItem>(&item.what)) {
    confirm_words(probe, *words, candidate.range);
  } else if (const auto* substring = std::get_if<ir::SubstringItem>(&item.what)) {
    confirm_substring(probe, *substring, candidate.range);
  } else {
    confirm_number(probe, std::get<ir::NumberItem>(item.what), candidate.range);
  }
}

// Nothing is left to ask but which words they are.
void Search::confirm_whole(const Probe& probe, text::Range range) {
  const auto tokens = piece_.views->tokens();
  if (const auto first = token_at(range.begin)) {
    add(probe.item, {tokens[*first].original.begin, tokens[*first + probe.whole_words - 1U].original.end});
  }
}

void Search::confirm_words(const Probe& probe, const ir::WordsItem& item, text::Range range) {
  const auto tokens = piece_.views->tokens();
  const auto token = token_at(range.begin);
  if (!token) return;
  const ir::Tolerance tolerance = plan_.patterns[probe.item.pattern].tolerance;
  for (const TokenSpan span :
       word_matcher_.spans(item.alternatives[probe.alternative], probe.element, *token, *piece_.views, tolerance)) {
    if (!add(probe.item, {tokens[span.first].original.begin, tokens[span.last].original.end})) return;
  }
}

// "fu ck" is one word cut in two; "fu, ck", "it's lut" and "shi t'aime" are not.
void Search::confirm_cut(const Probe& probe, text::Range range) {
  const auto tokens = piece_.views->tokens();
  const auto first = token_at(range.begin);
  if (!first || *first + 1 >= tokens.size()) return;
  const text::Range left = tokens[*first].original;
  const text::Range right = tokens[*first + 1].original;
  const std::string_view text = piece_.views->original();
  const auto between = text.substr(left.end, right.begin - left.end);
  if (between != " " && between != "\n" && between != "\t") return;
  const auto before = text.substr(0, left.begin);
  const auto after = text.substr(right.end);
  for (const std::string_view apostrophe : {"'", "\u2019"}) {
    if (before.ends_with(apostrophe) || after.starts_with(apostrophe)) return;
  }
  add(probe.item, {left.begin, right.end});
}

// The token at a place of the words view.
std::optional<std::uint32_t> Search::token_at(std::uint32_t words_position) const {
  const auto tokens = piece_.views->tokens();
  const auto after = std::upper_bound(
      tokens.begin(), tokens.end(), words_position,
      [](std::uint32_t at, const text::Token& token) { return at < token.words.begin; });
  if (after == tokens.begin()) return std::nullopt;
  return static_cast<std::uint32_t>(after - tokens.begin() - 1);
}

void Search::confirm_substring(const Probe& probe, const ir::SubstringItem& item,
                               text::Range range) {
  const text::Range original = piece_.views->original_range(text::View::fold, range);
  const auto slice =
      piece_.views->original().substr(original.begin, original.end - original.begin);
  const ir::Tolerance tolerance = plan_.patterns[probe.item.pattern].tolerance;
  if (tolerance >= ir::Tolerance::accents || contains_at(item, slice, tolerance)) {
    add(probe.item, original);
  }
}

void Search::confirm_number(const Probe& probe, const ir::NumberItem& item, text::Range range) {
  const text::Range original = piece_.views->original_range(text::View::digits, range);
  const ir::Tolerance tolerance = plan_.patterns[probe.item.pattern].tolerance;
  if (number_stands_at(item, original, *piece_.views, tolerance)) add(probe.item, original);
}

bool number_stands_at(const ir::NumberItem& item, text::Range original, text::Views& views,
                      ir::Tolerance tolerance) {
  const auto tokens = views.tokens();
  const auto first = std::lower_bound(
      tokens.begin(), tokens.end(), original.begin,
      [](const text::Token& token, std::uint32_t at) { return token.original.begin < at; });
  std::size_t characters = 0;
  auto token = first;
  for (; token != tokens.end() && token->original.begin < original.end; ++token) {
    characters += utf8::count(
        views.get(text::View::words)
            .substr(token->words.begin, token->words.end - token->words.begin));
  }
  // The range begins and ends with digits of the item; if its words hold no more
  // characters than the item has digits, they hold nothing else.
  const bool at_edges = token != first && first->original.begin == original.begin &&
                        (token - 1)->original.end == original.end;
  if (!at_edges || characters != item.digits.size()) return false;
  if (tolerance >= ir::Tolerance::accents) return true;
  std::string folded = text::fold(
      views.original().substr(original.begin, original.end - original.begin), level_of(tolerance));
  std::erase_if(folded, [](char c) { return c < '0' || c > '9'; });
  return folded == item.digits;
}

}  // namespace modcore::runtime
