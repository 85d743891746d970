#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cli/backtest.hpp"
#include "cli/summary.hpp"

namespace modcore::cli {
namespace {

constexpr std::size_t most_rules = 40;
constexpr std::size_t most_overlaps = 10;
constexpr std::size_t most_findings = 20;
constexpr std::size_t most_examples = 2;  // of a rule

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "-" : fmt::format("{:.2f} %", 100 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string interval(const Rate& rate) {
  return rate.of == 0 ? "-" : fmt::format("{:.1f} % ({:.1f}-{:.1f})", 100 * rate.value, 100 * rate.low, 100 * rate.high);
}

std::string heading(std::string_view text, const Palette& palette) {
  return '\n' + palette.paint(Ink::bold, text) + '\n';
}

std::string verdicts(const BacktestReport& report, const Palette& palette) {
  std::string out;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    out += fmt::format("  {} {:>9}  {:>8}\n", paint_verdict(palette, static_cast<Verdict>(i), 9), report.verdicts[i],
                       percent(report.verdicts[i], report.posts));
  }
  return out;
}

std::string rates(const BacktestReport& report, const Palette& palette) {
  std::string out = heading("against the labels", palette);
  out += fmt::format("  {:<22} {:<22} {:<22} {:<22}\n", "", "precision", "recall", "F1");
  const auto add = [&](std::string_view name, const BacktestRow& row) {
    if (row.positives + row.negatives == 0) return;
    out += fmt::format("  {:<22} {:<22} {:<22} {:<22}\n", name, interval(row.precision()), interval(row.recall()),
                       interval(row.f1()));
  };
  add("any verdict", report.verdict_rows[0]);
  add("hide", report.verdict_rows[1]);
  for (const BacktestRow& row : report.categories) add(row.name, row);
  return out + "  95 % intervals; " +
         fmt::format("{} posts are labelled to be caught, {} to be left alone\n", report.positives, report.negatives);
}

std::string example_line(const BacktestExample& example, std::string_view sign, const Palette& palette) {
  const std::string text = example.title.empty() ? example.body : example.title + " | " + example.body;
  return fmt::format("      {} {}\n", sign, palette.paint(Ink::dim, fmt::format("{}:{} {}", printable(example.file), example.line,
                                                                               shortened(printable(text), 90))));
}

std::string rules(const BacktestReport& report, const Palette& palette) {
  const bool labelled = report.positives + report.negatives > 0;
  std::vector<const BacktestRow*> rows;
  for (const BacktestRow& row : report.rules) {
    if (row.posts > 0) rows.push_back(&row);
  }
  std::ranges::stable_sort(rows, std::greater<>(), &BacktestRow::posts);
  std::string out = heading(fmt::format("rules: {} of {} fired", rows.size(), report.rules.size()), palette);
  for (std::size_t i = 0; i < std::min(rows.size(), most_rules); ++i) {
    const BacktestRow& row = *rows[i];
    out += fmt::format("  {:>8} {:>8}  {}{}{}\n", row.posts, percent(row.posts, report.posts), row.name,
                       row.status == "shadow" ? " (shadow)" : "",
                       labelled && row.right + row.wrong > 0 ? "  precision " + interval(row.precision()) : "");
    for (std::size_t k = 0; k < std::min(row.mistakes.size(), most_examples); ++k) {
      out += example_line(row.mistakes[k], palette.paint(Ink::red, "wrong"), palette);
    }
    for (std::size_t k = 0; k < std::min(row.examples.size(), labelled ? std::size_t{1} : most_examples); ++k) {
      out += example_line(row.examples[k], "e.g.", palette);
    }
  }
  if (rows.size() > most_rules) out += fmt::format("  and {} more\n", rows.size() - most_rules);
  return out;
}

std::string overlaps(const BacktestReport& report, const Palette& palette) {
  std::vector<const Overlap*> largest;
  for (const Overlap& overlap : report.overlaps) largest.push_back(&overlap);
  std::ranges::stable_sort(largest, std::greater<>(), &Overlap::posts);
  std::string out = heading("rules that catch the same posts", palette);
  for (std::size_t i = 0; i < std::min(largest.size(), most_overlaps); ++i) {
    out += fmt::format("  {:>8}  {} and {}\n", largest[i]->posts, largest[i]->first, largest[i]->second);
  }
  return out;
}

// Noisy rules first: those act on posts today.
std::string findings_of(const BacktestReport& report, const Palette& palette) {
  std::vector<Diagnostic> found = findings(report);
  if (found.empty()) return {};
  std::ranges::stable_sort(found, std::greater<>(), &Diagnostic::id);
  std::string out = heading("rules to look at", palette);
  for (std::size_t i = 0; i < std::min(found.size(), most_findings); ++i) {
    out += fmt::format("  {} {}: {}\n", found[i].id, found[i].name, printable(found[i].message));
  }
  if (found.size() > most_findings) out += fmt::format("  and {} more\n", found.size() - most_findings);
  return out;
}

std::string budgets(const BacktestReport& report, const Palette& palette) {
  std::string out = heading("budgets", palette);
  for (const BudgetResult& result : report.budgets) {
    out += fmt::format("  {} {}\n", result.met ? palette.paint(Ink::green, "met     ") : palette.paint(Ink::red, "exceeded"),
                       printable(result.message));
    if (result.met) continue;
    for (const BacktestExample& example : result.examples) out += example_line(example, "see", palette);
  }
  return out;
}

std::string notices(const BacktestReport& report) {
  std::string out;
  if (report.bad_lines > 0) out += fmt::format("  {} lines could not be read\n", report.bad_lines);
  if (report.limited > 0) out += fmt::format("  {} posts reached a limit\n", report.limited);
  for (const auto& [text, posts] : report.notices) out += fmt::format("  {} ({} posts)\n", printable(text), posts);
  return out.empty() ? out : '\n' + out;
}

}  // namespace

std::string render_backtest(const BacktestReport& report, const Palette& palette) {
  std::string out = palette.paint(Ink::bold, fmt::format("{} posts", report.posts));
  if (report.shards.size() < report.shard_count) {
    out += fmt::format(", shard {} of {}", fmt::join(report.shards, ", "), report.shard_count);
  }
  out += '\n' + verdicts(report, palette);
  if (report.positives + report.negatives > 0) out += rates(report, palette);
  out += rules(report, palette);
  if (!report.overlaps.empty()) out += overlaps(report, palette);
  out += findings_of(report, palette);
  if (!report.budgets.empty()) out += budgets(report, palette);
  return out + notices(report);
}

}  // namespace modcore::cli
