// The meaning of patterns written down as directly as possible: each pattern
// alone, each item at each place, no views, no literals, no Hyperscan. Slow.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ir/rule_set.hpp"
#include "runtime/matcher.hpp"
#include "runtime/post_text.hpp"

namespace modcore::test {

class NaiveMatcher {
 public:
  // All three must outlive it.
  NaiveMatcher(const ir::RuleSet& rules, runtime::PostText& post, std::string_view lang);

  // Surviving matches by source, begin, longest first, item, piece.
  [[nodiscard]] std::vector<runtime::Match> matches(const ir::PatternUse& use);
  // Whether an exception cancelled a match in the last call of matches().
  [[nodiscard]] bool cancelled() const { return cancelled_; }

  [[nodiscard]] std::int64_t count(const std::vector<runtime::Match>& matches) const;
  [[nodiscard]] std::int64_t distinct(const std::vector<runtime::Match>& matches) const;
  [[nodiscard]] std::int64_t code_points_before(const runtime::Match& match) const;
  [[nodiscard]] bool near(const std::vector<runtime::Match>& a, const std::vector<runtime::Match>& b,
                          std::int64_t distance, bool in_order, bool same_use);

 private:
  // One character of the folded text and where it came from: the whole original
  // character, with the marks and invisible characters after it.
  struct Unit {
    std::string bytes;
    bool word = false;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  struct Word {
    std::string folded;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  using Ranges = std::vector<text::Range>;

  [[nodiscard]] static std::vector<Unit> units_of(std::string_view text);
  [[nodiscard]] static std::vector<Word> words_of(const std::vector<Unit>& units);

  [[nodiscard]] Ranges find(const ir::Item& item, const ir::Pattern& pattern, runtime::PieceId piece);
  [[nodiscard]] Ranges find_words(const ir::WordsItem& item, ir::Tolerance tolerance, std::string_view text) const;
  [[nodiscard]] Ranges find_substring(const ir::SubstringItem& item, ir::Tolerance tolerance, std::string_view text) const;
  [[nodiscard]] Ranges find_number(const ir::NumberItem& item, ir::Tolerance tolerance, std::string_view text) const;
  [[nodiscard]] Ranges find_regex(const ir::RegexItem& item, ir::Tolerance tolerance, std::string_view text) const;
  [[nodiscard]] Ranges find_domain(const ir::DomainItem& item, runtime::PieceId piece);
  [[nodiscard]] Ranges find_emoji(const ir::EmojiItem& item, std::string_view text) const;
  [[nodiscard]] bool word_matches(const ir::WordPattern& pattern, const Word& word,
                                  ir::Tolerance tolerance, std::string_view text) const;
  void ends_of(const ir::WordSequence& sequence, std::size_t element, std::size_t word,
               const std::vector<Word>& words, ir::Tolerance tolerance, std::string_view text,
               std::vector<std::size_t>& ends) const;

  [[nodiscard]] std::vector<runtime::Match> collect(std::uint32_t pattern, ir::FieldSet fields);
  [[nodiscard]] bool considered(const ir::Pattern& pattern) const;
  [[nodiscard]] bool placed(const ir::Pattern& pattern, text::Range range, runtime::PieceId piece,
                            ir::TextField field);
  [[nodiscard]] bool word_character_in(runtime::PieceId piece, text::Range range);
  [[nodiscard]] std::uint32_t source_of(const runtime::Match& match) const;

  const ir::RuleSet& rules_;
  runtime::PostText& post_;
  std::string_view lang_;
  bool cancelled_ = false;
};

}  // namespace modcore::test
