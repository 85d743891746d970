// Findings about items that others of their group find, and exceptions that spare nothing.
#pragma once

#include "lint/item_scan.hpp"
#include "lint/lint.hpp"

namespace modcore::lint {

void lint_items(const Input& input, ItemScan& scan, diag::Sink& sink);

}  // namespace modcore::lint
