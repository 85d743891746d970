// A rule as the policy leaves it.
#pragma once

#include <cstdint>
#include <optional>

#include "ast/ast.hpp"

namespace modcore::checker {

// The seconds from `begin` to before `end`; none if they are equal.
struct InForce {
  std::int64_t begin = INT64_MIN;
  std::int64_t end = INT64_MAX;
  [[nodiscard]] bool never() const noexcept { return begin >= end; }
  bool operator==(const InForce&) const = default;
};
inline constexpr InForce never_in_force{INT64_MAX, INT64_MAX};

// A rule with its scalar keys, as written or as overrides set them. Patterns,
// tests and the rest stay in `rule`.
struct EffectiveRule {
  const ast::Rule* rule = nullptr;
  const ast::RuleFile* file = nullptr;
  std::optional<ast::LocalizedText> title, reason;
  std::optional<ast::Name> category, guideline, owner, status, active_from, expires, verdict,
      severity;
  std::optional<ast::Spanned<bool>> hide, final;
  Rare<ast::Score> score;
  const ast::Expr* when = nullptr;
  InForce in_force;
};

}  // namespace modcore::checker
