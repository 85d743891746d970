// What the patterns of one rule cost, measured with all other rules away.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <modcore/post.hpp>

#include "ir/rule_set.hpp"
#include "program/image.hpp"
#include "runtime/match_plan.hpp"

namespace modcore::lint {

struct RuleCost {
  double compile_milliseconds = 0;
  std::size_t database_bytes = 0;
  double nanoseconds_per_byte = 0;  // of text; folding the text included
  std::uint64_t asked = 0;   // posts that held something to confirm
  std::uint64_t failed = 0;  // of them, in how many nothing matched
};

// Measures thread CPU time. Belongs to one thread.
class CostMeter {
 public:
  // What is referred to must outlive it.
  CostMeter(const program::Image& image, const runtime::MatchPlan& plan,
            std::span<const modcore::Post> posts);

  // A rule without a pattern costs nothing. The fastest of `passes` over the posts.
  [[nodiscard]] RuleCost measure(ir::RuleId rule, int passes) const;
  // One regex alone, searched for in titles and bodies.
  [[nodiscard]] RuleCost measure(const ir::RegexItem& regex, int passes) const;
  // Nanoseconds for a byte that PCRE2 takes for all matches of the regex in titles and
  // bodies as they are; no database is made for it.
  [[nodiscard]] double by_pcre2(const runtime::PlannedRegex& regex) const;
  // Of a rule that finds nothing: what folding the text and looking for one word cost.
  [[nodiscard]] double floor(int passes) const;

 private:
  [[nodiscard]] RuleCost run(const ir::RuleSet& rules, const std::vector<ir::PatternUse>& uses,
                             const std::vector<bool>& waits, int passes) const;

  const program::Image& image_;
  const runtime::MatchPlan& plan_;
  std::span<const modcore::Post> posts_;
  std::vector<std::vector<std::uint32_t>> patterns_of_;  // by rule
  std::size_t bytes_ = 0;
};

// What all that is searched for takes: databases and tables of literals.
[[nodiscard]] std::size_t bytes_of(const runtime::MatchPlan& plan);

// How a pattern is looked for, in a few words: "2 literals in the words view; regex at
// `viagra` in the fold, then PCRE2".
[[nodiscard]] std::string plan_text(const runtime::MatchPlan& plan, std::uint32_t pattern);

}  // namespace modcore::lint
