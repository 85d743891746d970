// What the tests of rules have touched, counted while they run.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include <modcore/corpus.hpp>

#include "api/compilation.hpp"
#include "compile/patterns.hpp"
#include "runtime/session.hpp"
#include "tooling/coverage_findings.hpp"
#include "tooling/disguise_coverage.hpp"
#include "tooling/records.hpp"
#include "tooling/run_tests.hpp"
#include "tooling/test_post.hpp"

namespace modcore {

namespace {

using ast::TestKind;

bool is_logic(program::Opcode opcode) {
  return opcode == program::Opcode::logic_and || opcode == program::Opcode::logic_or ||
         opcode == program::Opcode::logic_not;
}

// What a condition's node is in the file, by its text; the same text means the same.
class ExprIndex {
 public:
  explicit ExprIndex(const ir::Expr& expr) { add(expr); }
  [[nodiscard]] const ir::Expr* find(const std::string& text) const {
    const auto found = by_text_.find(text);
    return found == by_text_.end() ? nullptr : found->second;
  }

 private:
  void add(const ir::Expr& expr) {
    by_text_.emplace(expr.text, &expr);
    for (const ir::Expr& argument : expr.args) add(argument);
  }
  std::map<std::string, const ir::Expr*, std::less<>> by_text_;
};

// Content is never missing, nor is the clock, nor what has a default.
bool can_be_unknown(const ir::Expr& expr) {
  if (expr.op == ir::Op::is_missing || expr.op == ir::Op::coalesce) return false;
  if (expr.op == ir::Op::attribute) {
    const auto attribute = static_cast<ir::Attribute>(expr.attribute);
    return attribute != ir::Attribute::title && attribute != ir::Attribute::body &&
           attribute != ir::Attribute::attachment_names && attribute != ir::Attribute::now;
  }
  return std::ranges::any_of(expr.args, can_be_unknown);
}

// The nodes of one condition that are counted, and where their counts stand.
struct WatchedNode {
  std::uint32_t instruction = 0;  // from the fragment's first
  std::size_t branch = 0;
};
struct WatchedCondition {
  const program::Fragment* fragment = nullptr;
  std::vector<WatchedNode> nodes;
  std::optional<std::size_t> exemption;
};
struct WatchedUse {
  std::uint32_t use = 0;
  std::size_t first_item = 0;  // of the group, among the rule's items
  std::optional<std::size_t> exemption;
  std::optional<std::size_t> language;
};
struct Watched {
  std::vector<WatchedCondition> conditions;
  std::vector<WatchedUse> uses;
};

// Lists what there is to see of a rule.
class Surveyor {
 public:
  Surveyor(const api::Compilation& compilation, std::uint32_t index, RuleCoverage& out, Watched& watched)
      : compilation_(compilation), image_(*compilation.engine->image), rule_(compilation.checked.rules.rules[index]),
        compiled_(image_.rules[index]), out_(out), watched_(watched) {}

  void run() {
    out_.rule = rule_.id;
    out_.category = image_.categories[static_cast<std::size_t>(rule_.category)].name;
    out_.guideline = rule_.guideline;
    out_.where = place(rule_.span);
    add_condition("when", rule_.when, compiled_.when);
    for (std::size_t i = 0; i < rule_.unless.size(); ++i) {
      const std::size_t exemption = out_.exemptions.size();
      out_.exemptions.push_back({"", rule_.unless[i].text, place(rule_.unless[i].span), 0});
      add_condition("unless", rule_.unless[i], compiled_.unless[i]);
      watched_.conditions.back().exemption = exemption;
    }
    if (rule_.escalate && rule_.escalate->condition) {
      add_condition("escalate", *rule_.escalate->condition, *compiled_.escalation->condition);
    }
    for (const std::string& language : rule_.languages) add_language(language);
    add_groups();
    if (out_.languages.size() == 1) out_.languages.clear();  // nothing to choose between
  }

 private:
  [[nodiscard]] Location place(source::Span span) const { return diag::locate(compilation_.sources, span); }

  void add_condition(std::string_view part, const ir::Expr& expr, const program::Fragment& fragment) {
    const ExprIndex exprs(expr);
    WatchedCondition condition{&fragment, {}, std::nullopt};
    std::set<std::string_view> seen;
    for (std::uint32_t i = fragment.nodes_begin; i < fragment.nodes_end; ++i) {
      const program::Node& node = image_.nodes[i];
      const program::Opcode opcode = image_.code[node.instruction].opcode;
      const bool root = i + 1 == fragment.nodes_end;
      if (node.type != ir::Type::boolean || opcode <= program::Opcode::push_set) continue;
      if ((is_logic(opcode) && !root) || !seen.insert(node.text).second) continue;
      const ir::Expr* source = exprs.find(node.text);
      BranchCoverage branch;
      branch.part = part;
      branch.text = node.text;
      branch.where = place(source != nullptr ? source->span : expr.span);
      branch.can_be_unknown = source != nullptr && can_be_unknown(*source);
      condition.nodes.push_back({node.instruction - fragment.begin, out_.branches.size()});
      out_.branches.push_back(std::move(branch));
    }
    watched_.conditions.push_back(std::move(condition));
  }

