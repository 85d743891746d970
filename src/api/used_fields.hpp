// Which facts about a post a rule set reads.
#pragma once

#include <string>
#include <vector>

#include "ir/rule_set.hpp"
#include "program/image.hpp"

namespace modcore::api {

// The names of the fields that can make a difference to a decision, sorted. A
// part of the body counts as the body too.
[[nodiscard]] std::vector<std::string> used_fields(const ir::RuleSet& rules,
                                                   const program::Image& image);

}  // namespace modcore::api
