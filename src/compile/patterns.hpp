// From typed patterns to literal tables, Hyperscan databases and PCRE2 programs.
#pragma once

#include <memory>
#include <vector>

#include "diag/sink.hpp"
#include "ir/rule_set.hpp"
#include "runtime/matcher.hpp"

namespace modcore::compiler {

// `uses` gives the numbers that UseId means. The plan searches each pattern in
// all fields that its uses ask for; `except` patterns in those of the patterns
// that they belong to. `waits` tells of each pattern whether it wakes no rule and is
// searched for only when it is asked for; empty: none does. Reports what Hyperscan or PCRE2 refuse (M301, M302);
// nothing is returned after an error.
[[nodiscard]] std::shared_ptr<runtime::MatchPlan> compile_patterns(
    const ir::RuleSet& rules, const std::vector<ir::PatternUse>& uses,
    const std::vector<bool>& waits, diag::Sink& sink);

}  // namespace modcore::compiler
