// Sets apart the probes of patterns that wait, which are looked at only when somebody
// asks for their pattern.
#pragma once

#include <vector>

#include "runtime/match_plan.hpp"

namespace modcore::compiler {

// Sorts the probes of each literal: those of patterns that do not wait first.
void set_waiting_apart(runtime::LiteralTable& table, const std::vector<runtime::PlannedPattern>& patterns);

}  // namespace modcore::compiler
