// Arithmetic of counts in which `unbounded` stays what it is.
#pragma once

#include <cstdint>

#include "regex/node.hpp"

namespace modcore::regex {

[[nodiscard]] inline std::uint32_t sum(std::uint32_t a, std::uint32_t b) {
  return a >= unbounded - b ? unbounded : a + b;
}
[[nodiscard]] inline std::uint32_t product(std::uint32_t a, std::uint32_t b) {
  const std::uint64_t all = std::uint64_t{a} * b;
  return all >= unbounded ? unbounded : static_cast<std::uint32_t>(all);
}

}  // namespace modcore::regex
