// What is dear in rules, with the numbers and the way to make it cheap.
#pragma once

#include "lint/lint.hpp"

namespace modcore::lint {

void lint_cost(const Input& input, diag::Sink& sink);

}  // namespace modcore::lint
