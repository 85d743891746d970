// Rules that their own tests never decide.
#pragma once

#include "lint/lint.hpp"

namespace modcore::lint {

void lint_undecided(const Input& input, diag::Sink& sink);

}  // namespace modcore::lint
