// Searches one post for all patterns. What is found is a candidate at first; it is
// confirmed when somebody asks for its pattern.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/disguise_search.hpp"
#include "runtime/match_plan.hpp"
#include "runtime/matcher.hpp"
#include "runtime/word_matcher.hpp"
#include "text/word_set.hpp"

namespace modcore::runtime {

// What the search found of one pattern, before `at`, `except` and the fields of
// each use.
struct RawMatches {
  std::vector<Match> matches;
  std::uint32_t post = 0;        // the number of the post that all this is about
  std::uint32_t candidates = 0;  // the newest: its index plus one
  bool touched = false;
  bool gathered = false;
  bool confirmed = false;
  bool flooded = false;
  bool gave_up = false;
};

class Search {
 public:
  explicit Search(const MatchPlan& plan);

  void run(PostText& post, std::string_view lang);
  // From now on patterns that do not stand here need not be found in disguise; empty: all are.
  void look_only_for(std::vector<bool> patterns) { disguise_search_.look_only_for(std::move(patterns)); }
  // From now on regexes that nothing narrows down are not looked for if they stand here.
  void leave_out(std::vector<bool> regexes) { left_out_ = std::move(regexes); }

  // Confirms what is left to confirm of the pattern.
  [[nodiscard]] const RawMatches& found(std::uint32_t pattern);
  // Whether there is something to confirm or to tell; confirms nothing.
  [[nodiscard]] bool may_be_found(std::uint32_t pattern) {
    const bool known = found_[pattern].post == post_number_ && found_[pattern].gathered;
    if (!known && !routes_[pattern].waits) return found_[pattern].post == post_number_ && found_[pattern].touched;
    return (known ? found_[pattern] : gathered(pattern)).touched;
  }
  // Whether may_be_found() knows it without looking for it first.
  [[nodiscard]] bool is_gathered(std::uint32_t pattern) const {
    return !routes_[pattern].waits || (found_[pattern].post == post_number_ && found_[pattern].gathered);
  }
  // The alternatives of an item of words that may match as they are written in a piece.
  // Nothing if not all of them are known. Valid until the next call.
  [[nodiscard]] const std::vector<std::uint32_t>* alternatives_seen(const Match& match);
  [[nodiscard]] std::span<const std::uint32_t> touched() const noexcept { return touched_; }
  [[nodiscard]] bool limited() const noexcept { return !flooded_.empty() || !gave_up_.empty(); }
  [[nodiscard]] std::span<const std::uint32_t> flooded() noexcept;
  [[nodiscard]] std::span<const std::uint32_t> gave_up() noexcept;
  // Whether a pattern that waits holds a regex that nothing narrows down.
  [[nodiscard]] bool runs_everywhere(std::uint32_t pattern) const {
    return routes_[pattern].begin != routes_[pattern].end;
  }
  // The fields that a piece belongs to, of those that are searched.
  [[nodiscard]] ir::FieldSet fields_of(PieceId piece) const {
    return {post_->piece(piece).fields.bits & plan_.fields.bits};
  }

  // For those who look at matches again.
  [[nodiscard]] PostText& post() const noexcept { return *post_; }
  [[nodiscard]] RegexRunner& regexes() noexcept { return regex_runner_; }
  [[nodiscard]] WordMatcher& words() noexcept { return word_matcher_; }

