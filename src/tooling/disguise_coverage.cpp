#include "tooling/disguise_coverage.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "compile/patterns.hpp"
#include "runtime/session.hpp"
#include "tooling/mutated_post.hpp"
#include "tooling/test_post.hpp"

namespace modcore::tooling {
namespace {

constexpr std::size_t most_cases = 4;  // of a rule

ir::Tolerance next(ir::Tolerance tolerance) {
  return tolerance == ir::Tolerance::obfuscated ? tolerance : static_cast<ir::Tolerance>(static_cast<int>(tolerance) + 1);
}

// The same rules with every group one step milder. Regexes keep their own tolerance.
std::shared_ptr<const runtime::MatchPlan> milder_plan(const api::Compilation& compilation) {
  ir::RuleSet rules;
  rules.has_policy = compilation.checked.rules.has_policy;
  rules.languages = compilation.checked.rules.languages;
  rules.limits = compilation.checked.rules.limits;
  rules.patterns = compilation.checked.rules.patterns;
  for (ir::Pattern& pattern : rules.patterns) {
    if (!pattern.is_except) pattern.tolerance = next(pattern.tolerance);
  }
  diag::Sink sink(compilation.sources);
  return compiler::compile_patterns(rules, compilation.engine->image->uses, {}, sink);
}

class Measurer {
 public:
  Measurer(const api::Compilation& compilation, std::shared_ptr<const runtime::MatchPlan> milder)
      : compilation_(compilation), now_(compilation.engine->image, compilation.engine->plan),
        next_(compilation.engine->image, std::move(milder)) {}

  void measure(const checker::Test& test, RuleCoverage& rule) {
    const auto index = static_cast<std::uint32_t>(*test.rule);
    const auto owned = test_post(test.test->post, now_.image().host_attributes);
    if (!problem_of(*owned).empty() || !fires(now_, index, owned->post)) return;
    const MatchedPost matched =
        matched_post(now_, *compilation_.engine->plan, now_.image().rules[index], owned->post);
    for (const DisguiseKind kind : disguise_kinds()) {
      if (kind == DisguiseKind::mixed) continue;  // no tolerance promises to find it
      const MutatedPost made = mutated_post(matched, kind, 1);
      if (made.words == 0) continue;
      Post post = owned->post;
      post.title = made.title;
      post.body = made.body;
      ++rule.disguises;
      const bool found = fires(now_, index, post);
      if (found) ++rule.disguises_found;
      if (found || fires(next_, index, post)) ++rule.disguises_next;
    }
  }

 private:
  static bool fires(runtime::Session& session, std::uint32_t index, const Post& post) {
    session.start(post);
    runtime::Fired fired;
    std::vector<runtime::Undetermined> undetermined;
    return session.judge().ask(index, fired, undetermined) == runtime::Answer::fired;
  }

  const api::Compilation& compilation_;
  runtime::Session now_;
  runtime::Session next_;
};

}  // namespace

void measure_disguises(const api::Compilation& compilation, CoverageReport& report) {
  auto milder = milder_plan(compilation);
  if (!milder) return;
  Measurer measurer(compilation, std::move(milder));
  std::map<std::uint32_t, std::size_t> cases;
  for (const checker::Test& test : compilation.checked.tests) {
    if (!test.rule || test.test->kind != ast::TestKind::match) continue;
    const auto index = static_cast<std::uint32_t>(*test.rule);
    if (cases[index]++ < most_cases) measurer.measure(test, report.rules[index]);
  }
}

}  // namespace modcore::tooling
