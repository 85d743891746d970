// Findings about allow rules: what they suppress that they should not, or cannot.
#pragma once

#include "lint/lint.hpp"

namespace modcore::lint {

void lint_allowances(const Input& input, diag::Sink& sink);

}  // namespace modcore::lint
