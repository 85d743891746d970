#include "tooling/run_corpora.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "tooling/corpus_tests.hpp"

namespace modcore::tooling {
namespace {

class CorpusRunner {
 public:
  CorpusRunner(const api::Compilation& compilation, const std::function<bool(const RanTest&)>& wants)
      : compilation_(compilation), wants_(wants), engine_(detail::EngineAccess::make(compilation.engine)) {}

  void run(const CorpusTest& test) {
    BacktestOptions options;
    options.examples = 3;
    options.label = test.label;
    options.category = test.category;
    std::vector<RanTest> results;
    for (const PlacedBudget& budget : test.budgets) {
      RanTest ran = announced(test, budget);
      ran.result.index = number_++;
      if (!wants_(ran)) continue;
      options.budgets.push_back(budget.budget);
      results.push_back(std::move(ran));
    }
    if (results.empty()) return;
    settle(backtest(engine_, {test.path}, options), results);
    for (RanTest& ran : results) out_.push_back(std::move(ran));
  }

  std::vector<RanTest> take() { return std::move(out_); }

 private:
  [[nodiscard]] RanTest announced(const CorpusTest& test, const PlacedBudget& budget) const {
    RanTest ran;
    ran.span = budget.span;
    ran.result.kind = "corpus";
    ran.result.where = diag::locate(compilation_.sources, ran.span);
    ran.result.name = fmt::format("{}: {} {} {}", test.name, to_string(budget.budget.kind), budget.budget.what,
                                  budget.budget.amount);
    return ran;
  }

  static void settle(const BacktestReport& report, std::vector<RanTest>& results) {
    for (std::size_t i = 0; i < results.size(); ++i) {
      TestResult& result = results[i].result;
      if (!report.error.empty()) {
        results[i].unreadable = true;
        result.outcome = TestOutcome::failed;
        result.message = report.error;
      } else if (!report.budgets[i].met) {
        result.outcome = TestOutcome::failed;
        result.message = report.budgets[i].message + places_of(report.budgets[i].examples);
      }
    }
  }

  // Where to look for what exceeds a budget.
  static std::string places_of(const std::vector<BacktestExample>& examples) {
    std::string out;
    for (const BacktestExample& example : examples) {
      out += fmt::format("{}{}:{}", out.empty() ? "; see " : ", ", example.file, example.line);
    }
    return out;
  }

  const api::Compilation& compilation_;
  const std::function<bool(const RanTest&)>& wants_;
  Engine engine_;
  std::size_t number_ = 0;
  std::vector<RanTest> out_;
};

}  // namespace

std::vector<RanTest> run_corpora(api::Compilation& compilation, const std::function<bool(const RanTest&)>& wants) {
  CorpusRunner runner(compilation, wants);
  for (const CorpusTest& test : corpus_tests(compilation)) runner.run(test);
  return runner.take();
}

}  // namespace modcore::tooling
