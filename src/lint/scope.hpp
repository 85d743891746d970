// When rules are in force and what they do, compared.
#pragma once

#include "ir/rule_set.hpp"

namespace modcore::lint {

// Whenever and for whatever language the one is considered, the other is.
[[nodiscard]] bool considered_with(const ir::Rule& rule, const ir::Rule& other);
// The other hides at least as much and calls at least as many people.
[[nodiscard]] bool does_at_least(const ir::Rule& other, const ir::Rule& rule);
// Whether the allow rule suppresses the other, unless that is final.
[[nodiscard]] bool suppresses(const ir::RuleSet& rules, const ir::Rule& allow, ir::RuleId other);

// Stands behind the other one.
[[nodiscard]] bool later(source::Span a, source::Span b);

// Whether a match of any of its items alone makes the rule fire.
[[nodiscard]] bool fires_on_item(const ir::Rule& rule);

}  // namespace modcore::lint
