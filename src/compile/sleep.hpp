// Which rules need not run where none of their patterns matches.
#pragma once

#include "ir/rule_set.hpp"

namespace modcore::compiler {

// Whether the condition is false, never true or unknown, in every post in which
// none of its patterns matches, whatever the other facts are.
[[nodiscard]] bool sleeps(const ir::Expr& condition);

}  // namespace modcore::compiler
