#include "lint/lint.hpp"

#include "lint/conditions.hpp"
#include "lint/cost.hpp"

namespace modcore::lint {

void lint(const Input& input, diag::Sink& sink) {
  for (std::size_t rule = 0; rule < input.checked.rules.rules.size(); ++rule) {
    lint_conditions(input, static_cast<ir::RuleId>(rule), sink);
  }
  lint_cost(input, sink);
}

}  // namespace modcore::lint
