// What rules mean, aspect by aspect, so that two versions can be compared.
#pragma once

#include <map>
#include <set>
#include <string>

#include "api/compilation.hpp"

namespace modcore::tooling {

struct Aspect {
  std::string text;             // as people read it
  std::string meaning;          // equal if and only if it means the same
  std::set<std::string> items;  // of aspects that are lists; `text` is empty then
};
using Aspects = std::map<std::string, Aspect>;

[[nodiscard]] Aspects aspects_of_rule(const ir::RuleSet& rules, const ir::Rule& rule);
// Languages, thresholds, routes, lists, limits...
[[nodiscard]] Aspects aspects_of_policy(const api::Compilation& compilation);

}  // namespace modcore::tooling
