// Findings about how conditions are written, whatever they mean.
#pragma once

#include "lint/lint.hpp"

namespace modcore::lint {

void lint_syntax(const Input& input, diag::Sink& sink);

}  // namespace modcore::lint
