// Findings about the conditions of one rule: what they can and cannot mean.
#pragma once

#include "lint/lint.hpp"

namespace modcore::lint {

// Whether the rule can fire at all.
bool lint_conditions(const Input& input, ir::RuleId rule, diag::Sink& sink);

}  // namespace modcore::lint
