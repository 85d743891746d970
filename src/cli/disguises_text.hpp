// Words in disguise and what each of their characters was read as, as text.
#pragma once

#include <string>
#include <vector>

#include <modcore/scanner.hpp>

#include "cli/terminal.hpp"

namespace modcore::cli {

// Empty if there are none.
[[nodiscard]] std::string render_disguises(const std::vector<DisguisedWord>& words,
                                           const Palette& palette);

}  // namespace modcore::cli
