// Findings about points and thresholds.
#pragma once

#include "lint/lint.hpp"
#include "lint/pattern_table.hpp"

namespace modcore::lint {

void lint_scores(const Input& input, const PatternTable& patterns, diag::Sink& sink);

}  // namespace modcore::lint
