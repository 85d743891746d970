// Findings about items that other items, or exceptions, make needless.
#pragma once

#include "lint/item_scan.hpp"
#include "lint/lint.hpp"
#include "lint/pattern_table.hpp"

namespace modcore::lint {

void lint_items(const Input& input, const PatternTable& patterns, ItemScan& scan, diag::Sink& sink);

}  // namespace modcore::lint
