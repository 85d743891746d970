// Rules that look for what random posts hold.
#pragma once

#include <cstddef>
#include <string>

#include <modcore/engine.hpp>

namespace modcore::test {

// One rule with a group for each of planted_items(), at tolerance obfuscated.
[[nodiscard]] Engine compile_planted_items();
[[nodiscard]] std::string planted_pattern(std::size_t item);

}  // namespace modcore::test
