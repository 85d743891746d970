// Findings about what a condition asks of posts and authors: facts that may be
// missing, places that never meet, rules about persons alone.
#pragma once

#include "lint/lint.hpp"

namespace modcore::lint {

void lint_facts(const Input& input, ir::RuleId rule, diag::Sink& sink);

}  // namespace modcore::lint
