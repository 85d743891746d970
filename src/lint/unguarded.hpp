// Dear functions that every post is put through.
#pragma once

#include "lint/lint.hpp"

namespace modcore::lint {

void lint_unguarded(const Input& input, diag::Sink& sink);

}  // namespace modcore::lint
