// Confirming regexes: at the places where their literals stand if that is enough,
// else over the whole piece.
#include <algorithm>

#include "runtime/search.hpp"
#include "support/utf8.hpp"

namespace modcore::runtime {
namespace {

constexpr std::size_t most_bytes_of_character = 4;

bool is_word_byte(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// In ASCII, where \b means the same to all.
bool is_word_edge(std::string_view text, std::size_t at) noexcept {
  const bool before = at > 0 && is_word_byte(text[at - 1]);
  const bool after = at < text.size() && is_word_byte(text[at]);
  return before != after;
}

}  // namespace

// All places of one regex in one piece.
void Search::run_regex(std::uint32_t index, std::span<const Candidate> places) {
  const PlannedRegex& regex = plan_.regexes[index];
  const bool whole = std::any_of(places.begin(), places.end(), [](const Candidate& place) {
    return place.kind == Candidate::Kind::whole;
  });
  if (!whole && regex.plain && run_plain(regex, places)) return;
  const PlannedItem& item = plan_.patterns[regex.item.pattern].items[regex.item.item];
  const bool folded = std::get<ir::RegexItem>(item.what).tolerance == ir::Tolerance::accents;
  const text::View view = folded ? text::View::fold : text::View::repaired;
  windows_.clear();
  if (whole || regex.before_max == PlannedRegex::unknown_distance) {
    windows_.push_back({0, static_cast<std::uint32_t>(piece_.views->get(view).size())});
  } else {
    for (const Candidate& place : places) windows_.push_back(window(regex, place, view));
    std::sort(windows_.begin(), windows_.end(),
              [](text::Range a, text::Range b) { return a.begin < b.begin; });
  }
  run_windows(regex, view);
}

// Where the literal itself is the match. False if the piece needs PCRE2.
bool Search::run_plain(const PlannedRegex& regex, std::span<const Candidate> places) {
  const std::string_view text = piece_.views->original();
  const std::string_view fold = piece_.views->get(text::View::fold);
  // In ASCII the fold is lower case, with some control characters left out or changed.
  if (!piece_.views->ascii() || fold.size() != text.size()) return false;
  std::uint32_t from = 0;
  for (const Candidate& place : places) {
    const auto [begin, end] = place.range;
    if (begin < from) continue;
    if (regex.edge_before && !is_word_edge(text, begin)) continue;
    if (regex.edge_after && !is_word_edge(text, end)) continue;
    const bool same = std::equal(text.begin() + begin, text.begin() + end, fold.begin() + begin,
                                 [](char a, char b) { return lower(a) == b; });
    if (!same) continue;
    if (!add(regex.item, place.range)) return true;
    from = end;
  }
  return true;
}

// Where a match with its literal at a place may begin.
text::Range Search::window(const PlannedRegex& regex, const Candidate& place, text::View view) {
  text::Views& views = *piece_.views;
  const text::View searched = tables_[place.table].view;
  const bool in_step = searched == view || (searched == text::View::fold && views.ascii() &&
                                            views.get(searched).size() == views.original().size());
  // Where the literal begins; elsewhere than in step no more is known than two bounds.
  text::Range literal{place.range.begin, place.range.begin};
  if (!in_step) {
    const text::Range original = views.original_range(searched, place.range);
    literal = view == text::View::repaired ? views.repaired_range(original) : views.fold_range(original);
  }
  const std::size_t width = views.ascii() ? 1 : most_bytes_of_character;
  const std::size_t reach = std::min<std::size_t>(regex.before_max * width, literal.begin);
  const std::size_t first = utf8::floor_boundary(views.get(view), literal.begin - reach);
  const std::size_t last = literal.end - std::min(regex.before_min, literal.end);
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(std::max(first, last))};
}

// The matches that begin in one of the windows, which are sorted.
void Search::run_windows(const PlannedRegex& regex, text::View view) {
  const std::string_view subject = piece_.views->get(view);
  std::size_t from = 0;
  for (const text::Range window : windows_) {
    from = std::max<std::size_t>(from, window.begin);
    while (from <= window.end && from < subject.size()) {
      const auto search = regex_runner_.search(regex.program, subject, from, window.end);
      if (search.outcome == RegexRunner::Search::Outcome::gave_up) return give_up(regex.item.pattern);
      const bool found = search.outcome == RegexRunner::Search::Outcome::found;
      if (found && !add(regex.item, piece_.views->original_range(view, search.range))) return;
      from = found ? std::max<std::size_t>(search.range.end, from + 1) : window.end + std::size_t{1};
      while (from < subject.size() && utf8::is_continuation(subject[from])) ++from;
    }
  }
}

}  // namespace modcore::runtime
