// Items that are ordinary words in another language of the community.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>

#include "lint/lint.hpp"
#include "lint/word_lists.hpp"
#include "runtime/match_plan.hpp"

namespace modcore::lint {

class FalseFriends {
 public:
  explicit FalseFriends(const Input& input) : rules_(input.checked.rules) {}

  // The item is the word of that rank in the list, which outlives this.
  void note(runtime::ItemRef item, const WordList& list, std::size_t rank);
  // `lists` tells which lists were looked at.
  void report(std::string_view lists, diag::Sink& sink) const;

 private:
  struct Known {
    const WordList* list = nullptr;
    std::size_t rank = 0;
  };
  using Ranks = std::map<std::string_view, Known>;  // by language
  using Items = std::map<std::uint32_t, Ranks>;     // of one group

  [[nodiscard]] bool any_language(const ir::Pattern& pattern) const;
  // The language of most words of a group, empty if it cannot be told.
  [[nodiscard]] static std::string_view language_of(const Items& items);
  void known_ones(const ir::Pattern& pattern, std::string_view own, diag::Sink& sink) const;
  void strangers(const ir::Pattern& pattern, std::string_view own, const Items& items,
                 std::string_view lists, diag::Sink& sink) const;
  [[nodiscard]] static bool is_everyday(const Known& known);
  diag::Report tell(const ir::Pattern& pattern, const ir::Item& item, std::string_view language,
                    std::string_view meaning, diag::Sink& sink) const;

  const ir::RuleSet& rules_;
  std::map<std::uint32_t, Items> groups_;
};

}  // namespace modcore::lint
