#include "tooling/tally.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "support/sort_unique.hpp"
#include "support/utf8.hpp"
#include "tooling/excerpt.hpp"

namespace modcore::tooling {
namespace {

constexpr std::array<std::string_view, 3> verdict_names = {"flag", "hide", "escalate"};

auto order(const BacktestExample& one) { return std::tie(one.rank, one.file, one.line, one.id); }

}  // namespace

BacktestExample make_example(const JudgedPost& judged) {
  BacktestExample example;
  example.rank = judged.rank;
  example.file = judged.record.file;
  example.line = judged.record.line;
  example.id = judged.post.id.empty() ? std::to_string(judged.record.line) : std::string(judged.post.id);
  example.verdict = judged.decision.verdict;
  example.label = judged.label.caught;
  for (const FiredRule& rule : judged.decision.fired) {
    example.evidence.insert(example.evidence.end(), rule.evidence.begin(), rule.evidence.end());
  }
  example.title = excerpt(judged.post.title, "title", example.evidence);
  example.body = excerpt(judged.post.body, "body", example.evidence);
  // In JSON other bytes would stand there, so that the places would be wrong.
  if (!utf8::is_valid(example.title) || !utf8::is_valid(example.body)) example.evidence.clear();
  return example;
}

void keep_smallest(std::vector<BacktestExample>& kept, BacktestExample example, std::size_t most) {
  const auto place = std::ranges::upper_bound(
      kept, order(example), {}, [](const BacktestExample& one) { return order(one); });
  kept.insert(place, std::move(example));
  if (kept.size() > most) kept.pop_back();
}

Tally::Tally(const Engine& engine, const BacktestOptions& options) {
  report_.policy = engine.policy();
  report_.engine = engine.fingerprint().to_string();
  report_.seed = options.seed;
  report_.examples = std::min<std::size_t>(options.examples, 1000);
  for (const std::string_view name : verdict_names) report_.verdict_rows.emplace_back().name = name;
  std::map<std::string_view, int> categories;
  for (const RuleInfo& rule : engine.rules()) {
    rule_index_.emplace(rule.id, static_cast<std::uint32_t>(report_.rules.size()));
    categories.emplace(rule.category, 0);
    BacktestRow& row = report_.rules.emplace_back();
    row.name = rule.id;
    row.category = rule.category;
    row.status = to_string(rule.status);
    row.verdict = rule.verdict;
  }
  for (const auto& entry : categories) {
    category_index_.emplace(entry.first, static_cast<std::uint32_t>(report_.categories.size()));
    report_.categories.emplace_back().name = entry.first;
  }
  category_spoke_.resize(report_.categories.size());
}

void Tally::keep(std::vector<BacktestExample>& kept, const JudgedPost& judged) {
  if (report_.examples == 0) return;
  if (kept.size() == report_.examples && judged.rank > kept.back().rank) return;
  keep_smallest(kept, make_example(judged), report_.examples);
}

void Tally::count(BacktestRow& row, const JudgedPost& judged, bool caught, bool speaks) {
  const bool positive = speaks && *judged.label.caught;
  const bool negative = speaks && !positive;
  if (positive) ++row.positives;
  if (negative) ++row.negatives;
  if (!caught) return;
  ++row.posts;
  if (positive) ++row.right;
  if (negative) ++row.wrong;
  keep(negative ? row.mistakes : row.examples, judged);
}

// A category speaks where a rule of it asks for more than `allow`, or its points reach
// a threshold.
void Tally::mark_categories(const Decision& decision) {
  std::ranges::fill(category_spoke_, 0);
  const auto mark = [&](const std::string& name) {
    const auto found = category_index_.find(name);
    if (found != category_index_.end()) category_spoke_[found->second] = 1;
  };
  for (const FiredRule& rule : decision.fired) {
    if (rule.verdict && *rule.verdict != Verdict::allow) mark(rule.category);
  }
  for (const CrossedThreshold& crossed : decision.crossed) mark(crossed.category);
}

void Tally::add_verdict_rows(const JudgedPost& judged, bool caught) {
  const bool labelled = judged.label.caught.has_value();
  const Decision& decision = judged.decision;
  const std::array<bool, 3> holds = {decision.verdict != Verdict::allow, decision.hidden,
                                     decision.attention == Attention::escalate};
  for (std::size_t i = 0; i < holds.size(); ++i) {
    // A post that is labelled for one category counts where that category caught it.
    const bool counts = holds[i] && (!labelled || caught);
    count(report_.verdict_rows[i], judged, counts, labelled);
    if (holds[i] && !counts) ++report_.verdict_rows[i].posts;
  }
}

void Tally::add_rules(const JudgedPost& judged) {
  fired_.clear();
  for (const FiredRule& rule : judged.decision.fired) fired_.push_back(rule_index_.at(rule.rule));
  for (const ShadowRule& rule : judged.decision.shadow) fired_.push_back(rule_index_.at(rule.rule));
  sort_unique(fired_);
  for (const std::uint32_t index : fired_) {
    BacktestRow& row = report_.rules[index];
    count(row, judged, true, judged.label.speaks_of(row.category));
  }
  std::uint32_t last = ~std::uint32_t{0};
  for (const UndeterminedRule& rule : judged.decision.undetermined) {
    const std::uint32_t index = rule_index_.at(rule.rule);
    if (index != last) ++report_.rules[index].undetermined;
    last = index;
  }
}

void Tally::add_overlaps() {
  for (std::size_t a = 0; a < fired_.size(); ++a) {
    for (std::size_t b = a + 1; b < fired_.size(); ++b) ++overlaps_[{fired_[a], fired_[b]}];
  }
}

void Tally::add(const JudgedPost& judged) {
  const Label& label = judged.label;
  const Decision& decision = judged.decision;
  ++report_.posts;
  ++report_.verdicts[static_cast<std::size_t>(decision.verdict)];
  if (!decision.limits.empty()) ++report_.limited;
  if (label.caught) ++(*label.caught ? report_.positives : report_.negatives);
  if (!label.problem.empty()) notice(label.problem);

  mark_categories(decision);
  for (std::size_t i = 0; i < report_.categories.size(); ++i) {
    BacktestRow& row = report_.categories[i];
    count(row, judged, category_spoke_[i] != 0, label.speaks_of(row.name));
  }
  const auto of_label = category_index_.find(label.category);
  const bool caught = label.category.empty() ? decision.verdict != Verdict::allow
                                             : of_label != category_index_.end() && category_spoke_[of_label->second] != 0;
  add_verdict_rows(judged, caught);
  if (label.caught && *label.caught && !caught) keep(report_.missed, judged);
  add_rules(judged);
  add_overlaps();
}

BacktestReport Tally::take() {
  for (const auto& [rules, posts] : overlaps_) {
    report_.overlaps.push_back({report_.rules[rules.first].name, report_.rules[rules.second].name, posts});
  }
  // A label speaks of a rule as it speaks of its category.
  for (BacktestRow& rule : report_.rules) {
    const BacktestRow& category = report_.categories[category_index_.at(rule.category)];
    rule.positives = category.positives;
    rule.negatives = category.negatives;
  }
  report_.notices.assign(notices_.begin(), notices_.end());
  return std::move(report_);
}

}  // namespace modcore::tooling
