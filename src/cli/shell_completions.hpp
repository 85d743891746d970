// Completions of the command for shells.
#pragma once

#include <string>

#include "cli/verb_tree.hpp"

namespace modcore::cli {

[[nodiscard]] std::string bash_completion(const VerbInfo& command);
[[nodiscard]] std::string zsh_completion(const VerbInfo& command);
[[nodiscard]] std::string fish_completion(const VerbInfo& command);

}  // namespace modcore::cli
