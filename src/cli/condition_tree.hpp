// Why a rule decided as it did, as a tree of its conditions.
#pragma once

#include <string>

#include <modcore/scanner.hpp>

#include "cli/terminal.hpp"

namespace modcore::cli {

// One line each node: whether it held, its text, its evidence or what it lacked.
// The rule's own line comes first.
[[nodiscard]] std::string render_rule(const ExplainedRule& rule, const Palette& palette,
                                      std::size_t indent = 0);

}  // namespace modcore::cli
