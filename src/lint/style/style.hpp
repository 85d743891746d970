// What is doubtful about how rules are written and kept: nothing is run for it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ast/ast.hpp"
#include "diag/sink.hpp"
#include "ir/rule_set.hpp"
#include "source/source_map.hpp"

namespace modcore::lint::style {

// What `.modcore.yaml` asks for. Periods are seconds; 0 asks for nothing.
struct StyleSettings {
  static constexpr std::int64_t day = 86'400;
  std::vector<ast::Name> require;
  std::vector<ast::Name> owners;
  std::vector<ast::Name> ids;
  std::int64_t expiring = 14 * day;
  std::int64_t shadow = 60 * day;
  std::int64_t review = 0;
};

struct StyleInput {
  const source::SourceMap& sources;
  const ast::Bundle& bundle;
  const ir::RuleSet& rules;  // of this bundle, complete
  const StyleSettings& settings;
  // The attributes that the host declares by the API; empty: not known.
  const std::vector<std::string>& given;
  std::int64_t now = 0;  // Unix seconds
  diag::Sink& sink;
};

void report_style(const StyleInput& input);

}  // namespace modcore::lint::style
