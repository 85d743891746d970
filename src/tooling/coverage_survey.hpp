// What there is to see of a rule, and where its counts stand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <modcore/corpus.hpp>

#include "api/compilation.hpp"

namespace modcore::tooling {

// The nodes of one condition that are counted, and where their counts stand.
struct WatchedNode {
  std::uint32_t instruction = 0;  // from the fragment's first
  std::size_t branch = 0;
};
struct WatchedCondition {
  const program::Fragment* fragment = nullptr;
  std::vector<WatchedNode> nodes;
  std::optional<std::size_t> exemption;
};
struct WatchedUse {
  std::uint32_t use = 0;
  std::size_t first_item = 0;  // of the group, among the rule's items
  std::optional<std::size_t> exemption;
  std::optional<std::size_t> language;
};
struct Watched {
  std::vector<WatchedCondition> conditions;
  std::vector<WatchedUse> uses;
};

// Fills in the parts of the rule, all with counts of zero; the indices of what comes
// back are into them.
[[nodiscard]] Watched survey(const api::Compilation& compilation, std::uint32_t rule, RuleCoverage& out);

}  // namespace modcore::tooling
