// A post of a `match` test with the words in disguise that the rule found in it.
#pragma once

#include <string>

#include <modcore/tooling.hpp>

#include "program/image.hpp"
#include "runtime/match_plan.hpp"
#include "runtime/session.hpp"
#include "tooling/written_words.hpp"

namespace modcore::tooling {

// A post taken apart where words, phrases and substrings of a rule stand in it.
struct MatchedPost {
  WrittenWords title;
  WrittenWords body;
};

// The session stands at the post, and the rule has fired.
[[nodiscard]] MatchedPost matched_post(runtime::Session& session, const runtime::MatchPlan& plan,
                                       const program::Rule& rule, const Post& post);

struct MutatedPost {
  std::string title;
  std::string body;
  std::size_t words = 0;  // in disguise
};
[[nodiscard]] MutatedPost mutated_post(const MatchedPost& matched, DisguiseKind kind, std::uint64_t seed);

}  // namespace modcore::tooling
