// Rules as a policy changes them.
#pragma once

#include <optional>
#include <vector>

#include "check/packs.hpp"
#include "check/policy.hpp"
#include "check/report.hpp"

namespace modcore::checker {

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
  bool disabled = false;
};

// All rules, sorted by id, of equal ids only the first.
[[nodiscard]] std::vector<EffectiveRule> gather_rules(const ast::Bundle& bundle,
                                                      const Policy& policy, const Options& options,
                                                      diag::Sink& sink);

}  // namespace modcore::checker
