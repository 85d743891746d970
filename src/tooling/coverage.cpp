// What the tests of rules have touched, counted while they run.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include <modcore/corpus.hpp>

#include "api/compilation.hpp"
#include "compile/patterns.hpp"
#include "diag/catalogue.hpp"
#include "ir/languages.hpp"
#include "runtime/session.hpp"
#include "tooling/coverage_findings.hpp"
#include "tooling/coverage_survey.hpp"
#include "tooling/disguise_coverage.hpp"
#include "tooling/records.hpp"
#include "tooling/run_tests.hpp"
#include "tooling/test_post.hpp"

namespace modcore {

namespace {

std::shared_ptr<const runtime::MatchPlan> plan_without_exceptions(const api::Compilation& compilation) {
  ir::RuleSet rules;
  rules.has_policy = compilation.checked.rules.has_policy;
  rules.languages = compilation.checked.rules.languages;
  rules.limits = compilation.checked.rules.limits;
  rules.patterns = compilation.checked.rules.patterns;
  for (ir::Pattern& pattern : rules.patterns) pattern.except = ir::no_pattern;
  diag::Sink sink(compilation.sources);
  return compiler::compile_patterns(rules, compilation.engine->image->uses, {}, sink);
}

class Collector {
 public:
  explicit Collector(api::Compilation& compilation)
      : compilation_(compilation), session_(compilation.engine->image, compilation.engine->plan) {
    if (auto plan = plan_without_exceptions(compilation)) unexcepted_.emplace(std::move(plan));
    const std::size_t count = session_.image().rules.size();
    report_.rules.resize(count);
    watched_.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) watched_[i] = tooling::survey(compilation, i, report_.rules[i]);
  }

  void run_tests() {
    for (const tooling::RanTest& ran : tooling::run_tests(compilation_)) {
      if (ran.result.outcome == TestOutcome::failed || ran.result.outcome == TestOutcome::todo_passed) ++report_.failed_tests;
      count_kind(ran.result);
    }
    for (const checker::Test& test : compilation_.checked.tests) look_at(test);
  }

  void look_at(const Post& post) {
    start(post);
    for (std::uint32_t i = 0; i < report_.rules.size(); ++i) look_at_rule(i);
  }

  [[nodiscard]] CoverageReport& report() noexcept { return report_; }

 private:
  void count_kind(const TestResult& result) {
    if (result.rule.empty() || !result.disguise.empty()) return;
    const auto rule = std::ranges::lower_bound(report_.rules, result.rule, {}, &RuleCoverage::rule);
    if (result.kind.starts_with("todo")) ++rule->todo;
    if (result.outcome != TestOutcome::passed) return;
    if (result.kind == "match") ++rule->match;
    if (result.kind == "no_match") ++rule->no_match;
    if (result.kind == "undetermined") ++rule->undetermined;
  }

  // Its own post for a test of a rule, every rule for a case of the policy.
  void look_at(const checker::Test& test) {
    const auto owned = tooling::test_post(test.test->post, session_.image().host_attributes);
    if (!tooling::problem_of(*owned).empty()) return;
    if (!test.rule) {
      look_at(owned->post);
      const Decision decision = session_.scan(owned->post);
      for (const FiredRule& fired : decision.fired) {
        ++std::ranges::lower_bound(report_.rules, fired.rule, {}, &RuleCoverage::rule)->cases;
      }
      return;
    }
    start(owned->post);
    look_at_rule(static_cast<std::uint32_t>(*test.rule));
  }

  void look_at_rule(std::uint32_t index) {
    RuleCoverage& rule = report_.rules[index];
    bool fires = true;  // but for what spares it
    for (const tooling::WatchedCondition& condition : watched_[index].conditions) {
      session_.evaluator().trace(*condition.fragment, values_);
      for (const tooling::WatchedNode& node : condition.nodes) count(values_[node.instruction], rule.branches[node.branch]);
      const runtime::Value whole = values_.back();
      if (&condition == &watched_[index].conditions.front()) fires = whole.is(true);
      if (condition.exemption && fires && whole.is(true)) ++rule.exemptions[*condition.exemption].tests;
    }
    for (const tooling::WatchedUse& use : watched_[index].uses) look_at_use(use, rule, fires);
    const std::string_view lang = session_.facts().lang();
    for (PartCoverage& language : rule.languages) {
      if (fires && !lang.empty() && ir::covers(language.name, lang)) ++language.tests;
    }
  }

