// A post of a `match` test with the words in disguise that the rule found in it.
#pragma once

#include <string>
#include <vector>

#include <modcore/tooling.hpp>

#include "program/image.hpp"
#include "runtime/match_plan.hpp"
#include "runtime/session.hpp"
#include "text/range.hpp"

namespace modcore::tooling {

// Where words, phrases and substrings of a rule stand in a post.
struct MatchedWords {
  std::vector<text::Range> title;
  std::vector<text::Range> body;
};

// The session stands at the post, and the rule has fired.
[[nodiscard]] MatchedWords matched_words(runtime::Session& session, const runtime::MatchPlan& plan,
                                         const program::Rule& rule);

struct MutatedPost {
  std::string title;
  std::string body;
  std::size_t words = 0;  // in disguise
};
[[nodiscard]] MutatedPost mutated_post(const Post& post, const MatchedWords& matched,
                                       DisguiseKind kind, std::uint64_t seed);

}  // namespace modcore::tooling
