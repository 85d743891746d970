// The tests that stand with the rules and beside a policy.
#pragma once

#include <vector>

#include "check/check.hpp"
#include "check/rules.hpp"

namespace modcore::checker {

struct CollectedTests {
  std::vector<Test> tests;
  std::vector<Mutation> mutations;
};

[[nodiscard]] CollectedTests collect_tests(const std::vector<EffectiveRule>& rules,
                                           const std::vector<Draft>& drafts,
                                           const Surroundings& around,
                                           const ir::RuleSet& rule_set, diag::Sink& sink);

}  // namespace modcore::checker
