// Which patterns wake a rule, and which are left until somebody asks for them.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "ir/rule_set.hpp"
#include "program/image.hpp"

namespace modcore::compiler {

// How often patterns are expected to occur in a post. Each is looked at when it is first
// asked for; so are the items that several of them share.
class Occurrences {
 public:
  explicit Occurrences(const ir::RuleSet& rules) : rules_(rules) {}
  [[nodiscard]] double of(ir::PatternId pattern);

 private:
  [[nodiscard]] double of(const ir::Item& item);

  const ir::RuleSet& rules_;
  std::unordered_map<ir::PatternId, double> patterns_;
  std::unordered_map<const ir::WordRows*, double> items_;
};

// Patterns without which the condition is false: if none of them occurs, it is neither
// true nor unknown. Of the choices that the condition gives, the one that is expected to
// occur least often. Sorted, without duplicates. Nothing if it does not sleep, or if what
// it needs is rarer than any of them: then it is asked in each post that has that.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> wakers(Occurrences& occurrences, const ir::Expr& condition,
                                                               program::Needs needs);

// Which patterns hold a regex without literals: PCRE2 runs over all that they are asked
// about. Each is looked at when it is first asked for.
class UnfilteredPatterns {
 public:
  explicit UnfilteredPatterns(const ir::RuleSet& rules) : rules_(rules), known_(rules.patterns.size()) {}
  [[nodiscard]] bool contains(ir::PatternId pattern);

 private:
  const ir::RuleSet& rules_;
  std::vector<std::optional<bool>> known_;
};

// Of each pattern, whether it wakes no rule and no rule that is asked in each post asks for it.
[[nodiscard]] std::vector<bool> waiting_patterns(const ir::RuleSet& rules,
                                                 const program::Image& image);

}  // namespace modcore::compiler
