// Which patterns of all rules find the same, or more than others.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ir/rule_set.hpp"
#include "lint/statements.hpp"

namespace modcore::lint {

class PatternTable : public PatternOrder {
 public:
  explicit PatternTable(const ir::RuleSet& rules);

  // The first pattern that searches for exactly the same.
  [[nodiscard]] ir::PatternId alike(ir::PatternId pattern) const override;
  // The same items and more, seen at least as tolerantly, excused no more often.
  [[nodiscard]] bool wider(ir::PatternId narrow, ir::PatternId wide) const override;

  // What an item means, the same for the same meaning at `accents`.
  [[nodiscard]] const std::vector<std::uint32_t>& items(ir::PatternId pattern) const {
    return items_[static_cast<std::size_t>(pattern)];
  }
  // Both are those of the rule set, no copies.
  [[nodiscard]] std::uint32_t meaning_of(const ir::Pattern& pattern, const ir::Item& item) const;
  // The patterns that hold an item of that meaning, exceptions left out.
  [[nodiscard]] const std::vector<ir::PatternId>& with_item(std::uint32_t meaning) const {
    return by_item_[meaning];
  }

 private:
  [[nodiscard]] std::string options(const ir::Pattern& pattern) const;

  const ir::RuleSet& rules_;
  std::vector<std::vector<std::uint32_t>> written_;  // meanings of patterns' items, in their order
  std::vector<std::vector<std::uint32_t>> items_;    // the same, sorted
  std::vector<ir::PatternId> alike_;
  std::vector<std::vector<ir::PatternId>> by_item_;
};

}  // namespace modcore::lint
