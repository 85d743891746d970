// One item in two groups of which one is enough: M306 beyond one group.
#pragma once

#include "lint/lint.hpp"
#include "lint/pattern_table.hpp"

namespace modcore::lint {

void lint_twins(const Input& input, const PatternTable& patterns, diag::Sink& sink);

}  // namespace modcore::lint
