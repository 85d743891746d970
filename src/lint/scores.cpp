#include "lint/scores.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "diag/catalogue.hpp"
#include "ir/dump.hpp"
#include "lint/scope.hpp"
#include "lint/solver.hpp"

namespace modcore::lint {

using ir::Rule;
using ir::RuleId;

namespace {

constexpr std::size_t most_holders = 20;  // of one item, that are compared

class ScoreLinter {
 public:
  ScoreLinter(const Input& input, const PatternTable& patterns, diag::Sink& sink)
      : input_(input), rules_(input.checked.rules), patterns_(patterns), sink_(sink) {}

  void run() {
    for (std::size_t i = 0; i < rules_.categories.size(); ++i) {
      category(static_cast<ir::CategoryId>(i));
    }
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
      const auto id = static_cast<RuleId>(i);
      if (!scores(rule(id))) continue;
      weaker_than_threshold(id);
      scored_twice(id);
    }
    idle_defaults();
  }

 private:
  // The most points that rules of a category can give; none: no bound.
  using Most = std::optional<std::int64_t>;

  [[nodiscard]] const Rule& rule(RuleId id) const { return rules_.rules[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const checker::EffectiveRule& written(RuleId id) const {
    return input_.checked.written[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] static bool scores(const Rule& rule) {
    return rule.score && rule.score->points > 0 && rule.status == ir::Status::active;
  }
  [[nodiscard]] source::Span score_of(RuleId id) const {
    const auto& score = written(id).score;
    return score ? score->span : written(id).rule->id.span;
  }

  static Most most_of(const Rule& rule) {
    if (rule.score->max) return rule.score->max;
    return rule.score->per ? std::nullopt : Most(rule.score->points);
  }

  // ---- Thresholds that points never reach
  void category(ir::CategoryId id) {
    const ir::Category& category = rules_.categories[static_cast<std::size_t>(id)];
    Most sum = 0;
    std::optional<RuleId> first;
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
      const auto number = static_cast<RuleId>(i);
      if (rule(number).category != id || !scores(rule(number))) continue;
      if (!first) first = number;
      const Most own = most_of(rule(number));
      sum = sum && own ? Most(*sum + *own) : std::nullopt;
    }
    if (!first || !sum || category.thresholds.empty()) return;
    if (*sum < category.thresholds.front().points) {
      if (!rules_.has_policy) return;  // other packs may add to it
      sink_.report(diag::score_without_threshold, score_of(*first),
                   {category.name, ir::decimal(*sum), ir::decimal(category.thresholds.front().points)})
          .rule(rule(*first).id);
      return;
    }
    for (const ir::Threshold& threshold : category.thresholds) {
      if (threshold.points > *sum) unreachable(category, threshold, *sum);
    }
  }

  // Only those that the policy itself writes down.
  void unreachable(const ir::Category& category, const ir::Threshold& threshold, std::int64_t sum) {
    if (!input_.bundle.policy) return;
    for (const ast::Thresholds& thresholds : input_.bundle.policy->thresholds) {
      if (thresholds.category.value != category.name) continue;
      for (const auto& [verdict, points] : thresholds.verdicts) {
        if (verdict.value != to_string(threshold.verdict)) continue;
        sink_.report(diag::unreachable_threshold, points.span,
                     {category.name, points.value, ir::decimal(sum)});
      }
    }
  }

  // ---- A verdict that its own points outvote
  void weaker_than_threshold(RuleId id) {
    const Rule& one = rule(id);
    if (!one.verdict || one.verdict == ir::Verdict::allow || one.score->per) return;
    const auto& thresholds = rules_.categories[static_cast<std::size_t>(one.category)].thresholds;
    for (const ir::Threshold& threshold : thresholds) {
      if (threshold.points > one.score->points || threshold.verdict <= *one.verdict) continue;
      sink_.report(diag::verdict_weaker_than_threshold, score_of(id),
                   {to_string(*one.verdict), ir::decimal(one.score->points),
                    to_string(threshold.verdict), ir::decimal(threshold.points)})
          .rule(one.id);
      return;
    }
  }

  // ---- The same words counted twice
  void scored_twice(RuleId id) {
    std::set<RuleId> seen;
    for (const ir::PatternId pattern : rule(id).patterns) {
      const auto& items = patterns_.items(pattern);
      for (std::size_t i = 0; i < items.size(); ++i) {
        const auto& holders = patterns_.with_item(items[i]);
        if (holders.size() > most_holders) continue;
        for (const ir::PatternId other : holders) {
          const RuleId second = rules_.patterns[static_cast<std::size_t>(other)].rule;
          if (second <= id || !shares_points(pattern, other, second) || !seen.insert(second).second) continue;
          report_twice(id, second, items[i]);
        }
      }
    }
  }

  [[nodiscard]] bool shares_points(ir::PatternId one, ir::PatternId other, RuleId second) const {
    const ir::Pattern& a = rules_.patterns[static_cast<std::size_t>(one)];
    const ir::Pattern& b = rules_.patterns[static_cast<std::size_t>(other)];
    const bool meet = (a.in.bits & b.in.bits) != 0 &&
                      (a.languages.empty() || b.languages.empty() || a.languages == b.languages);
    return meet && scores(rule(second)) && rule(second).category == rule(a.rule).category;
  }

  void report_twice(RuleId id, RuleId second, std::uint32_t item) {
    const Rule& one = rule(id);
    const Rule& two = rule(second);
    const bool languages = one.languages.empty() || two.languages.empty() || one.languages == two.languages;
    if (!languages || !fires_on_item(one) || !fires_on_item(two)) return;
    const ir::Item* a = find(one, item);
    const ir::Item* b = find(two, item);
    if (a == nullptr || b == nullptr) return;
    sink_.report(diag::same_match_scored_twice, b->span, {b->source, one.id, two.id})
        .rule(two.id)
        .label(a->span, "here it gives points already");
  }

  [[nodiscard]] const ir::Item* find(const Rule& rule, std::uint32_t meaning) const {
    for (const ir::PatternId pattern : rule.patterns) {
      const ir::Pattern& group = rules_.patterns[static_cast<std::size_t>(pattern)];
      for (const ir::Item& item : group.items) {
        if (patterns_.meaning_of(group, item) == meaning) return &item;
      }
    }
    return nullptr;
  }

  // ---- Defaults that nobody takes
  void idle_defaults() {
    if (!input_.bundle.policy) return;
    std::set<std::string> relying;
    std::set<std::string> used;
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
      const auto& category = rules_.categories[static_cast<std::size_t>(rules_.rules[i].category)];
      const checker::EffectiveRule& own = input_.checked.written[i];
      used.insert(category.name);
      if (!own.verdict && !own.score) relying.insert(category.name);
    }
    for (const ast::CategoryDeclaration& category : input_.bundle.policy->categories) {
      const std::string& name = category.name.value;
      const bool built_in = !category.default_verdict || category.default_verdict->value == "flag";
      if (built_in || !used.contains(name) || relying.contains(name)) continue;
      sink_.report(diag::category_default_conflict, category.default_verdict->span, {name});
    }
  }

  const Input& input_;
  const ir::RuleSet& rules_;
  const PatternTable& patterns_;
  diag::Sink& sink_;
};

}  // namespace

void lint_scores(const Input& input, const PatternTable& patterns, diag::Sink& sink) {
  ScoreLinter(input, patterns, sink).run();
}

}  // namespace modcore::lint
