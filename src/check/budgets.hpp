// Bounds on how many posts of a corpus are caught.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "source/source_map.hpp"

namespace modcore::checker {

// Which posts count as caught.
struct BudgetSubject {
  // `flag`: any verdict but allow; `hide`: hidden; `escalate`: escalated.
  enum class Kind : std::uint8_t { flag, hide, escalate, category, rule };
  Kind kind{};
  std::string name;  // of the category or rule
};
// "flag", "hide", "escalate", "category:spam", "rule:spam.casino".
[[nodiscard]] std::optional<BudgetSubject> budget_subject(std::string_view text);

// A number of posts, or a share of them.
struct BudgetAmount {
  double number = 0;  // of a share from 0 to 1
  bool is_share = false;
};
// "3", "0.5%".
[[nodiscard]] std::optional<BudgetAmount> budget_amount(std::string_view text);

}  // namespace modcore::checker
