// Two versions of rules, compared by what they mean and by what they do.
#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <tuple>

#include <xxhash.h>

#include <modcore/corpus.hpp>

#include "api/compilation.hpp"
#include "diag/catalogue.hpp"
#include "runtime/session.hpp"
#include "tooling/records.hpp"
#include "tooling/rule_aspects.hpp"
#include "tooling/run_tests.hpp"
#include "tooling/tally.hpp"
#include "tooling/test_post.hpp"

namespace modcore {

namespace {

using tooling::Aspects;

std::vector<std::string> difference(const std::set<std::string>& a, const std::set<std::string>& b) {
  std::vector<std::string> out;
  std::ranges::set_difference(a, b, std::back_inserter(out));
  return out;
}

std::vector<AspectChange> compare(const Aspects& before, const Aspects& after) {
  static const tooling::Aspect none;
  std::set<std::string> names;
  for (const auto& entry : before) names.insert(entry.first);
  for (const auto& entry : after) names.insert(entry.first);
  std::vector<AspectChange> changes;
  for (const std::string& name : names) {
    const auto old = before.find(name);
    const auto now = after.find(name);
    const tooling::Aspect& a = old == before.end() ? none : old->second;
    const tooling::Aspect& b = now == after.end() ? none : now->second;
    if (a.meaning == b.meaning) continue;
    changes.push_back({name, a.text, b.text, difference(b.items, a.items), difference(a.items, b.items)});
  }
  return changes;
}

class RuleComparison {
 public:
  RuleComparison(const api::Compilation& before, const api::Compilation& after) : before_(before), after_(after) {}

  std::vector<RuleChange> run() {
    const auto old = by_id(before_);
    const auto now = by_id(after_);
    std::vector<RuleChange> changes;
    for (const auto& [id, rule] : old) {
      if (!now.contains(id)) changes.push_back(described(before_, *rule, RuleChange::Kind::removed));
    }
    for (const auto& [id, rule] : now) {
      const auto was = old.find(id);
      if (was == old.end()) {
        changes.push_back(described(after_, *rule, RuleChange::Kind::added));
        continue;
      }
      auto aspects = compare(tooling::aspects_of_rule(before_.checked.rules, *was->second),
                             tooling::aspects_of_rule(after_.checked.rules, *rule));
      if (aspects.empty()) continue;
      changes.push_back(described(after_, *rule, RuleChange::Kind::changed));
      changes.back().aspects = std::move(aspects);
    }
    std::ranges::sort(changes, {}, &RuleChange::rule);
    return changes;
  }

 private:
  static std::map<std::string_view, const ir::Rule*> by_id(const api::Compilation& compilation) {
    std::map<std::string_view, const ir::Rule*> rules;
    for (const ir::Rule& rule : compilation.checked.rules.rules) rules.emplace(rule.id, &rule);
    return rules;
  }

  static RuleChange described(const api::Compilation& compilation, const ir::Rule& rule, RuleChange::Kind kind) {
    RuleChange change;
    change.rule = rule.id;
    change.kind = kind;
    change.category = compilation.checked.rules.categories[static_cast<std::size_t>(rule.category)].name;
    if (rule.verdict) change.verdict = static_cast<Verdict>(*rule.verdict);
    if (!rule.title.entries.empty()) {
      const auto english = rule.title.entries.find("en");
      change.title = english == rule.title.entries.end() ? rule.title.entries.begin()->second : english->second;
    }
    change.where = diag::locate(compilation.sources, rule.span);
    return change;
  }

