// The commonest words of English, French and Polish.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/rule_set.hpp"

namespace modcore::lint {

// One word a line, commonest first.
struct EmbeddedWords {
  std::string_view language;
  std::string_view lines;
};
[[nodiscard]] std::span<const EmbeddedWords> embedded_words() noexcept;

struct WordList {
  std::string language;
  std::string name;  // for people: "English"
  std::vector<std::string_view> words;
};

// Those of the policy's languages; without a policy all of them.
[[nodiscard]] std::vector<WordList> word_lists(const ir::RuleSet& rules);

}  // namespace modcore::lint
