// Proves that an image and patterns out of unknown bytes keep what the compiler
// promises of its own and the scanner relies on.
#pragma once

#include <vector>

#include "artifact/contents.hpp"

namespace modcore::artifact {

// Throws Fault. Linear in the size of what it looks at.
void validate(const program::Image& image, const std::vector<runtime::PlannedPattern>& patterns,
              const Origins& origins);

}  // namespace modcore::artifact
