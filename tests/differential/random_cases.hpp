// Random rule sets and posts over one small vocabulary, so that they meet often.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "ir/rule_set.hpp"

namespace modcore::test {

// The texts of a post, kept for as long as a Post refers to them.
struct RandomPost {
  std::string title, body, lang, author_name;
  std::vector<std::string> attachments;
};

class RandomCases {
 public:
  explicit RandomCases(std::uint32_t seed) : random_(seed) {}

  // Groups with exceptions; each group is asked for in one or two sets of fields.
  [[nodiscard]] ir::RuleSet rule_set();
  [[nodiscard]] std::vector<ir::PatternUse> uses(const ir::RuleSet& rules);
  [[nodiscard]] RandomPost post();

  [[nodiscard]] int below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }

 private:
  template <class List>
  [[nodiscard]] const auto& any(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(std::size(list))))];
  }
  [[nodiscard]] ir::Pattern group();
  [[nodiscard]] ir::Pattern exception_of(const ir::Pattern& pattern);
  [[nodiscard]] ir::Item item();
  [[nodiscard]] std::string phrase();
  [[nodiscard]] std::string word_with_wildcards();
  [[nodiscard]] ir::FieldSet some_fields();
  [[nodiscard]] std::string text(int words);
  [[nodiscard]] std::string disguised(std::string_view word);

  std::mt19937 random_;
};

}  // namespace modcore::test
