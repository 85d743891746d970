#include "tooling/run_tests.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "api/explain_condition.hpp"
#include "runtime/session.hpp"
#include "tooling/test_post.hpp"

namespace modcore {

std::string_view to_string(TestOutcome outcome) noexcept {
  static constexpr std::array<std::string_view, 4> words = {"passed", "failed", "todo", "todo_passed"};
  const auto index = static_cast<std::size_t>(outcome);
  return index < words.size() ? words[index] : "?";
}

std::size_t TestReport::count(TestOutcome outcome) const noexcept {
  return static_cast<std::size_t>(std::ranges::count(results, outcome, &TestResult::outcome));
}

TestReport run_tests(const std::vector<std::string>& paths, const CompileOptions& options) {
  const auto compilation = api::compile_paths(paths, options);
  TestReport report;
  if (compilation->engine) {
    for (tooling::RanTest& ran : tooling::run_tests(*compilation)) {
      report.results.push_back(std::move(ran.result));
    }
  }
  report.diagnostics = compilation->sink.take();
  return report;
}

namespace tooling {

namespace {

using ast::TestKind;
using runtime::Answer;

std::string_view kind_name(const checker::Test& test) {
  static constexpr std::array<std::string_view, 5> names = {"match", "no_match", "undetermined",
                                                            "todo_match", "todo_no_match"};
  return test.rule ? names[static_cast<std::size_t>(test.test->kind)] : "case";
}

bool is_todo(TestKind kind) {
  return kind == TestKind::todo_match || kind == TestKind::todo_no_match;
}

// What a decision says, in the words that `expect` uses.
struct Observed {
  Verdict verdict = Verdict::allow;
  bool hidden = false;
  std::set<std::string, std::less<>> routes;
  std::set<std::string, std::less<>> fired;
  std::set<std::string, std::less<>> evidence;  // groups that have matched
};

void observe_evidence(const std::vector<Evidence>& evidence, Observed& observed) {
  for (const Evidence& one : evidence) observed.evidence.insert(one.pattern);
}

std::string listed(const std::set<std::string, std::less<>>& names) {
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

std::set<std::string, std::less<>> names_of(const std::vector<ast::Name>& names) {
  std::set<std::string, std::less<>> out;
  for (const ast::Name& name : names) out.insert(name.value);
  return out;
}

// The first expectation that does not hold, or empty.
std::string unmet(const ast::Expectation& expect, const Observed& observed) {
  if (expect.verdict && expect.verdict->value != to_string(observed.verdict)) {
    return fmt::format("expected the verdict {}, got {}", expect.verdict->value,
                       to_string(observed.verdict));
  }
  if (expect.hidden && expect.hidden->value != observed.hidden) {
    return fmt::format("expected hidden to be {}, got {}", expect.hidden->value, observed.hidden);
  }
  if (expect.routes && names_of(*expect.routes) != observed.routes) {
    return fmt::format("expected the routes {}, got {}", listed(names_of(*expect.routes)),
                       listed(observed.routes));
  }
  for (const ast::Name& group : expect.evidence) {
    if (!observed.evidence.contains(group.value)) {
      return fmt::format("expected evidence of {}, got {}", group.value, listed(observed.evidence));
    }
  }
  for (const ast::Name& rule : expect.fired.value_or(std::vector<ast::Name>())) {
    if (!observed.fired.contains(rule.value)) {
      return fmt::format("expected {} to fire, fired: {}", rule.value, listed(observed.fired));
    }
  }
  for (const ast::Name& rule : expect.not_fired.value_or(std::vector<ast::Name>())) {
    if (observed.fired.contains(rule.value)) {
      return fmt::format("expected {} not to fire, fired: {}", rule.value, listed(observed.fired));
    }
  }
  return {};
}

class Runner {
 public:
  explicit Runner(const api::Compilation& compilation)
      : compilation_(compilation),
        session_(compilation.engine->image, compilation.engine->plan) {}

  RanTest run(const checker::Test& test) {
    RanTest ran;
    ran.span = test.test->span;
    TestResult& result = ran.result;
    result.kind = kind_name(test);
    result.index = test.index;
    result.where = diag::locate(compilation_.sources, ran.span);
    if (test.rule) result.rule = session_.image().rules[static_cast<std::size_t>(*test.rule)].id;
    const auto owned = test_post(test.test->post, session_.image().host_attributes);
    result.name = short_name(owned->post);
    result.message = problem_of(*owned);
    if (!result.message.empty()) {
      result.outcome = TestOutcome::failed;
    } else if (test.rule) {
      run_rule(static_cast<std::uint32_t>(*test.rule), *test.test, owned->post, result);
    } else {
      run_policy(*test.test, owned->post, result);
    }
    return ran;
  }

 private:
  // Only this rule: what others do, its status and its dates are left out, and
  // its language counts only if the post has one.
  void run_rule(std::uint32_t index, const ast::TestCase& test, const Post& post, TestResult& result) {
    const program::Rule& rule = session_.image().rules[index];
    session_.start(post);
    runtime::Fired fired;
    std::vector<runtime::Undetermined> undetermined;
    const bool speaks = session_.facts().lang().empty() || session_.judge().speaks(rule);
    const Answer answer = speaks ? session_.judge().ask(index, fired, undetermined) : Answer::not_fired;
    std::string problem = against(test.kind, answer);
    if (!speaks && !problem.empty()) problem += " (it is for other languages)";
    if (problem.empty() && test.expect) problem = unmet(*test.expect, observe(rule, answer, fired));
    settle(test.kind, std::move(problem), result);
    if (result.outcome != TestOutcome::failed) return;
    result.explained = api::explain_rule(session_, index, std::string(api::to_string(answer)));
  }

  static std::string against(TestKind kind, Answer answer) {
    const std::string_view got = api::to_string(answer);
    const bool fired = answer == Answer::fired;
    const bool wants_fire = kind == TestKind::match || kind == TestKind::todo_match;
    if (kind == TestKind::undetermined) {
      return answer == Answer::undetermined
                 ? ""
                 : fmt::format("expected the condition to be unknown, but the rule is: {}", got);
    }
    if (wants_fire == fired) return {};
    return wants_fire ? fmt::format("expected the rule to fire, but it is: {}", got)
                      : "expected the rule not to fire, but it fired";
  }

  [[nodiscard]] Observed observe(const program::Rule& rule, Answer answer, const runtime::Fired& fired) {
    Observed observed;
    if (answer != Answer::fired) return observed;
    const runtime::Combined combined = runtime::combine(session_.image(), {&fired, 1}, false);
    observed.verdict = runtime::headline(combined.hidden, combined.attention);
    observed.hidden = combined.hidden;
    observed.fired.insert(rule.id);
    for (const runtime::Called& called : combined.routes) {
      observed.routes.insert(session_.image().routes[called.route].name);
    }
    observe_evidence(session_.evidence().of_rule(rule), observed);
    return observed;
  }

  void run_policy(const ast::TestCase& test, const Post& post, TestResult& result) {
    const Decision decision = session_.scan(post);
    Observed observed;
    observed.verdict = decision.verdict;
    observed.hidden = decision.hidden;
    for (const Route& route : decision.routes) observed.routes.insert(route.to);
    for (const FiredRule& rule : decision.fired) {
      observed.fired.insert(rule.rule);
      observe_evidence(rule.evidence, observed);
    }
    settle(test.kind, test.expect ? unmet(*test.expect, observed) : "", result);
  }

  static void settle(TestKind kind, std::string problem, TestResult& result) {
    const bool passed = problem.empty();
    if (is_todo(kind)) {
      result.outcome = passed ? TestOutcome::todo_passed : TestOutcome::todo;
      if (passed) problem = "this known gap has closed: move the case to the other tests";
    } else {
      result.outcome = passed ? TestOutcome::passed : TestOutcome::failed;
    }
    result.message = std::move(problem);
  }

  const api::Compilation& compilation_;
  runtime::Session session_;
};

}  // namespace

std::vector<RanTest> run_tests(const api::Compilation& compilation) {
  Runner runner(compilation);
  std::vector<RanTest> results;
  for (const checker::Test& test : compilation.checked.tests) results.push_back(runner.run(test));
  std::ranges::stable_sort(results, [](const RanTest& a, const RanTest& b) {
    return std::tie(a.result.rule, a.result.kind, a.result.index) <
           std::tie(b.result.rule, b.result.kind, b.result.index);
  });
  return results;
}

}  // namespace tooling

}  // namespace modcore