  const api::Compilation& before_;
  const api::Compilation& after_;
};

// A test is the same test if it stands for the same post, wherever it stands.
using TestKey = std::tuple<std::string, std::string, std::string, std::string>;
TestKey key_of(const TestResult& r) {
  return {r.rule, r.kind, r.disguise, r.disguise.empty() ? r.name : ""};
}

void compare_tests(api::Compilation& before, api::Compilation& after, PolicyDiff& diff) {
  // Several may have the same key, as posts in one disguise do: they stay in their order.
  std::multimap<TestKey, TestResult> old;
  for (tooling::RanTest& ran : tooling::run_tests(before)) {
    TestResult& r = ran.result;
    old.emplace(key_of(r), std::move(r));
  }
  for (tooling::RanTest& ran : tooling::run_tests(after)) {
    TestResult& r = ran.result;
    const auto same = old.lower_bound(key_of(r));
    if (same == old.end() || same->first != key_of(r)) {
      ++diff.tests_added;
      continue;
    }
    if (same->second.outcome != r.outcome) {
      diff.tests.push_back({title_of(r), r.name, same->second.outcome, r.outcome, r.message});
    }
    old.erase(same);
  }
  diff.tests_removed = old.size();
}

class FlipFinder {
 public:
  FlipFinder(const api::Compilation& before, const api::Compilation& after)
      : before_(before.engine->image, before.engine->plan), after_(after.engine->image, after.engine->plan) {}

  struct Pair {
    Decision before;
    Decision after;
  };
  Pair judge(const Post& post) { return {before_.scan(post), after_.scan(post)}; }
  [[nodiscard]] std::span<const ir::HostAttribute> attributes() const { return after_.image().host_attributes; }

  static VerdictFlip flip(const Pair& pair, const tooling::Record& record, const Post& post, std::uint64_t rank) {
    VerdictFlip out;
    out.before = pair.before.verdict;
    out.after = pair.after.verdict;
    const std::set<std::string> old = rules(pair.before);
    const std::set<std::string> now = rules(pair.after);
    out.rules_before = difference(old, now);
    out.rules_after = difference(now, old);
    const bool caught_now = pair.after.verdict >= pair.before.verdict;
    out.example = tooling::make_example({record, post, {}, caught_now ? pair.after : pair.before, rank});
    return out;
  }

  static std::set<std::string> rules(const Decision& decision) {
    std::set<std::string> names;
    for (const FiredRule& rule : decision.fired) names.insert(rule.rule);
    for (const CrossedThreshold& one : decision.crossed) names.insert("threshold of " + one.category);
    return names;
  }

 private:
  runtime::Session before_;
  runtime::Session after_;
};

// The posts of all tests as a small corpus of their own.
void compare_test_posts(const api::Compilation& before, const api::Compilation& after, PolicyDiff& diff) {
  FlipFinder finder(before, after);
  std::set<std::pair<std::string, std::string>> seen;
  for (const api::Compilation* one : {&after, &before}) {
    for (const checker::Test& test : one->checked.tests) {
      const auto owned = tooling::test_post(test.test->post, finder.attributes());
      if (!tooling::problem_of(*owned).empty()) continue;
      if (!seen.emplace(owned->post.title, owned->post.body).second) continue;
      ++diff.test_posts;
      const auto pair = finder.judge(owned->post);
      if (pair.before.verdict == pair.after.verdict) continue;
      const Location where = diag::locate(one->sources, test.test->span);
      diff.test_flips.push_back(FlipFinder::flip(pair, {where.file, where.line, {}, {}}, owned->post, diff.test_posts));
    }
  }
}

class CorpusComparison {
 public:
  CorpusComparison(const api::Compilation& before, const api::Compilation& after, const DiffOptions& options, PolicyDiff& diff)
      : finder_(before, after), engine_(detail::EngineAccess::make(after.engine)), options_(options), diff_(diff),
        now_(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())) {}

  void run() {
    diff_.error = tooling::for_each_record({options_.corpus, options_.names, options_.progress}, engine_,
                                           [this](const tooling::Record& record) { visit(record); });
    for (auto& [verdicts, flips] : kept_) std::ranges::move(flips, std::back_inserter(diff_.flips));
  }

  // How many posts each rule caught: before, after.
  [[nodiscard]] const std::map<std::string, std::pair<std::uint64_t, std::uint64_t>>& counts() const { return counts_; }

 private:
  void visit(const tooling::Record& record) {
    if (!record.problem.empty()) return;
    if (record.text.front() != '{') {
      Post post;
      post.body = record.text;
      return judge(record, post);
    }
    const PostDocument document = parse_post(record.text, engine_, options_.names);
    if (document.error().empty()) judge(record, document.post());
  }

