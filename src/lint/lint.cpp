#include "lint/lint.hpp"

#include "lint/allowances.hpp"
#include "lint/between.hpp"
#include "lint/common_words.hpp"
#include "lint/conditions.hpp"
#include "lint/cost.hpp"
#include "lint/facts.hpp"
#include "lint/frequency.hpp"
#include "lint/item_scan.hpp"
#include "lint/items.hpp"
#include "lint/likeness.hpp"
#include "lint/pattern_table.hpp"
#include "lint/scores.hpp"
#include "lint/syntax.hpp"
#include "lint/twins.hpp"
#include "lint/undecided.hpp"
#include "lint/unguarded.hpp"

namespace modcore::lint {

void lint_meaning(const Input& input, diag::Sink& sink) {
  lint_syntax(input, sink);
  for (std::size_t i = 0; i < input.checked.rules.rules.size(); ++i) {
    const auto rule = static_cast<ir::RuleId>(i);
    if (lint_conditions(input, rule, sink)) lint_facts(input, rule, sink);
  }
  lint_unguarded(input, sink);
  const PatternTable patterns(input.checked.rules);
  lint_between(input, patterns, sink);
  lint_twins(input, patterns, sink);
  lint_allowances(input, sink);
  lint_scores(input, patterns, sink);
  lint_likeness(input, patterns, sink);
  lint_undecided(input, sink);
}

void lint_items_in_texts(const Input& input, diag::Sink& sink) {
  lint_frequency(input, sink);
  ItemScan scan(*input.plan);
  lint_items(input, scan, sink);
  lint_common_words(input, scan, sink);
}

void lint_dear(const Input& input, diag::Sink& sink) { lint_cost(input, sink); }

}  // namespace modcore::lint
