// Sizes of a regex: states, and whether it can match without taking a character.
#pragma once

#include <cstdint>

#include "regex/node.hpp"

namespace modcore::regex {

// States after expanding repeats; saturates.
[[nodiscard]] std::uint64_t cost(const Node& node);
// It matches the empty text wherever it is asked, whatever stands around.
[[nodiscard]] bool always_matches_empty(const Node& node);
// It can take no character at all.
[[nodiscard]] bool takes_nothing(const Node& node);

}  // namespace modcore::regex
