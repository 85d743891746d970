#include "lint/between.hpp"

#include <algorithm>
#include <set>

#include "diag/catalogue.hpp"
#include "lint/scope.hpp"
#include "lint/solver.hpp"
#include "support/sort_unique.hpp"

namespace modcore::lint {

using ir::Rule;
using ir::RuleId;
using ir::Verdict;

namespace {

constexpr std::size_t most_neighbours = 100;  // rules that one rule is compared with

bool has_patterns(const Rule& rule) { return !rule.patterns.empty(); }

void attributes_of(const ir::Expr& expr, std::set<std::uint32_t>& found) {
  if (expr.op == ir::Op::attribute || expr.op == ir::Op::is_missing) found.insert(expr.attribute);
  if (expr.op == ir::Op::call && expr.uses.empty()) {
    found.insert(0x10000U + static_cast<std::uint32_t>(expr.function));
  }
  for (const ir::Expr& part : expr.args) attributes_of(part, found);
}

class BetweenLinter {
 public:
  BetweenLinter(const Input& input, const PatternTable& patterns, diag::Sink& sink)
      : input_(input), rules_(input.checked.rules), patterns_(patterns), sink_(sink) {
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
      const Rule& rule = rules_.rules[i];
      if (has_patterns(rule) || rule.status != ir::Status::active) continue;
      std::set<std::uint32_t> attributes;
      attributes_of(rule.when, attributes);
      for (const std::uint32_t attribute : attributes) {
        by_attribute_[attribute].push_back(static_cast<RuleId>(i));
      }
    }
  }

  void run() {
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
      if (rules_.rules[i].status == ir::Status::active) compare(static_cast<RuleId>(i));
    }
  }

