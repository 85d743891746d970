// Patterns whose words stand in many ordinary posts, and what that makes of conditions.
#pragma once

#include "lint/lint.hpp"

namespace modcore::lint {

void lint_frequency(const Input& input, diag::Sink& sink);

}  // namespace modcore::lint
