// A folder of match plans by what they were compiled from, so that unchanged
// patterns are compiled once.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "diag/sink.hpp"
#include "ir/rule_set.hpp"
#include "runtime/match_plan.hpp"

namespace modcore::artifact {

// Why a folder cannot be trusted or made; empty if it is the user's own and nobody
// else may write there. It is made if it is missing.
[[nodiscard]] std::string cache_problem(const std::string& folder);

// As compiler::compile_patterns(), out of the folder where it has been done before.
// A file that is broken, of another library or not the user's is written anew. Any
// number of processes may use one folder. `folder` must have no cache_problem().
[[nodiscard]] std::shared_ptr<const runtime::MatchPlan> compile_with_cache(
    const std::string& folder, const ir::RuleSet& rules, const std::vector<ir::PatternUse>& uses,
    const std::vector<bool>& waits, diag::Sink& sink);

}  // namespace modcore::artifact
