#include "check/budgets.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace modcore::checker {

std::optional<BudgetSubject> budget_subject(std::string_view text) {
  static constexpr std::array<std::string_view, 3> verdicts = {"flag", "hide", "escalate"};
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    if (text == verdicts[i]) return BudgetSubject{static_cast<BudgetSubject::Kind>(i), {}};
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon + 1 == text.size()) return std::nullopt;
  const std::string name(text.substr(colon + 1));
  if (text.substr(0, colon) == "category") return BudgetSubject{BudgetSubject::Kind::category, name};
  if (text.substr(0, colon) == "rule") return BudgetSubject{BudgetSubject::Kind::rule, name};
  return std::nullopt;
}

std::optional<BudgetAmount> budget_amount(std::string_view text) {
  BudgetAmount amount;
  if (text.ends_with('%')) {
    amount.is_share = true;
    text.remove_suffix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount.number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!(amount.number >= 0) || !std::isfinite(amount.number)) return std::nullopt;
  if (amount.is_share) {
    if (amount.number > 100) return std::nullopt;
    amount.number /= 100;
  } else if (amount.number != std::floor(amount.number)) {
    return std::nullopt;
  }
  return amount;
}

}  // namespace modcore::checker
