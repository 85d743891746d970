// Findings between rules: what one makes of the other.
#pragma once

#include "lint/lint.hpp"
#include "lint/pattern_table.hpp"

namespace modcore::lint {

void lint_between(const Input& input, const PatternTable& patterns, diag::Sink& sink);

}  // namespace modcore::lint
