// A backtest as Markdown, for a pull request or a wiki.
#include <algorithm>

#include <fmt/format.h>

#include <modcore/corpus.hpp>

#include "tooling/html.hpp"
#include "tooling/markdown.hpp"

namespace modcore {

namespace {

using namespace tooling;

constexpr std::size_t most_rules = 50;

std::string verdicts(const BacktestReport& report) {
  std::string out = "| verdict | posts | share |\n|---|--:|--:|\n";
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    out += fmt::format("| {} | {} | {} |\n", to_string(static_cast<Verdict>(i)), grouped(report.verdicts[i]),
                       percent(report.verdicts[i], report.posts));
  }
  return out;
}

std::string rates(const BacktestReport& report) {
  std::string out = "\n| | precision | recall | F1 |\n|---|---|---|---|\n";
  const auto add = [&](std::string_view name, const BacktestRow& row) {
    if (row.positives + row.negatives == 0) return;
    out += fmt::format("| {} | {} | {} | {} |\n", markdown_text(name), with_interval(row.precision()),
                       with_interval(row.recall()), with_interval(row.f1()));
  };
  add("all rules together", report.verdict_rows[0]);
  add("what they hide", report.verdict_rows[1]);
  for (const BacktestRow& row : report.categories) add(row.name, row);
  return out + "\nIn brackets the 95 % intervals (Wilson).\n";
}

std::string budgets(const BacktestReport& report) {
  std::string out = "\n### Budgets\n\n";
  for (const BudgetResult& result : report.budgets) {
    out += fmt::format("- {} {}\n", result.met ? "✅" : "❌", markdown_text(result.message));
  }
  return out;
}

std::string rules(const BacktestReport& report, bool labelled) {
  std::vector<const BacktestRow*> rows;
  for (const BacktestRow& row : report.rules) {
    if (row.posts > 0) rows.push_back(&row);
  }
  std::ranges::stable_sort(rows, std::greater<>(), &BacktestRow::posts);
  std::string out = fmt::format("\n### Rules\n\n{} of {} rules fired.\n", rows.size(), report.rules.size());
  if (rows.empty()) return out;
  out += labelled ? "\n| rule | verdict | posts | share | mistakes | precision |\n|---|---|--:|--:|--:|---|\n"
                  : "\n| rule | verdict | posts | share |\n|---|---|--:|--:|\n";
  for (std::size_t i = 0; i < std::min(rows.size(), most_rules); ++i) {
    const BacktestRow& row = *rows[i];
    out += fmt::format("| `{}`{} | {} | {} | {} |", row.name, row.status == "shadow" ? " (shadow)" : "",
                       row.verdict ? to_string(*row.verdict) : "points", grouped(row.posts), percent(row.posts, report.posts));
    if (labelled) out += fmt::format(" {} | {} |", grouped(row.wrong), with_interval(row.precision()));
    out += '\n';
  }
  if (rows.size() > most_rules) out += fmt::format("\n{} more rules fired.\n", rows.size() - most_rules);
  return out;
}

std::string findings_of(const BacktestReport& report) {
  std::vector<Diagnostic> found = findings(report);
  if (found.empty()) return {};
  std::ranges::stable_sort(found, std::greater<>(), &Diagnostic::id);
  std::string out = "\n### Rules to look at\n\n";
  for (std::size_t i = 0; i < std::min(found.size(), most_rules); ++i) {
    out += fmt::format("- {} {}: {}\n", found[i].id, found[i].name, markdown_text(found[i].message));
  }
  if (found.size() > most_rules) out += fmt::format("\nand {} more.\n", found.size() - most_rules);
  return out;
}

std::string mistakes(const BacktestReport& report) {
  std::string out;
  for (const BacktestRow& row : report.rules) {
    for (const BacktestExample& example : row.mistakes) {
      out += fmt::format("- `{}` {}:{}: {}\n", row.name, markdown_text(example.file), example.line,
                         markdown_excerpt(example));
    }
  }
  return out.empty() ? "" : "\n### Caught, and labelled to be left alone\n\n" + out;
}

}  // namespace

std::string to_markdown(const BacktestReport& report) {
  const bool labelled = report.positives + report.negatives > 0;
  std::string out = fmt::format("## Backtest: {} posts\n\n", grouped(report.posts)) + verdicts(report);
  if (labelled) out += rates(report);
  if (!report.budgets.empty()) out += budgets(report);
  out += rules(report, labelled);
  return out + findings_of(report) + mistakes(report);
}

}  // namespace modcore
