// What shards of a backtest found, added up.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <modcore/corpus.hpp>

#include "tooling/backtest_json.hpp"
#include "tooling/tally.hpp"

namespace modcore {

namespace {

void add(std::vector<BacktestExample>& into, const std::vector<BacktestExample>& from, std::size_t most) {
  for (const BacktestExample& example : from) tooling::keep_smallest(into, example, most);
}

void add(std::vector<BacktestRow>& into, const std::vector<BacktestRow>& from, std::size_t most) {
  for (std::size_t i = 0; i < into.size(); ++i) {
    BacktestRow& a = into[i];
    const BacktestRow& b = from[i];
    a.posts += b.posts;
    a.right += b.right;
    a.wrong += b.wrong;
    a.positives += b.positives;
    a.negatives += b.negatives;
    a.undetermined += b.undetermined;
    add(a.examples, b.examples, most);
    add(a.mistakes, b.mistakes, most);
  }
}

bool same_rows(const std::vector<BacktestRow>& a, const std::vector<BacktestRow>& b) {
  return std::ranges::equal(a, b, {}, &BacktestRow::name, &BacktestRow::name);
}

std::string misfit(const BacktestReport& a, const BacktestReport& b) {
  if (a.engine != b.engine) return "they were made with different rules";
  if (a.corpus != b.corpus) return "they are of different posts";
  if (a.shard_count != b.shard_count) {
    return fmt::format("one is a part of {}, the other of {}", a.shard_count, b.shard_count);
  }
  if (a.seed != b.seed || a.examples != b.examples) return "they took their examples otherwise";
  for (const std::uint32_t shard : b.shards) {
    if (std::ranges::count(a.shards, shard) > 0) return fmt::format("shard {} is there twice", shard);
  }
  const bool rows = same_rows(a.rules, b.rules) && same_rows(a.categories, b.categories);
  return rows ? "" : "they name other rules";
}

void add(BacktestReport& into, const BacktestReport& from) {
  into.shards.insert(into.shards.end(), from.shards.begin(), from.shards.end());
  into.posts += from.posts;
  into.bad_lines += from.bad_lines;
  into.positives += from.positives;
  into.negatives += from.negatives;
  into.limited += from.limited;
  for (std::size_t i = 0; i < into.verdicts.size(); ++i) into.verdicts[i] += from.verdicts[i];
  add(into.verdict_rows, from.verdict_rows, into.examples);
  add(into.categories, from.categories, into.examples);
  add(into.rules, from.rules, into.examples);
  add(into.missed, from.missed, into.examples);
  std::map<std::pair<std::string, std::string>, std::uint64_t> overlaps;
  std::map<std::string, std::uint64_t> notices;
  for (const BacktestReport* one : {static_cast<const BacktestReport*>(&into), &from}) {
    for (const Overlap& overlap : one->overlaps) overlaps[{overlap.first, overlap.second}] += overlap.posts;
    for (const auto& [text, posts] : one->notices) notices[text] += posts;
  }
  into.overlaps.clear();
  for (const auto& [rules, posts] : overlaps) into.overlaps.push_back({rules.first, rules.second, posts});
  into.notices.assign(notices.begin(), notices.end());
}

}  // namespace

BacktestReport merge_backtests(std::span<const std::string> json) {
  BacktestReport merged;
  if (json.empty()) merged.error = "there is nothing to merge";
  for (std::size_t i = 0; i < json.size() && merged.error.empty(); ++i) {
    BacktestReport one = tooling::read_backtest(json[i]);
    const std::string problem = !one.error.empty() ? one.error : i == 0 ? "" : misfit(merged, one);
    if (!problem.empty()) {
      merged = BacktestReport();
      merged.error = fmt::format("result {} of {} does not fit: {}", i + 1, json.size(), problem);
    } else if (i == 0) {
      merged = std::move(one);
    } else {
      add(merged, one);
    }
  }
  std::ranges::sort(merged.shards);
  std::vector<Budget> budgets;
  for (const BudgetResult& result : merged.budgets) budgets.push_back(result.budget);
  if (merged.error.empty()) tooling::judge_budgets(merged, budgets);
  return merged;
}

}  // namespace modcore
