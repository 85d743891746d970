// What comes closest to a pattern that did not match, and what keeps it from matching.
#pragma once

#include <vector>

#include <modcore/scanner.hpp>

#include "program/image.hpp"
#include "runtime/match_plan.hpp"
#include "runtime/session.hpp"

namespace modcore::api {

// A part "nearest" for each group of the rule that something comes close to: its text
// is the item, its value what keeps it from matching, its evidence the place. The
// session stands at the post. Slow: it compiles variants of each pattern.
[[nodiscard]] std::vector<ExplainedPart> near_misses(runtime::Session& session,
                                                const runtime::MatchPlan& plan, const Post& post,
                                                const program::Rule& rule);

}  // namespace modcore::api
