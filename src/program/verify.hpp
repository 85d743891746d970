// Proves that running an image can neither leave its tables nor its stack.
#pragma once

#include <string>

#include "program/image.hpp"

namespace modcore::program {

inline constexpr std::uint32_t max_stack_size = 4096;

// Empty if every index is in range, every fragment has the right types on a
// bounded stack and jumps only forwards within itself; otherwise the first fault.
// Total and linear: the image may hold anything.
[[nodiscard]] std::string verify(const Image& image);

}  // namespace modcore::program
