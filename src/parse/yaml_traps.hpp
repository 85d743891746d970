// The accidents of YAML, told in the words of those who write rules.
#pragma once

#include "diag/sink.hpp"
#include "parse/yaml_events.hpp"
#include "parse/yaml_source.hpp"
#include "parse/yaml_tree.hpp"

namespace modcore::parse {

enum class AfterFailure : std::uint8_t {
  retry,      // what was in the way is overwritten, the rest can be read
  keep_tree,  // what came before is whole
  give_up,
};

// Reports why the parser stopped.
[[nodiscard]] AfterFailure report_failure(YamlSource& source, const YamlAttempt& attempt,
                                          const YamlLimits& limits, diag::Sink& sink);

// Reports what the parser accepts and the rule language does not: anchors, tags,
// duplicate keys, values that a comment or a comma cut. Leaves duplicates out.
void report_accidents(const YamlSource& source, YamlAttempt& attempt, diag::Sink& sink);

}  // namespace modcore::parse
