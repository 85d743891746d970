#include "lint/allowances.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "lint/scope.hpp"
#include "runtime/session.hpp"

namespace modcore::lint {

using ir::Rule;
using ir::RuleId;

namespace {


class AllowanceLinter {
 public:
  AllowanceLinter(const Input& input, diag::Sink& sink)
      : input_(input), rules_(input.checked.rules), sink_(sink) {
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
      numbers_.emplace(rules_.rules[i].id, static_cast<RuleId>(i));
    }
  }

  void run() {
    bool any = false;
    for (const auto& [id, number] : numbers_) {
      if (rule(number).verdict != ir::Verdict::allow) continue;
      any = any || rule(number).status == ir::Status::active;
      in_vain(number);
    }
    if (!any) return;
    try_tests();
    for (const auto& [id, number] : numbers_) {
      if (rule(number).verdict == ir::Verdict::allow) too_wide(number);
    }
  }

 private:
  [[nodiscard]] const Rule& rule(RuleId id) const { return rules_.rules[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const ast::Rule& written(RuleId id) const {
    return *input_.checked.written[static_cast<std::size_t>(id)].rule;
  }
  // What must not slip through unseen.
  [[nodiscard]] static bool severe(const Rule& rule) {
    return rule.status == ir::Status::active &&
           (rule.severity >= ir::Severity::high || rule.verdict == ir::Verdict::escalate);
  }

  // ---- What cannot be suppressed
  void in_vain(RuleId allow) {
    for (const ast::Name& target : written(allow).suppresses) {
      const std::string why = problem(target.value);
      if (why.empty()) {
        not_in_force(allow, target);
        continue;
      }
      sink_.report(diag::suppress_final, target.span, {target.value, why}).rule(rule(allow).id);
    }
  }

  void not_in_force(RuleId allow, const ast::Name& target) {
    const auto found = numbers_.find(target.value);
    if (found == numbers_.end() || rule(allow).status != ir::Status::active) return;
    const ir::Status status = rule(found->second).status;
    if (status == ir::Status::active) return;
    sink_.report(diag::off_rule_referenced, target.span,
                 {target.value, status == ir::Status::off ? "is off" : "is on trial and decides nothing"})
        .rule(rule(allow).id)
        .label(written(found->second).id.span, "this rule");
  }

  [[nodiscard]] std::string problem(const std::string& target) const {
    constexpr std::string_view prefix = "category:";
    if (target.starts_with(prefix)) {
      const auto category = std::ranges::find(rules_.categories, target.substr(prefix.size()),
                                              &ir::Category::name);
      const bool kept = category != rules_.categories.end() && !category->suppressible;
      return kept ? "the category says `suppressible: false`" : "";
    }
    const auto found = numbers_.find(target);
    if (found == numbers_.end()) return {};
    if (rule(found->second).final) return "it says `final: true`";
    const Rule& other = rule(found->second);
    if (other.verdict == ir::Verdict::allow) return "it is an allow rule, and those are never suppressed";
    const auto& category = rules_.categories[static_cast<std::size_t>(other.category)];
    return category.suppressible ? ""
                                 : "its category `" + category.name + "` says `suppressible: false`";
  }

  // ---- What should not be
  // Every test of all rules through the whole engine: whom does an allow rule
  // suppress there?
  void try_tests() {
    runtime::Session session(input_.image, input_.plan);
    for (const TestPost& test : input_.tests) {
      const Rule& own = rule(test.rule);
      if (!test.matches || (own.verdict != ir::Verdict::allow && !severe(own))) continue;
      const Decision decision = session.scan(*test.post);
      for (const SuppressedRule& suppressed : decision.suppressed) {
        const auto victim = numbers_.find(suppressed.rule);
        if (victim == numbers_.end() || !severe(rule(victim->second))) continue;
        const auto allow = numbers_.find(suppressed.by);
        if (allow != numbers_.end()) caught_[allow->second].try_emplace(victim->second, &test);
      }
    }
  }

  void too_wide(RuleId allow) {
    const auto caught = caught_.find(allow);
    const source::Span where = written(allow).suppresses.empty() ? written(allow).id.span
                                                                 : written(allow).suppresses.front().span;
    if (caught != caught_.end()) {
      const auto& [victim, test] = *caught->second.begin();
      auto report = sink_.report(diag::allow_too_wide, where,
                                 {rule(allow).id, "a post on which `" + rule(victim).id + "` fires, whose " +
                                                      weight(rule(victim))});
      report.rule(rule(allow).id)
          .label(test->span, "this post is let through")
          .label(written(victim).id.span, "this rule finds it");
      if (caught->second.size() > 1) {
        report.note(fmt::format("so do its tests with {} other such rules", caught->second.size() - 1));
      }
      return;
    }
    critical_ones(allow, where);
  }

  static std::string weight(const Rule& rule) {
    return rule.severity >= ir::Severity::high ? "severity is " + std::string(to_string(rule.severity))
                                               : std::string("verdict is escalate");
  }

  // A whole category, and with it rules that are critical.
  void critical_ones(RuleId allow, source::Span where) {
    std::vector<RuleId> found;
    for (const auto& [id, number] : numbers_) {
      const bool named = std::ranges::count(rule(allow).suppresses_rules, number) > 0;
      const Rule& other = rule(number);
      if (!named && other.severity == ir::Severity::critical && other.status == ir::Status::active &&
          suppresses(rules_, rule(allow), number)) {
        found.push_back(number);
      }
    }
    if (found.empty()) return;
    sink_.report(diag::allow_too_wide, where,
                 {rule(allow).id, "what `" + rule(found.front()).id + "` finds, whose severity is critical"})
        .rule(rule(allow).id)
        .label(written(found.front()).id.span, "this rule is suppressed with its category");
  }

  const Input& input_;
  const ir::RuleSet& rules_;
  diag::Sink& sink_;
  std::map<std::string, RuleId, std::less<>> numbers_;
  std::map<RuleId, std::map<RuleId, const TestPost*>> caught_;  // by allow rule and victim
};

}  // namespace

void lint_allowances(const Input& input, diag::Sink& sink) { AllowanceLinter(input, sink).run(); }

}  // namespace modcore::lint
