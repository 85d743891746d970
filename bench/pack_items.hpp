// What packs search for, as it would be given to others.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/match_plan.hpp"

namespace bench {

// How many: alternatives of phrases, and everything else once.
[[nodiscard]] std::size_t count_items(const modcore::runtime::MatchPlan& plan);

// Of each phrase the longest run of plain words, as the folded words of a text have it,
// with a space on both sides; each once.
[[nodiscard]] std::vector<std::string> longest_runs(const modcore::runtime::MatchPlan& plan);

// All but emoji as regular expressions, each once: words in order with gaps between word
// edges, hosts with a path, digits with separators, regexes as they are. What a disguise
// may hide, accents and exceptions are left out.
[[nodiscard]] std::vector<std::string> as_regexes(const modcore::runtime::MatchPlan& plan);

}  // namespace bench