 private:
  // The literals that are searched for in one view.
  struct Table {
    const LiteralTable* literals = nullptr;
    text::View view{};
    const GramTable* grams = nullptr;  // of the two tables of the same literals the quicker one
    std::uint32_t shortest = 0;        // of its literals
  };
  struct Filter {
    const RegexFilter* filter = nullptr;
    text::Signs characters, also;  // a text in ASCII without one of those needs no search, if there are any
  };
  // An occurrence of a literal, or a regex that a filter lets through.
  struct Hit {
    std::uint32_t end = 0;
    std::uint32_t id = 0;
  };
  // What may be a match.
  struct Candidate {
    enum class Kind : std::uint8_t {
      literal,  // `index` is a probe of `table`
      regex,    // `index` is a regex, its literal stands at `range` of the table's view
      whole,    // `index` is a regex that may match anywhere in the piece
    };
    std::uint32_t piece = 0;
    Kind kind{};
    std::uint8_t table = 0;
    std::uint32_t index = 0;
    text::Range range = {};
    std::uint32_t next = 0;  // an older one of the same pattern: its index plus one
  };
  // A literal that patterns that wait have too.
  struct WaitingHit {
    const PatternSet* patterns = nullptr;  // that wait
    std::uint32_t piece = 0;
    std::uint32_t table = 0;
    Hit hit;
    std::uint32_t first_probe = 0, end_probe = 0;  // of those that wait, by pattern
  };
  struct Current {
    PieceId id{};
    ir::FieldSet fields;
    std::uint32_t begin = 0;  // of the piece, in its source
    text::Views* views = nullptr;
  };
  // What is asked of a pattern for each occurrence, close together in memory.
  struct Route {
    ir::FieldSet fields;
    std::uint32_t begin = 0, end = 0;  // of waiting_direct_
    bool any_language = false;
    bool waits = false;
    bool accents = false;  // its tolerance is accents or wider
  };
  struct Occurrences {
    std::uint32_t scan = 0;
    std::uint32_t count = 0;
  };
  // What a regex that several patterns hold matches in one piece.
  struct SharedRun {
    std::uint32_t post = 0;  // the number of the post
    PieceId piece{};
    bool gave_up = false;
    std::uint32_t marked_post = 0;  // the number of the post whose marks were looked at
    PieceId marked_piece{};
    bool has_room = false;
    std::vector<text::Range> matches;  // one more than may be looked at, at most
  };
  // The characters of a piece in one view.
  struct Characters {
    std::uint32_t post = 0;  // the number of the post
    PieceId piece{};
    text::AsciiSet set;
  };
  struct Callback;  // Hyperscan's side

  // Which number comes after, skipping the one that fresh entries bear.
  static std::uint32_t successor(std::uint32_t number) noexcept { return number + 1 == 0 ? 1 : number + 1; }

  // search.cpp
  void route_patterns();
  void enter(PieceId piece);
  // Enters each piece of these fields.
  template <class Each>
  void for_each_piece(ir::FieldSet fields, Each each) {
    for (std::uint32_t i = 0; i < post_->pieces().size(); ++i) {
      const auto piece = static_cast<PieceId>(i);
      if (!fields_of(piece).meets(fields) || post_->text(piece).empty()) continue;
      enter(piece);
      each();
    }
  }
  void search_piece();
  void add_direct_candidates(std::uint32_t pattern);
  void search_disguises();
  [[nodiscard]] bool may_match(const Filter& of) const;
  void search_regexes(const Filter& of);
  void search_domains();
  void search_domains(const text::Links& links);
  void search_domain(ItemRef ref, const text::Link& link);
  void search_emoji();

  // search_literals.cpp
  void search_literals(std::size_t table);
  void search_waiting();
  void collect_waiting(std::uint32_t pattern);
  void take(std::size_t table, const Hit& hit);
  void take(std::size_t table, const Hit& hit, std::uint32_t probe);
  [[nodiscard]] bool is_candidate(const Probe& probe) const;
  [[nodiscard]] bool has_companions(const Probe& probe);
  // Fill hits_ with what stands in a text. False if Hyperscan failed.
  bool scan(const Table& table, std::string_view text);
  bool scan(const Database& database, std::string_view text, const LiteralTable* table);
  void overflow(std::size_t table);
  void overflow(const Probe& probe);
  void fail(std::size_t table, bool waiting);

  // search_confirm.cpp
  void confirm(std::uint32_t pattern);
  void confirm_literal(const Candidate& candidate);
  void confirm_whole(const Probe& probe, text::Range range);
  void confirm_words(const Probe& probe, const ir::WordsItem& item, text::Range range);
  void confirm_cut(const Probe& probe, text::Range range);
  [[nodiscard]] std::optional<std::uint32_t> token_at(std::uint32_t words_position) const;
  void confirm_substring(const Probe& probe, const ir::SubstringItem& item, text::Range range);
  void confirm_number(const Probe& probe, const ir::NumberItem& item, text::Range range);

