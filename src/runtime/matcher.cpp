#include "runtime/matcher.hpp"

#include <algorithm>
#include <tuple>

#include "runtime/match_plan.hpp"
#include "runtime/position.hpp"
#include "runtime/search.hpp"
#include "runtime/tolerance.hpp"
#include "text/statistics.hpp"

namespace modcore::runtime {
namespace {

bool overlap(text::Range a, text::Range b) noexcept { return a.begin < b.end && b.begin < a.end; }

std::uint32_t index_of(UseId use) noexcept { return static_cast<std::uint32_t>(use); }

}  // namespace

// The answer to one use, worked out when it is first asked for.
struct Matcher::State {
  struct Answer {
    bool known = false;
    std::vector<Match> survivors;  // by source, begin, longest first, item, piece
  };

  explicit State(std::shared_ptr<const MatchPlan> compiled)
      : plan(std::move(compiled)), search(*plan), answers(plan->uses.size()), tolerances(*plan) {}

  std::shared_ptr<const MatchPlan> plan;
  Search search;
  std::vector<Answer> answers;
  std::vector<std::uint32_t> answered;
  ToleranceTester tolerances;

  [[nodiscard]] const PlannedPattern& pattern_of(UseId use) const {
    return plan->patterns[pattern_index(use)];
  }
  [[nodiscard]] std::uint32_t pattern_index(UseId use) const {
    return static_cast<std::uint32_t>(plan->uses[index_of(use)].pattern);
  }

  void forget() {
    for (const std::uint32_t use : answered) answers[use].known = false;
    answered.clear();
  }

  const std::vector<Match>& survivors(UseId use) {
    Answer& answer = answers[index_of(use)];
    if (answer.known) return answer.survivors;
    answer.known = true;
    answered.push_back(index_of(use));
    answer.survivors.clear();
    collect(pattern_index(use), plan->uses[index_of(use)].fields, answer.survivors);
    cancel(use, answer.survivors);
    sort(answer.survivors);
    return answer.survivors;
  }

  // Matches of a pattern in some fields that stand where its `at` wants them.
  void collect(std::uint32_t pattern, ir::FieldSet fields, std::vector<Match>& out) {
    const PlannedPattern& planned = plan->patterns[pattern];
    for (const Match& match : search.found(pattern).matches) {
      if (stands_in(match, planned, fields)) out.push_back(match);
    }
  }

  bool stands_in(const Match& match, const PlannedPattern& pattern, ir::FieldSet fields) {
    const ir::FieldSet shared{search.fields_of(match.piece).bits & fields.bits};
    if (pattern.at == ir::At::anywhere) return shared.bits != 0;
    for (std::size_t bit = 0; bit < ir::max_text_fields; ++bit) {
      const auto field = static_cast<ir::TextField>(bit);
      if (shared.has(field) && stands_at(search.post(), match, pattern.at, pattern.unit, field)) {
        return true;
      }
    }
    return false;
  }

  // Takes away the matches that share a character with one of `except`.
  void cancel(UseId use, std::vector<Match>& matches) {
    const ir::PatternId except = pattern_of(use).except;
    if (except == ir::no_pattern || matches.empty()) return;
    excuses.clear();
    collect(static_cast<std::uint32_t>(except), plan->uses[index_of(use)].fields, excuses);
    std::erase_if(matches, [&](const Match& match) {
      return std::any_of(excuses.begin(), excuses.end(), [&](const Match& excuse) {
        return excuse.piece == match.piece && overlap(excuse.range, match.range);
      });
    });
  }

  void sort(std::vector<Match>& matches) const {
    if (matches.size() < 2) return;
    const auto key = [this](const Match& match) {
      return std::tuple(search.post().piece(match.piece).source, match.range.begin,
                        ~match.range.end, match.item, match.piece);
    };
    std::sort(matches.begin(), matches.end(),
              [&](const Match& a, const Match& b) { return key(a) < key(b); });
    const auto end = std::unique(matches.begin(), matches.end(), [&](const Match& a, const Match& b) {
      return key(a) == key(b);
    });
    matches.erase(end, matches.end());
  }

  [[nodiscard]] std::uint32_t source_of(const Match& match) const {
    return search.post().piece(match.piece).source;
  }

  [[nodiscard]] bool except_gave_up(UseId use) {
    const ir::PatternId except = pattern_of(use).except;
    return except != ir::no_pattern && search.found(static_cast<std::uint32_t>(except)).gave_up;
  }

  // Whether the matches that there are may be too few or too many.
  bool uncertain(UseId use) {
    return search.found(pattern_index(use)).gave_up ||
           (except_gave_up(use) && !survivors(use).empty());
  }

  Truth matched(UseId use) {
    if (!search.may_be_found(pattern_index(use))) return Truth::no;
    if (!survivors(use).empty() && !except_gave_up(use)) return Truth::yes;
    return uncertain(use) ? Truth::unknown : Truth::no;
  }

  struct Placed {
    const Match* match;
    WordPlace words;
  };
  void place(UseId use, std::vector<Placed>& all) {
    all.clear();
    for (const Match& match : survivors(use)) all.push_back({&match, word_place(search.post(), match)});
  }
  // Buffers, so that nobody allocates one for a post.
  std::vector<Placed> placed_a, placed_b;
  std::vector<Match> excuses;
  std::vector<std::uint32_t> numbers;