 private:
  [[nodiscard]] const Rule& rule(RuleId id) const { return rules_.rules[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const checker::EffectiveRule& written(RuleId id) const {
    return input_.checked.written[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] source::Span name_of(RuleId id) const { return written(id).rule->id.span; }

  // Rules that may fire wherever this one does: whoever finds all that one of its
  // groups finds has the first item of it, and who has no groups shares a fact.
  [[nodiscard]] std::vector<RuleId> neighbours(RuleId id) const {
    std::vector<RuleId> found;
    for (const ir::PatternId pattern : rule(id).patterns) {
      if (patterns_.items(pattern).empty()) continue;
      for (const ir::PatternId other : patterns_.with_item(patterns_.items(pattern).front())) {
        found.push_back(rules_.patterns[static_cast<std::size_t>(other)].rule);
        if (found.size() > most_neighbours) break;
      }
    }
    std::set<std::uint32_t> attributes;
    attributes_of(rule(id).when, attributes);
    for (const std::uint32_t attribute : attributes) {
      const auto sharing = by_attribute_.find(attribute);
      if (sharing == by_attribute_.end() || sharing->second.size() > most_neighbours) continue;
      found.insert(found.end(), sharing->second.begin(), sharing->second.end());
    }
    sort_unique(found);
    std::erase(found, id);
    return found;
  }

  void compare(RuleId id) {
    std::vector<RuleId> others = neighbours(id);
    std::erase_if(others, [&](RuleId other) { return !considered_with(rule(id), rule(other)) || !matters(id, other); });
    if (others.empty()) return;
    Statements statements(rules_, patterns_);
    const Formula fires = statements.fires(rule(id));
    if (impossible(statements, fires)) return;
    for (const RuleId other : others) {
      const Formula other_fires = statements.fires(rule(other));
      if (!implies(statements, fires, other_fires)) continue;
      const bool same = considered_with(rule(other), rule(id)) &&
                        implies(statements, other_fires, fires);
      if (judge(id, other, same)) return;
    }
  }

  // Whether anything is to be said if `other` fires whenever `id` does: to find that out
  // costs far more than to ask this.
  [[nodiscard]] bool matters(RuleId id, RuleId other) const {
    const Rule& one = rule(id);
    const Rule& two = rule(other);
    if (two.verdict == Verdict::allow && one.verdict != Verdict::allow) return suppresses(rules_, two, id);
    if (one.verdict == Verdict::allow || two.verdict == Verdict::allow) {
      return same_suppressions(one, two) && later(id, other);
    }
    if (one.category != two.category || !one.verdict || !two.verdict) return false;
    return later(id, other) || (!adds(one, two) && does_at_least(two, one));
  }

  static bool adds(const Rule& one, const Rule& two) {
    return one.score.has_value() || one.severity > two.severity || (one.final && !two.final);
  }

  // Whenever `id` fires, `other` does, and the other way round if `same`.
  bool judge(RuleId id, RuleId other, bool same) {
    const Rule& one = rule(id);
    const Rule& two = rule(other);
    if (two.verdict == Verdict::allow && one.verdict != Verdict::allow) {
      return suppresses(rules_, two, id) && let_through(id, other);
    }
    if (one.verdict == Verdict::allow || two.verdict == Verdict::allow) {
      return same && same_suppressions(one, two) && later(id, other) && duplicate(id, other);
    }
    if (one.category != two.category || !one.verdict || !two.verdict) return false;
    if (same && one.verdict == two.verdict) {
      return later(id, other) && one.score.has_value() == two.score.has_value() && duplicate(id, other);
    }
    if (same) return later(id, other) && contradiction(id, other);
    return !adds(one, two) && does_at_least(two, one) && shadowed(id, other);
  }

  static bool same_suppressions(const Rule& a, const Rule& b) {
    return a.suppresses_everything == b.suppresses_everything &&
           a.suppresses_rules == b.suppresses_rules &&
           a.suppresses_categories == b.suppresses_categories;
  }

  // Of two that are alike, the later one is told.
  [[nodiscard]] bool later(RuleId id, RuleId other) const {
    const source::Span a = rule(id).span;
    const source::Span b = rule(other).span;
    return a.source == b.source ? a.begin > b.begin : id > other;
  }

  diag::Report report(const diag::Entry& entry, RuleId id, RuleId other) {
    auto report = sink_.report(entry, name_of(id), {rule(id).id, rule(other).id, word(id), word(other)});
    report.rule(rule(id).id);
    return report;
  }

  [[nodiscard]] std::string_view word(RuleId id) const {
    return rule(id).verdict ? to_string(*rule(id).verdict) : std::string_view("score");
  }

  bool shadowed(RuleId id, RuleId other) {
    sink_.report(diag::rule_shadowed, name_of(id),
                 {rule(id).id, "wherever it fires, `" + rule(other).id + "` fires too and does as much"})
        .rule(rule(id).id)
        .label(name_of(other), "this one fires whenever the other does");
    return true;
  }

  bool let_through(RuleId id, RuleId other) {
    sink_.report(diag::rule_shadowed, name_of(id),
                 {rule(id).id, "`" + rule(other).id + "` lets through every post that it finds"})
        .rule(rule(id).id)
        .label(name_of(other), "this rule suppresses it")
        .help("narrow the allow rule, remove this one, or make this one `final: true`");
    return true;
  }

  bool duplicate(RuleId id, RuleId other) {
    report(diag::duplicate_rule, id, other).label(name_of(other), "the same rule");
    return true;
  }

  bool contradiction(RuleId id, RuleId other) {
    report(diag::verdict_contradiction, id, other)
        .label(written(id).verdict ? written(id).verdict->span : name_of(id),
               "this one says `" + std::string(word(id)) + "`")
        .label(written(other).verdict ? written(other).verdict->span : name_of(other),
               "that one says `" + std::string(word(other)) + "`");
    return true;
  }

  const Input& input_;
  const ir::RuleSet& rules_;
  const PatternTable& patterns_;
  diag::Sink& sink_;
  std::map<std::uint32_t, std::vector<RuleId>> by_attribute_;  // of rules without patterns
};

}  // namespace

void lint_between(const Input& input, const PatternTable& patterns, diag::Sink& sink) {
  BetweenLinter(input, patterns, sink).run();
}

}  // namespace modcore::lint
