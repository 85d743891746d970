// How often this thread has asked for memory: a test program that links
// count_allocations.cpp counts each operator new.
#pragma once

#include <cstddef>

namespace modcore::testing {

[[nodiscard]] std::size_t allocations() noexcept;

}  // namespace modcore::testing
