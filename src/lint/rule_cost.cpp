#include "lint/rule_cost.hpp"

#include <algorithm>
#include <ctime>
#include <map>

#include <fmt/format.h>

#include "compile/patterns.hpp"
#include "diag/sink.hpp"
#include "regex/analysis.hpp"
#include "regex/literals.hpp"
#include "runtime/matcher.hpp"
#include "runtime/post_text.hpp"

namespace modcore::lint {
namespace {

double thread_nanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

std::size_t bytes_of(const Post& post) {
  return post.title.size() + post.body.size() + post.author.name.value_or("").size() +
         post.author.bio.value_or("").size();
}

ir::Pattern pattern_of(const runtime::PlannedPattern& planned) {
  ir::Pattern pattern;
  pattern.tolerance = planned.tolerance;
  pattern.languages = planned.languages;
  pattern.at = planned.at;
  pattern.unit = planned.unit;
  pattern.is_except = planned.is_except;
  for (const runtime::PlannedItem& item : planned.items) {
    pattern.items.push_back({.source = {}, .span = {}, .what = item.what, .distinct = item.distinct});
  }
  return pattern;
}

template <typename T>
std::size_t bytes_in(const std::vector<T>& values) {
  return values.size() * sizeof(T);
}

std::size_t bytes_in(const runtime::WordTable& table) {
  return bytes_in(table.buckets) + bytes_in(table.entries) + table.texts.size();
}

std::size_t bytes_in(const runtime::GramTable& table) {
  const runtime::GramFilter& filter = table.filter;
  std::size_t sum = bytes_in(filter.grams) + bytes_in(filter.shorts) + bytes_in(filter.gate.parts) + table.texts.size();
  for (const auto* buckets : {&table.grams, &table.shorts, &table.gated, &table.dotted}) {
    sum += bytes_in(buckets->begins) + bytes_in(buckets->entries);
  }
  return sum;
}

struct Counts {
  std::uint64_t asked = 0;
  std::uint64_t failed = 0;
};

// As a rule is asked: first the patterns that wake it, the others where one matched.
Counts scan_all(std::span<const Post> posts, runtime::PostText& text, runtime::Matcher& matcher,
                const runtime::MatchPlan& plan) {
  Counts counts;
  for (const Post& post : posts) {
    text.set(post, {});
    matcher.run(text, "");
    if (matcher.touched().empty()) continue;
    const auto any_matches = [&](bool waiting) {
      bool matches = false;
      for (std::uint32_t use = 0; use < plan.uses.size(); ++use) {
        if (plan.patterns[static_cast<std::size_t>(plan.uses[use].pattern)].waits != waiting) continue;
        matches |= matcher.matched(static_cast<runtime::UseId>(use)) == runtime::Truth::yes;
      }
      return matches;
    };
    const bool woken = any_matches(false);
    if (woken) static_cast<void>(any_matches(true));
    ++counts.asked;
    counts.failed += woken ? 0U : 1U;
  }
  return counts;
}

}  // namespace

CostMeter::CostMeter(const program::Image& image, const runtime::MatchPlan& plan,
                     std::span<const Post> posts)
    : image_(image), plan_(plan), posts_(posts), patterns_of_(image.rules.size()) {
  for (std::uint32_t i = 0; i < image.patterns.size(); ++i) {
    patterns_of_[static_cast<std::size_t>(image.patterns[i].rule)].push_back(i);
  }
  for (const Post& post : posts) bytes_ += bytes_of(post);
}

RuleCost CostMeter::measure(ir::RuleId rule, int passes) const {
  ir::RuleSet rules;
  rules.limits = image_.limits;
  std::vector<ir::PatternUse> uses;
  std::vector<bool> waits;
  std::map<std::uint32_t, std::uint32_t> new_ids;
  for (const std::uint32_t index : patterns_of_[static_cast<std::size_t>(rule)]) {
    new_ids.emplace(index, static_cast<std::uint32_t>(rules.patterns.size()));
    rules.patterns.push_back(pattern_of(plan_.patterns[index]));
    waits.push_back(plan_.patterns[index].waits);
  }
  for (const auto& [old_id, id] : new_ids) {
    const auto except = new_ids.find(static_cast<std::uint32_t>(plan_.patterns[old_id].except));
    if (except != new_ids.end()) rules.patterns[id].except = static_cast<ir::PatternId>(except->second);
    if (plan_.patterns[old_id].is_except) continue;
    uses.push_back({static_cast<ir::PatternId>(id), plan_.patterns[old_id].fields});
  }
  if (uses.empty()) return {};
  return run(rules, uses, waits, passes);
}

RuleCost CostMeter::measure(const ir::RegexItem& regex, int passes) const {
  ir::RuleSet rules;
  rules.patterns.emplace_back().items.push_back({.source = {}, .span = {}, .what = regex});
  return run(rules, {{ir::PatternId{0}, ir::text_fields()}}, {}, passes);
}

double CostMeter::by_pcre2(const runtime::PlannedRegex& regex) const {
  static_cast<void>(regex.program.code());
  runtime::RegexRunner runner;
  const auto search_all = [&](std::string_view text) {
    for (std::size_t from = 0; from < text.size();) {
      const auto found = runner.search(regex.program, text, from);
      if (found.outcome != runtime::RegexRunner::Search::Outcome::found) return;
      from = found.range.end;
    }
  };
  const double begin = thread_nanoseconds();
  for (const Post& post : posts_) {
    runner.start_post();
    search_all(post.title);
    search_all(post.body);
  }
  return (thread_nanoseconds() - begin) / static_cast<double>(std::max<std::size_t>(bytes_, 1));
}

double CostMeter::floor(int passes) const {
  constexpr std::string_view nowhere = "qzxqjwkzxq";
  ir::RuleSet rules;
  ir::Pattern& pattern = rules.patterns.emplace_back();
  const std::string text(nowhere);
  pattern.items.push_back({.source = {}, .span = {}, .what = ir::SubstringItem{text, text, text}});
  return run(rules, {{ir::PatternId{0}, ir::text_fields()}}, {}, passes).nanoseconds_per_byte;
}

RuleCost CostMeter::run(const ir::RuleSet& rules, const std::vector<ir::PatternUse>& uses,
                        const std::vector<bool>& waits, int passes) const {
  RuleCost cost;
  const source::SourceMap sources;
  diag::Sink sink(sources);
  double begin = thread_nanoseconds();
  const std::shared_ptr<const runtime::MatchPlan> plan =
      compiler::compile_patterns(rules, uses, waits, sink);
  cost.compile_milliseconds = (thread_nanoseconds() - begin) * 1e-6;
  if (!plan) return cost;
  cost.database_bytes = bytes_of(*plan);
  runtime::PostText text;
  text.configure(plan->fields, rules.limits.text_bytes);
  runtime::Matcher matcher(plan);
  double fastest = 0;
  for (int pass = 0; pass < passes; ++pass) {
    begin = thread_nanoseconds();
    const Counts counts = scan_all(posts_, text, matcher, *plan);
    const double took = thread_nanoseconds() - begin;
    fastest = pass == 0 ? took : std::min(fastest, took);
    cost.asked = counts.asked;
    cost.failed = counts.failed;
  }
  cost.nanoseconds_per_byte = fastest / static_cast<double>(std::max<std::size_t>(bytes_, 1));
  return cost;
}

std::size_t bytes_of(const runtime::MatchPlan& plan) {
  std::size_t sum = 0;
  for (const runtime::LiteralTable* table : {&plan.words, &plan.fold, &plan.digits, &plan.spelled}) {
    sum += runtime::size_of(table->database) + bytes_in(table->by_word) + bytes_in(table->by_gram) + bytes_in(table->by_gate);
  }
  for (const runtime::RegexFilter& filter : plan.filters) {
    sum += runtime::size_of(filter.ascii) + runtime::size_of(filter.utf8);
  }
  return sum;
}

// ---- Plans for people ------------------------------------------------------------

namespace {

std::string regex_plan(const runtime::MatchPlan& plan, const runtime::PlannedItem& item) {
  const auto& written = std::get<ir::RegexItem>(item.what);
  const runtime::PlannedRegex& regex = plan.regexes[item.regex];
  if (regex.direct && regex.mark.kind == regex::Mark::Kind::text_begin) {
    return "regex at the beginning of a text, then PCRE2";
  }
  if (regex.direct && regex.mark.kind == regex::Mark::Kind::character) {
    return fmt::format("regex at `{}`, then PCRE2", regex.mark.character);
  }
  if (regex.direct) return "regex on every text by PCRE2";
  const auto spells = [&](const runtime::Probe& probe) { return probe.regex == item.regex; };
  if (std::ranges::any_of(plan.spelled.probes, spells)) return "regex at what it spells, then PCRE2";
  for (const runtime::RegexFilter& filter : plan.filters) {
    if (std::ranges::find(filter.regexes, item.regex) != filter.regexes.end()) {
      return "regex in a database of Hyperscan's, then PCRE2";
    }
  }
  const regex::Analysis analysis =
      regex::analyse(written.pattern, written.tolerance == ir::Tolerance::exact);
  const auto& texts = analysis.required.texts;
  if (texts.empty()) return fmt::format("regex at the digits {}, then PCRE2", analysis.digits.digits);
  const std::string at = texts.size() == 1 ? fmt::format("`{}`", texts.front())
                                           : fmt::format("`{}` or {} others", texts.front(), texts.size() - 1);
  return regex.plain ? fmt::format("literal {} in the fold", at)
                     : fmt::format("regex at {} in the fold, then PCRE2", at);
}

struct PlanOfItem {
  const runtime::MatchPlan& plan;
  const runtime::PlannedItem& item;
  std::string operator()(const ir::WordsItem& words) const {
    return fmt::format("{} in the words view",
                       words.alternatives.size() == 1 ? "a literal" : "literals");
  }
  std::string operator()(const ir::SubstringItem&) const { return "a literal in the fold"; }
  std::string operator()(const ir::RegexItem&) const { return regex_plan(plan, item); }
  std::string operator()(const ir::DomainItem&) const { return "a name in the table of hosts"; }
  std::string operator()(const ir::EmojiItem&) const { return "a name in the table of emoji"; }
  std::string operator()(const ir::NumberItem&) const { return "a literal in the digits"; }
};

}  // namespace

std::string plan_text(const runtime::MatchPlan& plan, std::uint32_t pattern) {
  const runtime::PlannedPattern& planned = plan.patterns[pattern];
  std::vector<std::pair<std::string, std::size_t>> ways;  // in the order of their first item
  for (const runtime::PlannedItem& item : planned.items) {
    std::string way = std::visit(PlanOfItem{plan, item}, item.what);
    const auto known = std::ranges::find_if(ways, [&](const auto& each) { return each.first == way; });
    if (known != ways.end()) {
      ++known->second;
    } else if (ways.size() < 4) {
      ways.emplace_back(std::move(way), 1);
    }
  }
  std::string text;
  for (const auto& [way, count] : ways) {
    text += (text.empty() ? "" : "; ") + (count == 1 ? way : fmt::format("{} x {}", count, way));
  }
  return planned.tolerance == ir::Tolerance::obfuscated ? text + "; in disguise" : text;
}

}  // namespace modcore::lint
