// Rules that could be one.
#pragma once

#include "lint/lint.hpp"
#include "lint/pattern_table.hpp"

namespace modcore::lint {

void lint_likeness(const Input& input, const PatternTable& patterns, diag::Sink& sink);

}  // namespace modcore::lint
