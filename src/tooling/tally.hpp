// Counts what rules caught, post by post.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <modcore/corpus.hpp>

#include "tooling/label.hpp"
#include "tooling/records.hpp"

namespace modcore::tooling {

struct JudgedPost {
  const Record& record;
  const Post& post;
  const Label& label;
  const Decision& decision;
  std::uint64_t rank = 0;
};

class Tally {
 public:
  // The report begins with a row for every rule and category of the engine.
  Tally(const Engine& engine, const BacktestOptions& options);

  void add(const JudgedPost& judged);
  void add_bad_line() { ++report_.bad_lines; }
  void notice(std::string_view text) { ++notices_[std::string(text)]; }
  [[nodiscard]] BacktestReport take();

 private:
  void add_verdict_rows(const JudgedPost& judged, bool caught);
  void add_rules(const JudgedPost& judged);
  void add_overlaps();
  void mark_categories(const Decision& decision);
  void count(BacktestRow& row, const JudgedPost& judged, bool caught, bool speaks);
  void keep(std::vector<BacktestExample>& kept, const JudgedPost& judged);

  BacktestReport report_;
  std::unordered_map<std::string_view, std::uint32_t> rule_index_;
  std::unordered_map<std::string_view, std::uint32_t> category_index_;
  std::vector<char> category_spoke_;           // on this post, by category
  std::vector<std::uint32_t> fired_;           // on this post
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> overlaps_;
  std::map<std::string, std::uint64_t> notices_;
};

[[nodiscard]] BacktestExample make_example(const JudgedPost& judged);

// Keeps the `most` examples of the smallest rank, in order of rank.
void keep_smallest(std::vector<BacktestExample>& kept, BacktestExample example, std::size_t most);

// Judges the budgets by the counts of the report.
void judge_budgets(BacktestReport& report, const std::vector<Budget>& budgets);

}  // namespace modcore::tooling
