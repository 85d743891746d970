// What the words in disguise of a post were read as, for people.
#pragma once

#include <vector>

#include <modcore/scanner.hpp>

#include "program/image.hpp"
#include "runtime/match_plan.hpp"
#include "runtime/session.hpp"

namespace modcore::api {

// Adds those that the groups of a rule found; the session stands at the post.
void add_disguises(runtime::Session& session, const runtime::MatchPlan& plan,
                   const program::Rule& rule, std::vector<DisguisedWord>& out);

}  // namespace modcore::api