  // search_regex.cpp
  void add_direct(std::uint32_t regex);
  [[nodiscard]] static text::View view_of(const PlannedRegex& regex) noexcept;
  [[nodiscard]] bool marks_allow(const PlannedRegex& regex);
  [[nodiscard]] bool find_room(const PlannedRegex& regex) const;
  [[nodiscard]] std::string_view pattern_of(const PlannedRegex& regex) const;
  [[nodiscard]] bool holds_needed(const PlannedRegex& regex, text::View view);
  [[nodiscard]] bool may_match(const PlannedRegex& regex, const Candidate& place);
  void run_regex(std::uint32_t index, std::span<const Candidate> places);
  [[nodiscard]] bool run_plain(const PlannedRegex& regex, std::span<const Candidate> places);
  void run_everywhere(const PlannedRegex& regex, text::View view);
  void run_windows(const PlannedRegex& regex, text::View view);
  // Calls `found` with each match that begins in one of windows_, until it says no.
  // False if PCRE2 gave up.
  template <typename Found>
  bool each_match(const PlannedRegex& regex, text::View view, const Found& found);
  [[nodiscard]] text::Range literal_in(text::View view, const Candidate& place);
  [[nodiscard]] std::optional<text::Range> window(const PlannedRegex& regex, const Candidate& place, text::View view);
  [[nodiscard]] std::optional<text::Range> window(const PlannedRegex& regex, const regex::Automaton& automaton,
                                                  const Candidate& place, text::View view);
  [[nodiscard]] text::Range window_from(std::size_t first, const PlannedRegex& regex, text::Range literal, text::View view);

  [[nodiscard]] bool asks_here(std::uint32_t pattern) const;
  [[nodiscard]] bool considers(std::uint32_t pattern) const;
  void add_candidate(std::uint32_t pattern, const Candidate& candidate);
  void add_whole(std::uint32_t regex);
  bool add(ItemRef item, text::Range range);  // false once the pattern is flooded
  void flood(std::uint32_t pattern);
  void give_up(std::uint32_t pattern);
  RawMatches& current(std::uint32_t pattern);
  RawMatches& gathered(std::uint32_t pattern);
  RawMatches& touch(std::uint32_t pattern);

  const MatchPlan& plan_;
  std::array<Table, 4> tables_;
  std::vector<std::size_t> searched_tables_;  // of every post, those that hold something
  std::vector<Filter> filters_;               // likewise
  Scratch scratch_;
  RegexRunner regex_runner_;
  WordMatcher word_matcher_;
  DisguiseSearch disguise_search_;

  PostText* post_ = nullptr;
  std::string_view lang_;
  Current piece_;
  text::WordSet word_set_;
  std::uint32_t word_set_piece_ = 0;  // that it is of: its number in the post plus one

  std::vector<bool> left_out_;  // regexes, if any are
  std::vector<Route> routes_;                  // by pattern
  std::vector<std::uint32_t> waiting_direct_;  // regexes, by the patterns that wait

  std::uint32_t post_number_ = 0;
  std::uint32_t waiting_searched_ = 0;  // in the post of this number
  std::vector<RawMatches> found_;
  std::vector<std::uint32_t> touched_, flooded_, gave_up_;
  std::vector<Candidate> candidates_;
  std::vector<Candidate> confirming_;  // those of one pattern
  std::vector<std::uint32_t> alternatives_;
  std::vector<text::Range> windows_;   // where a match may begin: from, to, both included

  std::vector<Hit> hits_, uncounted_;
  bool counting_ = false;  // how often each literal occurs: there are many occurrences
  std::vector<WaitingHit> waiting_hits_, waiting_overflows_;  // of the post, until somebody asks
  std::vector<WaitingHit> waiting_failures_;                  // of these only the table and the piece
  std::vector<std::uint32_t> overflowed_;  // literals
  std::vector<Occurrences> occurrences_;   // of literals, in the scan of that number
  std::uint32_t scan_ = 0;
  std::vector<text::Range> emoji_;
  std::vector<SharedRun> shared_runs_;    // by PlannedRegex::shared
  std::array<Characters, 2> characters_;  // of the last pieces, by whether it is the fold
};

// Whether the digits of a number item stand at a place of the original with
// nothing but separators between and around them, written so that folding to the
// tolerance shows them.
[[nodiscard]] bool number_stands_at(const ir::NumberItem& item, text::Range original,
                                    text::Views& views, ir::Tolerance tolerance);

}  // namespace modcore::runtime
