// What differs between two texts, as people read it.
#pragma once

#include <string>
#include <string_view>

#include "cli/terminal.hpp"

namespace modcore::cli {

// A unified diff with three lines of context; empty if the texts are the same.
[[nodiscard]] std::string line_diff(std::string_view before, std::string_view after,
                                    std::string_view name, const Palette& palette);

}  // namespace modcore::cli