  // Whether some pair of matches in one piece satisfies a condition on places.
  template <class Close>
  Truth any_pair(UseId a, UseId b, Close close) {
    // Nothing is confirmed where one of them cannot be, nor looked for if the other one is known not to be.
    if (search.is_gathered(pattern_index(b)) && !search.may_be_found(pattern_index(b))) return Truth::no;
    if (!search.may_be_found(pattern_index(a)) || !search.may_be_found(pattern_index(b))) return Truth::no;
    // What a regex has to look for everywhere is asked for last.
    const bool turned = search.runs_everywhere(pattern_index(a)) && !search.runs_everywhere(pattern_index(b));
    if (matched(turned ? b : a) == Truth::no || matched(turned ? a : b) == Truth::no) return Truth::no;
    const Truth first = matched(a);
    const Truth second = matched(b);
    place(a, placed_a);
    place(b, placed_b);
    for (const Placed& x : placed_a) {
      for (const Placed& y : placed_b) {
        const bool same = a == b && x.match->range == y.match->range;
        if (x.match->piece != y.match->piece || same || !close(x, y)) continue;
        return first == Truth::yes && second == Truth::yes ? Truth::yes : Truth::unknown;
      }
    }
    return uncertain(a) || uncertain(b) ? Truth::unknown : Truth::no;
  }

  [[nodiscard]] std::int64_t code_points_before(const Match& match) const {
    const std::string_view source = search.post().sources()[source_of(match)].text;
    return text::code_points(source.substr(0, match.range.begin));
  }
};

Matcher::Matcher(std::shared_ptr<const MatchPlan> plan)
    : state_(std::make_unique<State>(std::move(plan))) {}
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

void Matcher::run(PostText& post, std::string_view lang) {
  state_->forget();
  state_->search.run(post, lang);
}

void Matcher::look_only_for(std::vector<bool> patterns) { state_->search.look_only_for(std::move(patterns)); }

std::span<const std::uint32_t> Matcher::touched() const noexcept { return state_->search.touched(); }
bool Matcher::limited() const noexcept { return state_->search.limited(); }
std::span<const std::uint32_t> Matcher::flooded() noexcept { return state_->search.flooded(); }
std::span<const std::uint32_t> Matcher::given_up() noexcept { return state_->search.gave_up(); }

bool Matcher::occurs(std::uint32_t pattern) {
  const RawMatches& found = state_->search.found(pattern);
  return !found.matches.empty() || found.gave_up;
}

Truth Matcher::matched(UseId use) { return state_->matched(use); }

std::optional<std::int64_t> Matcher::count(UseId use) {
  if (state_->uncertain(use)) return std::nullopt;
  std::int64_t count = 0;
  const Match* last = nullptr;
  for (const Match& match : state_->survivors(use)) {
    const bool apart = last == nullptr || state_->source_of(match) != state_->source_of(*last) ||
                       match.range.begin >= last->range.end;
    if (!apart) continue;
    last = &match;
    ++count;
  }
  return count;
}

std::optional<std::int64_t> Matcher::distinct(UseId use) {
  if (state_->uncertain(use)) return std::nullopt;
  const auto& items = state_->pattern_of(use).items;
  std::vector<std::uint32_t>& numbers = state_->numbers;
  numbers.clear();
  for (const Match& match : state_->survivors(use)) numbers.push_back(items[match.item].distinct);
  std::sort(numbers.begin(), numbers.end());
  return std::unique(numbers.begin(), numbers.end()) - numbers.begin();
}

std::optional<std::int64_t> Matcher::first(UseId use) {
  const auto& survivors = state_->survivors(use);
  if (state_->uncertain(use) || survivors.empty()) return std::nullopt;
  return state_->code_points_before(survivors.front());
}

std::optional<std::int64_t> Matcher::last(UseId use) {
  const auto& survivors = state_->survivors(use);
  if (state_->uncertain(use) || survivors.empty()) return std::nullopt;
  return state_->code_points_before(survivors.back());
}

Truth Matcher::near(UseId a, UseId b, std::int64_t distance) {
  return state_->any_pair(a, b, [distance](const State::Placed& x, const State::Placed& y) {
    const bool in_order = x.match->range.begin <= y.match->range.begin;
    return (in_order ? words_between(x.words, y.words) : words_between(y.words, x.words)) <= distance;
  });
}

Truth Matcher::followed_by(UseId a, UseId b, std::int64_t distance) {
  return state_->any_pair(a, b, [distance](const State::Placed& x, const State::Placed& y) {
    return y.match->range.begin >= x.match->range.end && words_between(x.words, y.words) <= distance;
  });
}

Truth Matcher::disguised(UseId use) {
  const auto& survivors = state_->survivors(use);
  const bool found = std::any_of(survivors.begin(), survivors.end(), [&](const Match& match) {
    return state_->tolerances.mildest(match, state_->search) == ir::Tolerance::obfuscated;
  });
  if (found && !state_->except_gave_up(use)) return Truth::yes;
  return state_->uncertain(use) ? Truth::unknown : Truth::no;
}

std::vector<Match> Matcher::matches(UseId use, std::size_t limit) {
  std::vector<Match> chosen;
  for (const Match& match : state_->survivors(use)) {
    const bool again = !chosen.empty() && chosen.back().range == match.range &&
                       state_->source_of(chosen.back()) == state_->source_of(match);
    if (again) continue;
    if (chosen.size() == limit) break;
    chosen.push_back(match);
  }
  return chosen;
}

int Matcher::tolerance(const Match& match) {
  return static_cast<int>(state_->tolerances.mildest(match, state_->search));
}

}  // namespace modcore::runtime