  void judge(const tooling::Record& record, Post post) {
    if (!post.now) post.now = now_;
    const auto pair = finder_.judge(post);
    ++diff_.posts;
    ++diff_.verdicts[static_cast<std::size_t>(pair.before.verdict)][static_cast<std::size_t>(pair.after.verdict)];
    for (const FiredRule& rule : pair.before.fired) ++counts_[rule.rule].first;
    for (const FiredRule& rule : pair.after.fired) ++counts_[rule.rule].second;
    if (pair.before.verdict == pair.after.verdict) return;
    const std::uint64_t rank = XXH3_64bits_withSeed(record.text.data(), record.text.size(), record.line) >> 12U;
    auto& flips = kept_[{pair.before.verdict, pair.after.verdict}];
    const auto place = std::ranges::upper_bound(flips, rank, {}, [](const VerdictFlip& one) { return one.example.rank; });
    if (flips.size() >= options_.examples && place == flips.end()) return;
    flips.insert(place, FlipFinder::flip(pair, record, post, rank));
    if (flips.size() > options_.examples) flips.pop_back();
  }

  FlipFinder finder_;
  Engine engine_;
  const DiffOptions& options_;
  PolicyDiff& diff_;
  std::chrono::sys_seconds now_;
  std::map<std::pair<Verdict, Verdict>, std::vector<VerdictFlip>> kept_;
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> counts_;
};

// A rule that means the same can still catch other posts: one that suppresses it changed.
void add_counts(const std::map<std::string, std::pair<std::uint64_t, std::uint64_t>>& counts, PolicyDiff& diff) {
  for (const auto& [rule, posts] : counts) {
    auto change = std::ranges::find(diff.rules, rule, &RuleChange::rule);
    if (change == diff.rules.end()) {
      if (posts.first == posts.second) continue;
      RuleChange other;
      other.rule = rule;
      other.kind = RuleChange::Kind::changed;
      change = diff.rules.insert(std::ranges::upper_bound(diff.rules, rule, {}, &RuleChange::rule), std::move(other));
    }
    change->posts_before = posts.first;
    change->posts_after = posts.second;
  }
}

}  // namespace

std::uint64_t PolicyDiff::flipped() const noexcept {
  std::uint64_t count = 0;
  for (std::size_t a = 0; a < verdicts.size(); ++a) {
    for (std::size_t b = 0; b < verdicts.size(); ++b) count += a == b ? 0 : verdicts[a][b];
  }
  return count;
}

bool PolicyDiff::empty() const noexcept {
  return rules.empty() && policy.empty() && tests.empty() && test_flips.empty() && flipped() == 0 && tests_added == 0 &&
         tests_removed == 0;
}

PolicyDiff diff_policies(const std::vector<std::string>& before, const std::vector<std::string>& after,
                         const DiffOptions& options) {
  const auto old = api::compile_paths(before, options.compile);
  const auto now = api::compile_paths(after, options.compile);
  PolicyDiff diff;
  for (const auto& [side, paths] : {std::pair(old.get(), &before), std::pair(now.get(), &after)}) {
    if (!side->loaded || !side->engine) continue;
    side->sink.report(diag::artifact_unusable, {}, {paths->front(), "it holds no rules to compare",
        "compare the rules that it was compiled from"});
  }
  const bool readable = !old->sink.has_errors() && !now->sink.has_errors();
  if (readable && old->engine && now->engine) {
    diff.rules = RuleComparison(*old, *now).run();
    diff.policy = compare(tooling::aspects_of_policy(*old), tooling::aspects_of_policy(*now));
    compare_tests(*old, *now, diff);
    compare_test_posts(*old, *now, diff);
    if (!options.corpus.empty()) {
      CorpusComparison corpus(*old, *now, options, diff);
      corpus.run();
      add_counts(corpus.counts(), diff);
    }
  }
  diff.before = old->sink.take();
  diff.after = now->sink.take();
  return diff;
}

}  // namespace modcore
