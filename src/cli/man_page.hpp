// The command's manual.
#pragma once

#include <string>

#include "cli/verb_tree.hpp"

namespace modcore::cli {

[[nodiscard]] std::string man_page(const VerbInfo& command);

}  // namespace modcore::cli
