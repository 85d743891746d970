// Confirming regexes: at the places where their literals stand if that is enough,
// else over the whole piece.
#include <algorithm>

#include "runtime/search.hpp"
#include "support/utf8.hpp"

namespace modcore::runtime {
namespace {

constexpr std::size_t most_bytes_of_character = 4;
// Where a match of unknown length may begin is looked for no further than so far.
constexpr std::size_t most_bytes_before = 64;

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

text::View Search::view_of(const PlannedRegex& regex) noexcept {
  return regex.folded ? text::View::fold : text::View::repaired;
}

// Unless the piece lacks what every match holds: a mark is found before all characters are known.
void Search::add_direct(std::uint32_t regex) {
  const PlannedRegex& planned = plan_.regexes[regex];
  if (!asks_here(planned.item.pattern) || (!left_out_.empty() && left_out_[regex])) return;
  const bool marked = planned.mark.kind != regex::Mark::Kind::none;
  if (marked ? marks_allow(planned) : holds_needed(planned, view_of(planned))) add_whole(regex);
}

bool Search::marks_allow(const PlannedRegex& planned) {
  if (planned.shared == PlannedRegex::not_shared) return find_room(planned);
  SharedRun& run = shared_runs_[planned.shared];
  if (run.marked_post != post_number_ || run.marked_piece != piece_.id) {
    run.marked_post = post_number_;
    run.marked_piece = piece_.id;
    run.has_room = find_room(planned);
  }
  return run.has_room;
}

bool Search::find_room(const PlannedRegex& planned) const {
  const regex::Automaton& automaton =
      planned.program.automaton([&] { return pattern_of(planned); }, regex::automaton_at_mark);
  return regex::may_match(planned.mark, automaton, piece_.views->get(view_of(planned)));
}

std::string_view Search::pattern_of(const PlannedRegex& planned) const {
  const PlannedItem& item = plan_.patterns[planned.item.pattern].items[planned.item.item];
  return std::get<ir::RegexItem>(item.what).pattern;
}

bool Search::holds_needed(const PlannedRegex& regex, text::View view) {
  Characters& known = characters_[view == text::View::fold ? 1 : 0];
  if (known.post != post_number_ || known.piece != piece_.id) {
    known = {post_number_, piece_.id, text::ascii_set(piece_.views->get(view))};
  }
  return known.set.meets(regex.needed);
}

// Whether a match with its literal at a place is possible, told by the characters there.
bool Search::may_match(const PlannedRegex& planned, const Candidate& place) {
  const bool bounded = planned.before_max != PlannedRegex::unknown_distance;
  if (!bounded && tables_[place.table].view == text::View::spelled) return true;
  const regex::Automaton& automaton = planned.program.automaton([&] { return pattern_of(planned); });
  if (!automaton.tells()) return true;
  const text::View view = view_of(planned);
  const auto begins = bounded ? window(planned, place, view) : window(planned, automaton, place, view);
  return !begins || automaton.may_match(piece_.views->get(view), begins->begin, begins->end);
}

// All places of one regex in one piece.
void Search::run_regex(std::uint32_t index, std::span<const Candidate> places) {
  const PlannedRegex& regex = plan_.regexes[index];
  const bool whole = std::any_of(places.begin(), places.end(), [](const Candidate& place) {
    return place.kind == Candidate::Kind::whole;
  });
  if (!whole && regex.plain && run_plain(regex, places)) return;
  const text::View view = view_of(regex);
  windows_.clear();
  if (whole || regex.before_max == PlannedRegex::unknown_distance) return run_everywhere(regex, view);
  for (const Candidate& place : places) windows_.push_back(*window(regex, place, view));
  std::sort(windows_.begin(), windows_.end(),
            [](text::Range a, text::Range b) { return a.begin < b.begin; });
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

// Where the literal of a place begins in a view; elsewhere than in step no more is known
// than two bounds.
text::Range Search::literal_in(text::View view, const Candidate& place) {
  text::Views& views = *piece_.views;
  const text::View searched = tables_[place.table].view;
  const bool in_step = searched == view || (searched == text::View::fold && views.ascii() &&
                                            views.get(searched).size() == views.original().size());
  if (in_step) return {place.range.begin, place.range.begin};
  const text::Range original = views.original_range(searched, place.range);
  return view == text::View::repaired ? views.repaired_range(original) : views.fold_range(original);
}

// Where a match with its literal at a place may begin.
std::optional<text::Range> Search::window(const PlannedRegex& regex, const Candidate& place, text::View view) {
  const text::Range literal = literal_in(view, place);
  const std::size_t width = piece_.views->ascii() ? 1 : most_bytes_of_character;
  const std::size_t reach = std::min<std::size_t>(regex.before_max * width, literal.begin);
  return window_from(literal.begin - reach, regex, literal, view);
}

// The same where the distance is not known: behind the last character that no match holds.
// Nothing if that is far away.
std::optional<text::Range> Search::window(const PlannedRegex& regex, const regex::Automaton& automaton,
                                          const Candidate& place, text::View view) {
  if (!automaton.knows_all()) return std::nullopt;
  const text::Range literal = literal_in(view, place);
  const std::string_view text = piece_.views->get(view);
  std::size_t first = literal.begin;
  while (first > 0 && automaton.takes(text[first - 1])) {
    --first;
    if (literal.begin - first > most_bytes_before) return std::nullopt;
  }
  return window_from(first, regex, literal, view);
}

text::Range Search::window_from(std::size_t first, const PlannedRegex& regex, text::Range literal, text::View view) {
  first = utf8::floor_boundary(piece_.views->get(view), first);
  const std::size_t last = literal.end - std::min(regex.before_min, literal.end);
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(std::max(first, last))};
}

template <typename Found>
bool Search::each_match(const PlannedRegex& regex, text::View view, const Found& found) {
  const std::string_view subject = piece_.views->get(view);
  std::size_t from = 0;
  for (const text::Range window : windows_) {
    from = std::max<std::size_t>(from, window.begin);
    while (from <= window.end && from < subject.size()) {
      const auto search = regex_runner_.search(regex.program, subject, from, window.end);
      if (search.outcome == RegexRunner::Search::Outcome::gave_up) return false;
      const bool any = search.outcome == RegexRunner::Search::Outcome::found;
      if (any && !found(piece_.views->original_range(view, search.range))) return true;
      from = any ? std::max<std::size_t>(search.range.end, from + 1) : window.end + std::size_t{1};
      while (from < subject.size() && utf8::is_continuation(subject[from])) ++from;
    }
  }
  return true;
}

void Search::run_windows(const PlannedRegex& regex, text::View view) {
  const auto take = [&](text::Range range) { return add(regex.item, range); };
  if (!each_match(regex, view, take)) give_up(regex.item.pattern);
}

// Wherever a match may begin: not behind the last character that it needs.
void Search::run_everywhere(const PlannedRegex& regex, text::View view) {
  const std::size_t last = text::last_of(piece_.views->get(view), regex.needed);
  if (last == std::string_view::npos) return;
  windows_.push_back({0, static_cast<std::uint32_t>(last)});
  if (regex.shared == PlannedRegex::not_shared) return run_windows(regex, view);
  SharedRun& run = shared_runs_[regex.shared];
  if (run.post != post_number_ || run.piece != piece_.id) {
    run.post = post_number_;
    run.piece = piece_.id;
    run.matches.clear();
    run.gave_up = !each_match(regex, view, [&](text::Range range) {
      run.matches.push_back(range);
      return run.matches.size() <= plan_.max_matches;
    });
  }
  for (const text::Range range : run.matches) {
    if (!add(regex.item, range)) return;
  }
  if (run.gave_up) give_up(regex.item.pattern);
}

}  // namespace modcore::runtime
