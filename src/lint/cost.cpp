#include "lint/cost.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

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
constexpr std::size_t post_bytes = 2000;  // so that it is the text that costs, not the call
constexpr int passes = 3;
// Measuring one takes milliseconds: those of the largest static cost are measured.
constexpr std::size_t most_measured = 200;
constexpr std::size_t large_bundle = std::size_t{64} << 20U;
// Below this, one pattern in disguise is no exception.
constexpr std::size_t many_patterns = 50;

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
    size_of_bundle();
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
  // can be slow in ordinary text.
  void measure_them() {
    if (costs_.empty()) return;
    const CostMeter meter(*input_.image, plan_, long_posts_);
    const double floor = meter.floor(passes);
    if (costs_.size() > most_measured) costs_.resize(most_measured);
    for (const auto& [states, index] : costs_) {
      const runtime::PlannedRegex& regex = plan_.regexes[index];
      report(regex, meter.measure(std::get<ir::RegexItem>(item_of(regex.item).what), passes), floor);
    }
  }

  void report(const runtime::PlannedRegex& regex, const RuleCost& cost, double floor) {
    const double own = cost.nanoseconds_per_byte - floor;
    if (own < noticeable) return;
    const source::Span span = item_of(regex.item).span;
    const std::string& rule = rule_of(regex.item.pattern);
    const std::string nanoseconds = fmt::format("{:.1f}", own);
    if (own >= slow) {
      sink_.report(diag::regex_slow, span,
                   {nanoseconds, fmt::format("{:.0f}", cost.compile_milliseconds),
                    fmt::format("{:.0f}", static_cast<double>(cost.database_bytes) / 1024)})
          .rule(rule);
    } else {
      const std::string_view how = regex.direct ? "PCRE2 runs it on" : "Hyperscan looks for it in";
      sink_.report(diag::regex_without_literal, span, {how, nanoseconds}).rule(rule);
    }
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

  void size_of_bundle() {
    std::size_t bytes = 0;
    for (const runtime::LiteralTable* table : {&plan_.words, &plan_.fold, &plan_.digits, &plan_.spelled,
                                               &plan_.asked_words, &plan_.asked_fold, &plan_.asked_digits}) {
      bytes += runtime::size_of(table->database);
    }
    for (const runtime::RegexFilter& filter : plan_.filters) {
      bytes += runtime::size_of(filter.ascii) + runtime::size_of(filter.utf8);
    }
    if (bytes <= large_bundle) return;
    sink_.report(diag::bundle_size, {}, {std::to_string(bytes >> 20U), std::to_string(large_bundle >> 20U)});
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

}  // namespace modcore::lint
