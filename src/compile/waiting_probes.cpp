#include "compile/waiting_probes.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace modcore::compiler {

void set_waiting_apart(runtime::LiteralTable& table, const std::vector<runtime::PlannedPattern>& patterns) {
  const auto waits = [&](const runtime::Probe& probe) { return patterns[probe.item.pattern].waits; };
  std::map<runtime::PatternSet, std::uint32_t> numbers;
  const auto number = [&](const runtime::PatternSet& set) {
    const auto [known, is_new] = numbers.emplace(set, static_cast<std::uint32_t>(table.waiting_sets.size()));
    if (is_new) table.waiting_sets.push_back(set);
    return known->second;
  };
  table.fields = table.waiting_fields = {};
  for (runtime::Literal& literal : table.literals) {
    const auto begin = table.probes.begin() + literal.first_probe;
    const auto end = table.probes.begin() + literal.end_probe;
    const auto waiting = std::stable_partition(begin, end, std::not_fn(waits));
    std::stable_sort(waiting, end, [](const runtime::Probe& a, const runtime::Probe& b) {
      return a.item.pattern < b.item.pattern;
    });
    literal.first_waiting = static_cast<std::uint32_t>(waiting - table.probes.begin());
    runtime::PatternSet set;
    for (auto probe = begin; probe != end; ++probe) {
      const bool later = probe >= waiting;
      (later ? table.waiting_fields : table.fields).add(patterns[probe->item.pattern].fields);
      if (later) set.add(probe->item.pattern);
    }
    if (waiting != end) literal.waiting = number(set);
  }
}

}  // namespace modcore::compiler
