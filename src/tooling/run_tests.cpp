#include "tooling/run_tests.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "api/explain_condition.hpp"
#include "api/near_misses.hpp"
#include "diag/catalogue.hpp"
#include "runtime/session.hpp"
#include "tooling/expectations.hpp"
#include "tooling/mutated_post.hpp"
#include "tooling/run_corpora.hpp"
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

std::string title_of(const TestResult& result) {
  return fmt::format("{}{}[{}]{}{}", result.rule, result.rule.empty() ? result.kind : ' ' + result.kind, result.index,
                     result.disguise.empty() ? "" : " ", result.disguise);
}

TestReport run_tests(const std::vector<std::string>& paths, const CompileOptions& options) {
  return run_tests(paths, options, {});
}

TestReport run_tests(const std::vector<std::string>& paths, const CompileOptions& options,
                     const TestFilter& filter) {
  const auto compilation = api::compile_paths(paths, options);
  TestReport report;
  if (compilation->loaded && compilation->engine) {
    compilation->sink.report(diag::artifact_unusable, {}, {paths.front(), "it holds no tests",
        "run the tests of the rules that it was compiled from"});
  } else if (compilation->engine) {
    for (tooling::RanTest& ran : tooling::run_tests(*compilation, filter)) {
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

class Runner {
 public:
  explicit Runner(const api::Compilation& compilation)
      : compilation_(compilation),
        session_(compilation.engine->image, compilation.engine->plan),
        patterns_of_(session_.image().rules.size()), own_(session_.image().patterns.size()) {
    for (std::uint32_t i = 0; i < own_.size(); ++i) {
      patterns_of_[static_cast<std::size_t>(session_.image().patterns[i].rule)].push_back(i);
    }
  }

  // A case before it has run.
  [[nodiscard]] RanTest announced(const checker::Test& test) const {
    RanTest ran;
    ran.span = test.test->span;
    TestResult& result = ran.result;
    result.kind = kind_name(test);
    result.index = test.index;
    result.where = diag::locate(compilation_.sources, ran.span);
    if (test.rule) result.rule = session_.image().rules[static_cast<std::size_t>(*test.rule)].id;
    return ran;
  }

  RanTest run(const checker::Test& test) {
    RanTest ran = announced(test);
    TestResult& result = ran.result;
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

  // A `match` case that has passed, its words in disguise. Nothing if this kind has
  // nothing to disguise there.
  std::optional<RanTest> run(const checker::Test& test, const checker::Mutation& mutation) {
    const auto kind = static_cast<DisguiseKind>(mutation.kind);
    const auto index = static_cast<std::uint32_t>(mutation.rule);
    const auto owned = test_post(test.test->post, session_.image().host_attributes);
    static_cast<void>(ask(index, owned->post));
    const MatchedPost matched =
        matched_post(session_, *compilation_.engine->plan, session_.image().rules[index], owned->post);
    RanTest ran = announced(mutation, test.test->span);
    ran.result.index = test.index;
    bool disguised = false;
    for (std::uint64_t seed = 1; seed <= disguises_of_a_kind; ++seed) {
      const MutatedPost made = mutated_post(matched, kind, seed);
      if (made.words == 0) continue;
      Post post = owned->post;
      post.title = made.title;
      post.body = made.body;
      if (!std::exchange(disguised, true)) ran.result.name = short_name(post, longest_disguise);
      if (const Asked asked = ask(index, post); asked.answer != Answer::fired) {
        ran.result.name = short_name(post, longest_disguise);
        fail(index, post, asked, against(TestKind::match, asked.answer) + need(index, kind), ran.result);
        break;
      }
    }
    return disguised ? std::optional(std::move(ran)) : std::nullopt;
  }

  // A kind that has found nothing to disguise in any case tests nothing.
  RanTest run_in_vain(const checker::Mutation& mutation) {
    RanTest ran = announced(mutation, mutation.span);
    ran.result.outcome = TestOutcome::failed;
    ran.result.message = fmt::format(
        "no `match` case holds a word that the rule finds and `{}` can disguise", ran.result.disguise);
    return ran;
  }

 private:
  // How often each kind disguises each case.
  static constexpr std::uint64_t disguises_of_a_kind = 5;
  static constexpr std::size_t longest_disguise = 1000;  // bytes that are shown of one

  struct Asked {
    Answer answer{};
    runtime::Fired fired;
    bool speaks = true;
  };

  // Only this rule: what others do, its status and its dates are left out, and
  // its language counts only if the post has one.
  Asked ask(std::uint32_t index, const Post& post) {
    look_only_for(index);
    session_.start(post);
    Asked asked;
    std::vector<runtime::Undetermined> undetermined;
    asked.speaks =
        session_.facts().lang().empty() || session_.judge().speaks(session_.image().rules[index]);
    asked.answer = asked.speaks ? session_.judge().ask(index, asked.fired, undetermined)
                                : Answer::not_fired;
    return asked;
  }

  void look_only_for(std::uint32_t rule) {
    if (looked_for_ == rule) return;
    for (const std::uint32_t pattern : patterns_of_[looked_for_.value_or(rule)]) own_[pattern] = false;
    for (const std::uint32_t pattern : patterns_of_[rule]) own_[pattern] = true;
    looked_for_ = rule;
    session_.matcher().look_only_for(own_);
  }

  void look_for_all() {
    if (!looked_for_) return;
    for (const std::uint32_t pattern : patterns_of_[*looked_for_]) own_[pattern] = false;
    looked_for_.reset();
    session_.matcher().look_only_for({});
  }

  void run_rule(std::uint32_t index, const ast::TestCase& test, const Post& post, TestResult& result) {
    const program::Rule& rule = session_.image().rules[index];
    const Asked asked = ask(index, post);
    std::string problem = against(test.kind, asked.answer);
    if (!asked.speaks && !problem.empty()) problem += " (it is for other languages)";
    if (problem.empty() && test.expect) {
      problem = unmet(*test.expect, observe(rule, asked.answer, asked.fired));
    }
    settle(test.kind, std::move(problem), result);
    if (result.outcome == TestOutcome::failed) explain(index, post, asked, result);
  }

  // What lets the rule see through the kind, if none of its groups has it.
  [[nodiscard]] std::string need(std::uint32_t index, DisguiseKind kind) const {
    if (kind == DisguiseKind::letter_case || kind == DisguiseKind::accents ||
        kind == DisguiseKind::zero_width) {
      return {};
    }
    const runtime::MatchPlan& plan = *compilation_.engine->plan;
    for (const std::uint32_t use : session_.image().rules[index].evidence_uses) {
      const auto pattern = static_cast<std::size_t>(plan.uses[use].pattern);
      if (plan.patterns[pattern].tolerance == ir::Tolerance::obfuscated) return {};
    }
    return fmt::format("; `{}` is seen through at `tolerance: obfuscated`", to_string(kind));
  }

  void fail(std::uint32_t index, const Post& post, const Asked& asked, std::string problem, TestResult& result) {
    result.outcome = TestOutcome::failed;
    result.message = std::move(problem);
    explain(index, post, asked, result);
  }

  void explain(std::uint32_t index, const Post& post, const Asked& asked, TestResult& result) {
    result.explained = api::explain_rule(session_, index, std::string(api::to_string(asked.answer)));
    if (asked.answer == Answer::fired || asked.answer == Answer::spared) return;
    std::ranges::move(api::near_misses(session_, *compilation_.engine->plan, post, session_.image().rules[index]),
                      std::back_inserter(result.explained.parts));
  }

  RanTest announced(const checker::Mutation& mutation, source::Span span) {
    RanTest ran;
    ran.span = span;
    ran.result.rule = session_.image().rules[static_cast<std::size_t>(mutation.rule)].id;
    ran.result.kind = "match";
    ran.result.disguise = checker::mutation_names[mutation.kind];
    ran.result.where = diag::locate(compilation_.sources, span);
    return ran;
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
    observed.add(session_.evidence().of_rule(rule));
    return observed;
  }

  void run_policy(const ast::TestCase& test, const Post& post, TestResult& result) {
    look_for_all();
    const Observed observed = observed_in(session_.scan(post));
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
  std::vector<std::vector<std::uint32_t>> patterns_of_;  // by rule
  std::optional<std::uint32_t> looked_for_;  // the rule that patterns are searched for, if not for all
  std::vector<bool> own_;                    // the patterns of that rule
};

}  // namespace

namespace {

// Runs what the filter lets through, each case with the disguises of its rule.
class Suite {
 public:
  Suite(api::Compilation& compilation, const TestFilter& filter)
      : compilation_(compilation), filter_(filter), runner_(compilation),
        untested_(compilation.checked.mutations.size(), true) {}

  std::vector<RanTest> run() {
    for (const checker::Test& test : compilation_.checked.tests) run(test);
    add_vain_mutations();
    for (RanTest& ran : run_corpora(compilation_, [this](const RanTest& ran) { return wants(ran); })) {
      results_.push_back(std::move(ran));
    }
    std::ranges::stable_sort(results_, [](const RanTest& a, const RanTest& b) {
      return std::tie(a.result.rule, a.result.kind, a.result.index) <
             std::tie(b.result.rule, b.result.kind, b.result.index);
    });
    return std::move(results_);
  }

 private:
  [[nodiscard]] bool wants(const RanTest& ran) const { return !filter_ || filter_(title_of(ran.result)); }

  void run(const checker::Test& test) {
    const std::vector<checker::Mutation>& mutations = compilation_.checked.mutations;
    RanTest ran = runner_.run(test);
    const bool is_match = test.rule && test.test->kind == TestKind::match;
    const bool matches = is_match && ran.result.outcome == TestOutcome::passed;
    if (wants(ran)) results_.push_back(std::move(ran));
    if (!is_match) return;
    for (std::size_t i = 0; i < mutations.size(); ++i) {
      if (test.rule != mutations[i].rule) continue;
      // A case that fails undisguised says nothing about its disguises.
      auto disguised = matches ? runner_.run(test, mutations[i]) : std::nullopt;
      if (!matches || disguised) untested_[i] = false;
      if (disguised && wants(*disguised)) results_.push_back(std::move(*disguised));
    }
  }

  void add_vain_mutations() {
    for (std::size_t i = 0; i < untested_.size(); ++i) {
      if (!untested_[i]) continue;
      RanTest ran = runner_.run_in_vain(compilation_.checked.mutations[i]);
      if (wants(ran)) results_.push_back(std::move(ran));
    }
  }

  api::Compilation& compilation_;
  const TestFilter& filter_;
  Runner runner_;
  std::vector<bool> untested_;  // by mutation: no case has shown anything of it
  std::vector<RanTest> results_;
};

}  // namespace

std::vector<RanTest> run_tests(api::Compilation& compilation, const TestFilter& filter) {
  return Suite(compilation, filter).run();
}

}  // namespace tooling

}  // namespace modcore
