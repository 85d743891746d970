// From typed rules to the image that scanners run.
#pragma once

#include "ir/rule_set.hpp"
#include "program/image.hpp"

namespace modcore::compiler {

// The same rules give the same image. Everything is copied: the image outlives
// the rules.
[[nodiscard]] program::Image encode(const ir::RuleSet& rules);

}  // namespace modcore::compiler
