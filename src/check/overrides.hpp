// Rules as a policy changes them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "check/packs.hpp"
#include "check/policy.hpp"
#include "check/report.hpp"

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
  std::optional<ast::Score> score;
  const ast::Expr* when = nullptr;
  InForce in_force;
};

// All rules, sorted by id, of equal ids only the first.
[[nodiscard]] std::vector<EffectiveRule> gather_rules(const ast::Bundle& bundle,
                                                      const Policy& policy, diag::Sink& sink);

}  // namespace modcore::checker
