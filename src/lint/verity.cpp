#include "lint/verity.hpp"

#include "lint/solver.hpp"

namespace modcore::lint {

Verity verity_of(const ir::RuleSet& rules, const ir::Expr& condition) {
  const PatternOrder apart;
  Statements statements(rules, apart);
  const Formula truth = is_true(statements.of(condition));
  if (impossible(statements, truth)) return Verity::never_true;
  return impossible(statements, negation(truth)) ? Verity::always_true : Verity::depends;
}

}  // namespace modcore::lint