  void look_at_use(const tooling::WatchedUse& use, RuleCoverage& rule, bool fires) {
    const auto id = static_cast<runtime::UseId>(use.use);
    std::set<std::uint32_t> items;
    for (const runtime::Match& match : session_.matcher().matches(id, most_matches)) items.insert(match.item);
    for (const std::uint32_t item : items) ++rule.items[use.first_item + item].tests;
    if (use.exemption && is_excepted(id)) ++rule.exemptions[*use.exemption].tests;
    // A test that does not name its language shows which it is by the group that matched.
    if (use.language && *use.language < rule.languages.size() && fires && !items.empty() && session_.facts().lang().empty()) {
      ++rule.languages[*use.language].tests;
    }
  }

  // Whether there is more to find where nothing is excepted.
  bool is_excepted(runtime::UseId use) {
    if (!unexcepted_) return false;
    if (!unexcepted_ran_) unexcepted_->run(session_.text(), session_.facts().lang());
    unexcepted_ran_ = true;
    return unexcepted_->matches(use, most_matches).size() > session_.matcher().matches(use, most_matches).size();
  }

  void start(const Post& post) {
    session_.start(post);
    unexcepted_ran_ = false;
  }

  static void count(runtime::Value value, BranchCoverage& branch) {
    if (!value.known()) ++branch.unknown;
    else if (value.boolean()) ++branch.held;
    else ++branch.failed;
  }

  static constexpr std::size_t most_matches = 1000;

  api::Compilation& compilation_;
  runtime::Session session_;
  std::optional<runtime::Matcher> unexcepted_;  // the same patterns without exceptions
  bool unexcepted_ran_ = false;
  CoverageReport report_;
  std::vector<tooling::Watched> watched_;
  std::vector<runtime::Value> values_;
};

// The clauses of the policy, then those of packs.
std::vector<ClauseCoverage> clauses_of(const api::Compilation& compilation, const std::vector<RuleCoverage>& rules) {
  std::vector<ClauseCoverage> clauses;
  if (!compilation.bundle.guidelines) return clauses;
  std::map<std::string_view, std::string_view> packs;  // of files
  for (const ast::RuleFile& file : compilation.bundle.rule_files) packs[compilation.sources.name(file.source)] = file.pack;
  for (const ast::GuidelineClause& clause : compilation.bundle.guidelines->clauses) {
    ClauseCoverage out;
    out.clause = clause.id.value;
    if (clause.title && !clause.title->entries.empty()) out.title = clause.title->entries.front().second.value;
    std::set<std::string> languages;
    for (const RuleCoverage& rule : rules) {
      const bool in_reach = clause.pack.empty() || packs[rule.where.file] == clause.pack;
      if (rule.guideline != clause.id.value || !in_reach) continue;
      out.rules.push_back(rule.rule);
      out.match += rule.match;
      out.no_match += rule.no_match;
      for (const PartCoverage& language : rule.languages) {
        if (language.tests > 0) languages.insert(language.name);
      }
    }
    out.languages.assign(languages.begin(), languages.end());
    clauses.push_back(std::move(out));
  }
  return clauses;
}

std::string look_at_corpus(const std::vector<std::string>& files, const Engine& engine, Collector& collector) {
  if (files.empty()) return {};
  return tooling::for_each_record({files, {}, {}}, engine, [&](const tooling::Record& record) {
    if (!record.problem.empty()) return;
    ++collector.report().posts;
    if (record.text.front() != '{') {
      Post post;
      post.body = record.text;
      return collector.look_at(post);
    }
    const PostDocument document = parse_post(record.text, engine, {});
    if (document.error().empty()) collector.look_at(document.post());
  });
}

}  // namespace

CoverageReport coverage(const std::vector<std::string>& paths, const CompileOptions& options,
                        const std::vector<std::string>& corpus) {
  const auto compilation = api::compile_paths(paths, options);
  CoverageReport report;
  if (compilation->loaded && compilation->engine) {
    compilation->sink.report(diag::artifact_unusable, {}, {paths.front(), "it holds no tests",
        "ask for the coverage of the rules that it was compiled from"});
  } else if (compilation->engine) {
    Collector collector(*compilation);
    collector.run_tests();
    std::string error = look_at_corpus(corpus, detail::EngineAccess::make(compilation->engine), collector);
    report = std::move(collector.report());
    report.error = std::move(error);
    tooling::measure_disguises(*compilation, report);
    report.clauses = clauses_of(*compilation, report.rules);
    tooling::report_untested(*compilation, report, compilation->sink);
  }
  report.diagnostics = compilation->sink.take();
  return report;
}

}  // namespace modcore
