#include "lint/frequency.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "diag/catalogue.hpp"
#include "lint/sample_posts.hpp"
#include "runtime/match_plan.hpp"
#include "runtime/matcher.hpp"
#include "runtime/post_text.hpp"

namespace modcore::lint {
namespace {

// Literals that stand in every so many posts.
constexpr std::size_t flood_share = 3;
constexpr std::size_t near_share = 10;
constexpr std::size_t least_posts = 25;

// `near` or `followed_by`, and its two patterns.
struct Pair {
  const ir::Expr* expr = nullptr;
  ir::RuleId rule{};
  std::vector<runtime::UseId> uses;
};

class FrequencyLint {
 public:
  FrequencyLint(const Input& input, diag::Sink& sink)
      : input_(input), plan_(*input.plan), rules_(input.checked.rules), sink_(sink),
        touched_(plan_.patterns.size()), matched_(plan_.uses.size()) {}

  void run() {
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
      if (rules_.rules[i].status != ir::Status::off) find_pairs(rules_.rules[i].when, static_cast<ir::RuleId>(i));
    }
    scan();
    floods();
    for (const Pair& pair : pairs_) crowded(pair);
  }

 private:
  [[nodiscard]] const std::string& rule_of(std::uint32_t pattern) const {
    return rules_.rules[static_cast<std::size_t>(rules_.patterns[pattern].rule)].id;
  }

  void find_pairs(const ir::Expr& expr, ir::RuleId rule) {
    const bool near = expr.op == ir::Op::call && (expr.function == ir::Function::near ||
                                                  expr.function == ir::Function::followed_by);
    if (near) {
      Pair pair{&expr, rule, {}};
      for (const ir::PatternUse& use : expr.uses) {
        if (const auto id = id_of(use)) pair.uses.push_back(*id);
      }
      if (pair.uses.size() == 2) pairs_.push_back(std::move(pair));
    }
    for (const ir::Expr& part : expr.args) find_pairs(part, rule);
  }

  [[nodiscard]] std::optional<runtime::UseId> id_of(const ir::PatternUse& use) const {
    for (std::uint32_t i = 0; i < plan_.uses.size(); ++i) {
      const bool same = plan_.uses[i].pattern == use.pattern && plan_.uses[i].fields == use.fields;
      if (same) return static_cast<runtime::UseId>(i);
    }
    return std::nullopt;
  }

  void scan() {
    runtime::PostText text;
    text.configure(input_.image->fields, input_.image->limits.text_bytes);
    runtime::Matcher matcher(input_.plan);
    for (const std::string_view body : sample_posts()) {
      text.set({.body = body}, {});
      matcher.run(text, "");
      for (const std::uint32_t pattern : matcher.touched()) ++touched_[pattern];
      for (const Pair& pair : pairs_) {
        for (const runtime::UseId use : pair.uses) count(matcher, use);
      }
      ++posts_;
      counted_.clear();
    }
  }

  // A pattern of two pairs counts once a post.
  void count(runtime::Matcher& matcher, runtime::UseId use) {
    if (std::ranges::count(counted_, use) > 0) return;
    counted_.push_back(use);
    if (matcher.matched(use) == runtime::Truth::yes) ++matched_[static_cast<std::size_t>(use)];
  }

  // Patterns that are forever confirmed.
  void floods() {
    for (std::uint32_t i = 0; i < touched_.size(); ++i) {
      if (touched_[i] < least_posts || touched_[i] * flood_share < posts_) continue;
      if (plan_.patterns[i].items.empty() || has_regex(i)) continue;
      sink_.report(diag::match_flood, rules_.patterns[i].span,
                   {rules_.patterns[i].name, std::to_string(touched_[i]), std::to_string(posts_)})
          .rule(rule_of(i));
    }
  }

  // Of those M304 and M807 tell.
  [[nodiscard]] bool has_regex(std::uint32_t pattern) const {
    return std::ranges::any_of(plan_.patterns[pattern].items, [](const runtime::PlannedItem& item) {
      return std::holds_alternative<ir::RegexItem>(item.what);
    });
  }

  // Two patterns that stand side by side everywhere.
  void crowded(const Pair& pair) {
    std::string numbers;
    for (std::size_t i = 0; i < 2; ++i) {
      const std::size_t posts = matched_[static_cast<std::size_t>(pair.uses[i])];
      if (posts < least_posts || posts * near_share < posts_) return;
      const auto pattern = static_cast<std::size_t>(pair.expr->uses[i].pattern);
      numbers += (i == 0 ? "`$" : " and `$") + rules_.patterns[pattern].name + "` in " + std::to_string(posts);
    }
    sink_.report(diag::near_over_frequent_items, pair.expr->span,
                 {to_string(pair.expr->function), numbers, std::to_string(posts_)})
        .rule(rules_.rules[static_cast<std::size_t>(pair.rule)].id);
  }

  const Input& input_;
  const runtime::MatchPlan& plan_;
  const ir::RuleSet& rules_;
  diag::Sink& sink_;
  std::vector<Pair> pairs_;
  std::vector<std::size_t> touched_;  // posts of each pattern
  std::vector<std::size_t> matched_;  // posts of each use that stands in a pair
  std::vector<runtime::UseId> counted_;
  std::size_t posts_ = 0;
};

}  // namespace

void lint_frequency(const Input& input, diag::Sink& sink) { FrequencyLint(input, sink).run(); }

}  // namespace modcore::lint
