// What `expect` of a test asks of a decision.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <modcore/decision.hpp>

#include "ast/ast.hpp"

namespace modcore::tooling {

// What a decision says, in the words that `expect` uses.
struct Observed {
  Verdict verdict = Verdict::allow;
  bool hidden = false;
  std::set<std::string, std::less<>> routes;
  std::set<std::string, std::less<>> fired;
  std::set<std::string, std::less<>> evidence;  // groups that have matched

  void add(const std::vector<Evidence>& found);
};

[[nodiscard]] Observed observed_in(const Decision& decision);

// The first expectation that does not hold, or empty.
[[nodiscard]] std::string unmet(const ast::Expectation& expect, const Observed& observed);

}  // namespace modcore::tooling
