// Bounds on what a backtest may find.
#include "check/budgets.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "tooling/tally.hpp"

namespace modcore {

namespace {

using Subject = checker::BudgetSubject;
using Kind = Budget::Kind;

constexpr std::array<std::string_view, 3> kind_names = {"max_hits", "min_recall", "min_precision"};

// "spam" or "rule spam.casino", in a sentence about posts.
std::string caught_by(const Subject& subject) {
  switch (subject.kind) {
    case Subject::Kind::flag: return "are flagged or worse";
    case Subject::Kind::hide: return "are hidden";
    case Subject::Kind::escalate: return "are escalated";
    case Subject::Kind::category: return fmt::format("are caught by `{}`", subject.name);
    case Subject::Kind::rule: return fmt::format("are caught by the rule `{}`", subject.name);
  }
  return {};
}

const BacktestRow* find_row(const std::vector<BacktestRow>& rows, std::string_view name) {
  const auto found = std::ranges::find(rows, name, &BacktestRow::name);
  return found == rows.end() ? nullptr : &*found;
}

const BacktestRow* row_of(const BacktestReport& report, const Subject& subject) {
  switch (subject.kind) {
    case Subject::Kind::category: return find_row(report.categories, subject.name);
    case Subject::Kind::rule: return find_row(report.rules, subject.name);
    default: return &report.verdict_rows[static_cast<std::size_t>(subject.kind)];
  }
}

struct Measured {
  std::uint64_t part = 0;
  std::uint64_t whole = 0;
  std::string_view of;
};

Measured measure(const BacktestReport& report, const BacktestRow& row, Kind kind) {
  const bool labelled = report.positives + report.negatives > 0;
  if (kind == Kind::min_precision) return {row.right, row.right + row.wrong, "labelled posts that"};
  if (!labelled) return {row.posts, report.posts, "posts"};
  if (kind == Kind::max_hits) return {row.wrong, row.negatives, "posts that are labelled to be left alone"};
  return {row.right, row.positives, "posts that are labelled to be caught"};
}

double share(const Measured& measured) {
  return measured.whole == 0 ? 0 : static_cast<double>(measured.part) / static_cast<double>(measured.whole);
}

bool is_met(Kind kind, const Measured& measured, const checker::BudgetAmount& amount) {
  constexpr double rounding = 1e-12;
  if (measured.whole == 0) return false;
  if (kind != Kind::max_hits) return share(measured) + rounding >= amount.number;
  return amount.is_share ? share(measured) <= amount.number + rounding
                         : static_cast<double>(measured.part) <= amount.number;
}

std::string message_of(const Budget& budget, const Subject& subject, const Measured& m) {
  if (m.whole == 0) {
    return fmt::format("there is no post to judge `{}` of `{}` by: {}", to_string(budget.kind), budget.what,
                       budget.kind == Kind::min_precision ? "it caught no labelled post"
                                                          : "the corpus has none that its labels speak of");
  }
  if (budget.kind == Kind::min_precision) {
    return fmt::format("{} of {} labelled posts that {} are right ({:.1f} %), at least {} must be", m.part,
                       m.whole, caught_by(subject), 100 * share(m), budget.amount);
  }
  return fmt::format("{} of {} {} {} ({:.1f} %), at {} {} {} be", m.part, m.whole, m.of, caught_by(subject),
                     100 * share(m), budget.kind == Kind::max_hits ? "most" : "least", budget.amount,
                     budget.kind == Kind::max_hits ? "may" : "must");
}

BudgetResult judge(const BacktestReport& report, const Budget& budget) {
  BudgetResult result;
  result.budget = budget;
  const auto subject = checker::budget_subject(budget.what);
  const auto amount = checker::budget_amount(budget.amount);
  const BacktestRow* row = subject ? row_of(report, *subject) : nullptr;
  if (row == nullptr || !amount) {
    result.message = fmt::format("`{}={}` names nothing that these rules have", budget.what, budget.amount);
    return result;
  }
  const Measured measured = measure(report, *row, budget.kind);
  result.met = is_met(budget.kind, measured, *amount);
  result.message = message_of(budget, *subject, measured);
  if (!result.met) {
    result.examples = budget.kind == Kind::min_recall ? report.missed
                      : row->mistakes.empty()         ? row->examples
                                                      : row->mistakes;
  }
  return result;
}

}  // namespace

std::string_view to_string(Budget::Kind kind) noexcept {
  return kind_names[static_cast<std::size_t>(kind)];
}

std::optional<Budget> parse_budget(Budget::Kind kind, std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  Budget budget{kind, std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
  const auto amount = checker::budget_amount(budget.amount);
  const bool fits = amount && (kind == Kind::max_hits || amount->is_share);
  return fits && checker::budget_subject(budget.what) ? std::optional(budget) : std::nullopt;
}

std::string problem_of(const Budget& budget, const Engine& engine) {
  const auto subject = checker::budget_subject(budget.what);
  if (!subject) return fmt::format("`{}` is none of flag, hide, escalate, category:NAME, rule:ID", budget.what);
  const bool named = subject->kind == Subject::Kind::category || subject->kind == Subject::Kind::rule;
  const bool known = !named || std::ranges::any_of(engine.rules(), [&](const RuleInfo& rule) {
    return (subject->kind == Subject::Kind::rule ? rule.id : rule.category) == subject->name;
  });
  return known ? "" : fmt::format("no {} is named `{}`", budget.what.substr(0, budget.what.find(':')), subject->name);
}

namespace tooling {

void judge_budgets(BacktestReport& report, const std::vector<Budget>& budgets) {
  report.budgets.clear();
  for (const Budget& budget : budgets) report.budgets.push_back(judge(report, budget));
}

}  // namespace tooling

}  // namespace modcore
