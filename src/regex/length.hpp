// How many characters a match takes.
#pragma once

#include <cstdint>

#include "regex/node.hpp"

namespace modcore::regex {

struct Length {
  std::uint32_t min = 0;
  std::uint32_t max = 0;  // `unbounded` if there is no end
};
[[nodiscard]] Length length_of(const Node& node);

}  // namespace modcore::regex
