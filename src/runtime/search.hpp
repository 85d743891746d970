// Searches one post for all patterns and confirms what it finds.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/disguise_search.hpp"
#include "runtime/match_plan.hpp"
#include "runtime/matcher.hpp"
#include "runtime/word_matcher.hpp"

namespace modcore::runtime {

// What the search found of one pattern, before `at`, `except` and the fields of
// each use.
struct RawMatches {
  std::vector<Match> matches;
  bool touched = false;
  bool flooded = false;
  bool gave_up = false;
};

class Search {
 public:
  explicit Search(const MatchPlan& plan);

  void run(PostText& post, std::string_view lang);

  [[nodiscard]] const RawMatches& found(std::uint32_t pattern) const { return found_[pattern]; }
  [[nodiscard]] std::span<const std::uint32_t> touched() const noexcept { return touched_; }
  [[nodiscard]] std::span<const std::uint32_t> flooded() const noexcept { return flooded_; }
  [[nodiscard]] std::span<const std::uint32_t> gave_up() const noexcept { return gave_up_; }
  // The fields that a piece belongs to, of those that are searched.
  [[nodiscard]] ir::FieldSet fields_of(PieceId piece) const;

  // For those who look at matches again.
  [[nodiscard]] PostText& post() const noexcept { return *post_; }
  [[nodiscard]] RegexRunner& regexes() noexcept { return regex_runner_; }
  [[nodiscard]] WordMatcher& words() noexcept { return word_matcher_; }

 private:
  // An occurrence of a literal, or a regex that a filter lets through.
  struct Hit {
    std::uint32_t end = 0;
    std::uint32_t id = 0;
    auto operator<=>(const Hit&) const = default;
  };
  struct Current {
    PieceId id{};
    ir::FieldSet fields;
    std::uint32_t begin = 0;  // of the piece, in its source
    text::Views* views = nullptr;
  };
  struct Occurrences {
    std::uint32_t scan = 0;
    std::uint32_t count = 0;
  };
  struct Callback;  // Hyperscan's side

  void reset();
  void route();
  void search_piece();
  void search_disguises();
  void search_literals(const LiteralTable& table, text::View view);
  void confirm(const LiteralTable& table, const Hit& hit, text::View view);
  void confirm_probe(const Probe& probe, text::Range range);
  void confirm_words(const Probe& probe, const ir::WordsItem& item, text::Range range);
  void confirm_cut(const Probe& probe, text::Range range);
  [[nodiscard]] std::optional<std::uint32_t> token_at(std::uint32_t words_position) const;
  void confirm_substring(const Probe& probe, const ir::SubstringItem& item, text::Range range);
  void confirm_number(const Probe& probe, const ir::NumberItem& item, text::Range range);
  void search_regexes(const RegexFilter& filter, text::View view);
  void run_regex(std::uint32_t index);
  void search_domains();
  void search_domains(const text::Links& links);
  void search_domain(ItemRef ref, const text::Link& link);
  void search_emoji();

  // Runs a database over a text and fills hits_. False if Hyperscan failed.
  bool scan(const Database& database, std::string_view text, const LiteralTable* table);
  void overflow(const LiteralTable& table);
  void fail(const LiteralTable& table);

  [[nodiscard]] bool considers(std::uint32_t pattern) const;
  bool add(ItemRef item, text::Range range);  // false once the pattern is flooded
  void flood(std::uint32_t pattern);
  void give_up(std::uint32_t pattern);
  RawMatches& touch(std::uint32_t pattern);

  const MatchPlan& plan_;
  Scratch scratch_;
  RegexRunner regex_runner_;
  WordMatcher word_matcher_;
  DisguiseSearch disguise_search_;

  PostText* post_ = nullptr;
  std::string_view lang_;
  Current piece_;
  std::vector<ir::FieldSet> piece_fields_;

  std::vector<RawMatches> found_;
  std::vector<std::uint32_t> touched_, flooded_, gave_up_;

  std::vector<Hit> hits_;
  std::vector<std::uint32_t> overflowed_;  // literals
  std::vector<Occurrences> occurrences_;   // of literals, in the scan of that number
  std::uint32_t scan_ = 0;
  std::vector<std::uint32_t> regex_ran_;   // in the piece of this number
  std::uint32_t piece_number_ = 0;
  std::vector<text::Range> emoji_;
};

// Whether the digits of a number item stand at a place of the original with
// nothing but separators between and around them, written so that folding to the
// tolerance shows them.
[[nodiscard]] bool number_stands_at(const ir::NumberItem& item, text::Range original,
                                    text::Views& views, ir::Tolerance tolerance);

}  // namespace modcore::runtime
