// Pattern groups to ir::Patterns.
#pragma once

#include <map>
#include <string>

#include "check/fields.hpp"
#include "check/packs.hpp"
#include "check/report.hpp"
#include "ir/rule_set.hpp"

namespace modcore::checker {

// The patterns of one rule by name.
using PatternNames = std::map<std::string, ir::PatternId, std::less<>>;

// Adds the groups of a rule, in order of their names, to `patterns`.
[[nodiscard]] PatternNames add_groups(const Reporter& report, const ast::Rule& rule, ir::RuleId id,
                                      const FieldNames& fields, Pack& pack,
                                      std::vector<ir::Pattern>& patterns);

}  // namespace modcore::checker
