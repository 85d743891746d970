// Rules as a policy changes them.
#pragma once

#include <vector>

#include "check/effective_rule.hpp"
#include "check/packs.hpp"
#include "check/policy.hpp"
#include "check/report.hpp"

namespace modcore::checker {

// All rules, sorted by id, of equal ids only the first.
[[nodiscard]] std::vector<EffectiveRule> gather_rules(const ast::Bundle& bundle,
                                                      const Policy& policy, diag::Sink& sink);

}  // namespace modcore::checker
