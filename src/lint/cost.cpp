#include "lint/cost.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "lint/rule_cost.hpp"
#include "lint/sample_posts.hpp"
#include "regex/analysis.hpp"
#include "runtime/matcher.hpp"

namespace modcore::lint {
namespace {

// Nanoseconds for a byte of ordinary text, above those of folding it. Ten thousand
// phrases together cost about four (measured).
constexpr double slow = 10.0;
constexpr double noticeable = 6.0;
constexpr double certainly_quick = 5.0;  // by PCRE2 alone
constexpr std::size_t post_bytes = 2000;  // so that it is the text that costs, not the call
constexpr int passes = 3;
// Measuring one takes milliseconds: those of the largest static cost are measured.
constexpr std::size_t most_measured = 200;
constexpr std::size_t large_bundle = std::size_t{64} << 20U;
// Below this, one pattern in disguise is no exception.
constexpr std::size_t many_patterns = 50;

std::string by_hyperscan(const runtime::RegexFilter& filter) {
  if (filter.every_text) return "Hyperscan looks for it in every text";
  std::string where;
  if (!filter.characters.empty()) where = fmt::format("with one of `{}`", filter.characters);
  if (filter.beyond_ascii || filter.spelled) where += where.empty() ? "beyond ASCII" : " or beyond ASCII";
  return "Hyperscan looks for it in every text " + where;
}

class CostLint {
 public:
  CostLint(const Input& input, diag::Sink& sink)
      : input_(input), plan_(*input.plan), patterns_(input.checked.rules.patterns), sink_(sink) {
    for (const std::string_view body : sample_posts()) {
      if (texts_.empty() || texts_.back().size() > post_bytes) texts_.emplace_back();
      texts_.back() += std::string(body) + '\n';
    }
    for (const std::string& text : texts_) long_posts_.push_back({.body = text});
  }

  void run() {
    find_searched_everywhere();
    measure_them();
    lonely_disguise();
    judge_size(bytes_of(plan_), sink_);
  }

 private:
  [[nodiscard]] const ir::Item& item_of(runtime::ItemRef ref) const {
    return patterns_[ref.pattern].items[ref.item];
  }
  [[nodiscard]] const std::string& rule_of(std::uint32_t pattern) const {
    return input_.image->rules[static_cast<std::size_t>(patterns_[pattern].rule)].id;
  }

  // Regexes that every text must be searched for. Those of patterns that wait cost
  // only where their rule is awake.
  void find_searched_everywhere() {
    std::vector<std::uint32_t> searched = plan_.direct;
    for (const runtime::RegexFilter& filter : plan_.filters) {
      searched.insert(searched.end(), filter.regexes.begin(), filter.regexes.end());
    }
    for (const std::uint32_t index : searched) {
      costs_.emplace_back(static_cost(plan_.regexes[index]), index);
    }
    std::ranges::sort(costs_, std::greater<>());
  }

  [[nodiscard]] std::uint64_t static_cost(const runtime::PlannedRegex& regex) const {
    const auto& written = std::get<ir::RegexItem>(item_of(regex.item).what);
    return regex::analyse(written.pattern, written.tolerance == ir::Tolerance::exact).cost;
  }

  // Regexes that something is known of are confirmed at few places: only the others
  // can be slow in ordinary text. What PCRE2 alone does quickly, Hyperscan and PCRE2
  // together do no slower, and it takes a tenth of the time to find that out.
  void measure_them() {
    const CostMeter meter(*input_.image, plan_, long_posts_);
    if (costs_.size() > most_measured) costs_.resize(most_measured);
    std::optional<double> floor;
    for (const auto& [states, index] : costs_) {
      const runtime::PlannedRegex& regex = plan_.regexes[index];
      if (meter.by_pcre2(regex) < certainly_quick) continue;
      if (!floor) floor = meter.floor(passes);
      const RuleCost cost = meter.measure(std::get<ir::RegexItem>(item_of(regex.item).what), passes);
      judge_regex(measured(index, cost, *floor), sink_);
    }
  }

  [[nodiscard]] MeasuredRegex measured(std::uint32_t index, const RuleCost& cost, double floor) const {
    const runtime::PlannedRegex& regex = plan_.regexes[index];
    return {.span = item_of(regex.item).span,
            .rule = rule_of(regex.item.pattern),
            .nanoseconds = cost.nanoseconds_per_byte - floor,
            .compile_milliseconds = cost.compile_milliseconds,
            .database_bytes = cost.database_bytes,
            .how = how_searched(plan_, index)};
  }

  void lonely_disguise() {
    const auto disguised = [](const ir::Pattern& pattern) {
      return pattern.tolerance == ir::Tolerance::obfuscated;
    };
    if (patterns_.size() < many_patterns || std::ranges::count_if(patterns_, disguised) != 1) return;
    const auto only = std::ranges::find_if(patterns_, disguised);
    sink_.report(diag::extra_view, only->span, {only->name, std::to_string(patterns_.size())})
        .rule(rule_of(static_cast<std::uint32_t>(only - patterns_.begin())));
  }

  const Input& input_;
  const runtime::MatchPlan& plan_;
  const std::vector<ir::Pattern>& patterns_;
  diag::Sink& sink_;
  std::vector<std::string> texts_;   // sample posts joined to longer ones
  std::vector<Post> long_posts_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> costs_;  // static cost, regex
};

}  // namespace

void lint_cost(const Input& input, diag::Sink& sink) { CostLint(input, sink).run(); }

std::string how_searched(const runtime::MatchPlan& plan, std::uint32_t regex) {
  for (const runtime::RegexFilter& filter : plan.filters) {
    if (std::ranges::find(filter.regexes, regex) != filter.regexes.end()) return by_hyperscan(filter);
  }
  const regex::Mark& mark = plan.regexes[regex].mark;
  switch (mark.kind) {
    case regex::Mark::Kind::text_begin: return "it is looked for at the beginning of every text";
    case regex::Mark::Kind::character: return fmt::format("it is looked for at every `{}`", mark.character);
    case regex::Mark::Kind::none: break;
  }
  return "PCRE2 runs it on every text";
}

void judge_regex(const MeasuredRegex& measured, diag::Sink& sink) {
  if (measured.nanoseconds < noticeable) return;
  const std::string nanoseconds = fmt::format("{:.1f}", measured.nanoseconds);
  if (measured.nanoseconds >= slow) {
    sink.report(diag::regex_slow, measured.span,
                {nanoseconds, fmt::format("{:.0f}", measured.compile_milliseconds),
                 fmt::format("{:.0f}", static_cast<double>(measured.database_bytes) / 1024)})
        .rule(measured.rule);
  } else {
    sink.report(diag::regex_without_literal, measured.span, {measured.how, nanoseconds}).rule(measured.rule);
  }
}

void judge_size(std::size_t bytes, diag::Sink& sink) {
  if (bytes <= large_bundle) return;
  sink.report(diag::bundle_size, {}, {std::to_string(bytes >> 20U), std::to_string(large_bundle >> 20U)});
}

}  // namespace modcore::lint