  std::optional<std::size_t> add_language(const std::string& language) {
    const auto same = std::ranges::find(out_.languages, language, &PartCoverage::name);
    if (same != out_.languages.end()) return static_cast<std::size_t>(same - out_.languages.begin());
    out_.languages.push_back({"", language, place(rule_.span), 0});
    return out_.languages.size() - 1;
  }

  void add_groups() {
    const ir::RuleSet& rules = compilation_.checked.rules;
    for (const ir::PatternId id : rule_.patterns) {
      const ir::Pattern& pattern = rules.patterns[static_cast<std::size_t>(id)];
      const std::size_t first = out_.items.size();
      for (const ir::Item& item : pattern.items) out_.items.push_back({pattern.name, item.source, place(item.span), 0});
      std::optional<std::size_t> exemption;
      if (pattern.except != ir::no_pattern) {
        exemption = out_.exemptions.size();
        const ir::Pattern& except = rules.patterns[static_cast<std::size_t>(pattern.except)];
        out_.exemptions.push_back({pattern.name, fmt::format("except of ${}", pattern.name), place(except.span), 0});
      }
      std::optional<std::size_t> language;
      if (pattern.languages.size() == 1) language = add_language(pattern.languages.front());
      for (std::uint32_t use = 0; use < image_.uses.size(); ++use) {
        if (image_.uses[use].pattern == id) watched_.uses.push_back({use, first, exemption, language});
      }
    }
  }

  const api::Compilation& compilation_;
  const program::Image& image_;
  const ir::Rule& rule_;
  const program::Rule& compiled_;
  RuleCoverage& out_;
  Watched& watched_;
};

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
    for (std::uint32_t i = 0; i < count; ++i) Surveyor(compilation, i, report_.rules[i], watched_[i]).run();
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
    for (const WatchedCondition& condition : watched_[index].conditions) {
      session_.evaluator().trace(*condition.fragment, values_);
      for (const WatchedNode& node : condition.nodes) count(values_[node.instruction], rule.branches[node.branch]);
      const runtime::Value whole = values_.back();
      if (&condition == &watched_[index].conditions.front()) fires = whole.is(true);
      if (condition.exemption && fires && whole.is(true)) ++rule.exemptions[*condition.exemption].tests;
    }
    for (const WatchedUse& use : watched_[index].uses) look_at_use(use, rule, fires);
    const std::string_view lang = session_.facts().lang();
    for (PartCoverage& language : rule.languages) {
      if (fires && !lang.empty() && runtime::covers(language.name, lang)) ++language.tests;
    }
  }

  void look_at_use(const WatchedUse& use, RuleCoverage& rule, bool fires) {
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
  std::vector<Watched> watched_;
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

template <typename Count>
Covered sum(const std::vector<RuleCoverage>& rules, Count count) {
  Covered total;
  for (const RuleCoverage& rule : rules) {
    const Covered one = count(rule);
    total.seen += one.seen;
    total.all += one.all;
  }
  return total;
}

Covered seen_in(const std::vector<PartCoverage>& parts) {
  return {static_cast<std::uint64_t>(std::ranges::count_if(parts, [](const PartCoverage& p) { return p.tests > 0; })),
          parts.size()};
}

}  // namespace

bool RuleCoverage::tested() const noexcept { return match + cases > 0 && no_match > 0; }

Covered RuleCoverage::branch_coverage() const noexcept {
  Covered out;
  for (const BranchCoverage& branch : branches) {
    out.all += 2;
    out.seen += (branch.held > 0 ? 1U : 0U) + (branch.failed > 0 ? 1U : 0U);
  }
  return out;
}

Covered CoverageReport::rules_tested() const noexcept {
  return sum(rules, [](const RuleCoverage& rule) { return Covered{rule.tested() ? 1U : 0U, 1}; });
}
Covered CoverageReport::branches() const noexcept {
  return sum(rules, [](const RuleCoverage& rule) { return rule.branch_coverage(); });
}
Covered CoverageReport::items() const noexcept {
  return sum(rules, [](const RuleCoverage& rule) { return seen_in(rule.items); });
}
Covered CoverageReport::exemptions() const noexcept {
  return sum(rules, [](const RuleCoverage& rule) { return seen_in(rule.exemptions); });
}
Covered CoverageReport::languages() const noexcept {
  return sum(rules, [](const RuleCoverage& rule) { return seen_in(rule.languages); });
}
Covered CoverageReport::clauses_tested() const noexcept {
  const auto tested = [](const ClauseCoverage& clause) { return clause.match > 0 && clause.no_match > 0; };
  return {static_cast<std::uint64_t>(std::ranges::count_if(clauses, tested)), clauses.size()};
}
Covered CoverageReport::total() const noexcept {
  Covered all;
  for (const Covered part : {rules_tested(), branches(), items(), exemptions(), languages(), clauses_tested()}) {
    all.seen += part.seen;
    all.all += part.all;
  }
  return all;
}

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
