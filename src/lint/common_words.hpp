// Findings about items that find ordinary words.
#pragma once

#include "lint/item_scan.hpp"
#include "lint/lint.hpp"

namespace modcore::lint {

void lint_common_words(const Input& input, ItemScan& scan, diag::Sink& sink);

}  // namespace modcore::lint
