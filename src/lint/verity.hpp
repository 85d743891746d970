// What can be told of a condition without a post.
#pragma once

#include "ir/rule_set.hpp"

namespace modcore::lint {

enum class Verity : std::uint8_t { depends, never_true, always_true };

// Sound, not complete: `depends` where the condition is too large to be searched,
// or where only more thinking would tell. Always true means for every post, also
// one whose facts are missing.
[[nodiscard]] Verity verity_of(const ir::RuleSet& rules, const ir::Expr& condition);

}  // namespace modcore::lint
