// Texts that stand for all that an item finds.
#pragma once

#include <string>
#include <vector>

#include "ir/rule_set.hpp"

namespace modcore::lint {

// One for each way in which the item can be written; whoever finds each of them
// finds whatever the item finds. Empty where no few texts stand for all: gaps,
// regexes, emoji, numbers, domains, many alternatives.
[[nodiscard]] std::vector<std::string> samples_of(const ir::Item& item);

// A plain word or phrase, without wildcards, gaps and alternatives.
[[nodiscard]] bool is_plain(const ir::Item& item);

}  // namespace modcore::lint
