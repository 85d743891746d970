// Digits that every match of a regex contains.
#pragma once

#include <cstdint>
#include <string>

#include "regex/node.hpp"

namespace modcore::regex {

// The digits that every match contains with nothing but other characters than digits
// between them, and how many characters of a match stand before the first.
struct RequiredDigits {
  std::string digits;  // empty if there are none
  std::uint32_t before_min = 0;
  std::uint32_t before_max = unbounded;
};
[[nodiscard]] RequiredDigits required_digits(const Node& root);

}  // namespace modcore::regex
