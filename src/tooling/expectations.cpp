#include "tooling/expectations.hpp"

#include <fmt/format.h>

namespace modcore::tooling {

namespace {

std::string listed(const std::set<std::string, std::less<>>& names) {
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

std::set<std::string, std::less<>> names_of(const std::vector<ast::Name>& names) {
  std::set<std::string, std::less<>> out;
  for (const ast::Name& name : names) out.insert(name.value);
  return out;
}

}  // namespace

void Observed::add(const std::vector<Evidence>& found) {
  for (const Evidence& one : found) evidence.insert(one.pattern);
}

Observed observed_in(const Decision& decision) {
  Observed observed;
  observed.verdict = decision.verdict;
  observed.hidden = decision.hidden;
  for (const Route& route : decision.routes) observed.routes.insert(route.to);
  for (const FiredRule& rule : decision.fired) {
    observed.fired.insert(rule.rule);
    observed.add(rule.evidence);
  }
  return observed;
}

std::string unmet(const ast::Expectation& expect, const Observed& observed) {
  if (expect.verdict && expect.verdict->value != to_string(observed.verdict)) {
    return fmt::format("expected the verdict {}, got {}", expect.verdict->value,
                       to_string(observed.verdict));
  }
  if (expect.hidden && expect.hidden->value != observed.hidden) {
    return fmt::format("expected hidden to be {}, got {}", expect.hidden->value, observed.hidden);
  }
  if (expect.routes && names_of(*expect.routes) != observed.routes) {
    return fmt::format("expected the routes {}, got {}", listed(names_of(*expect.routes)),
                       listed(observed.routes));
  }
  for (const ast::Name& group : expect.evidence) {
    if (!observed.evidence.contains(group.value)) {
      return fmt::format("expected evidence of {}, got {}", group.value, listed(observed.evidence));
    }
  }
  for (const ast::Name& rule : expect.fired.value_or(std::vector<ast::Name>())) {
    if (!observed.fired.contains(rule.value)) {
      return fmt::format("expected {} to fire, fired: {}", rule.value, listed(observed.fired));
    }
  }
  for (const ast::Name& rule : expect.not_fired.value_or(std::vector<ast::Name>())) {
    if (observed.fired.contains(rule.value)) {
      return fmt::format("expected {} not to fire, fired: {}", rule.value, listed(observed.fired));
    }
  }
  return {};
}

}  // namespace modcore::tooling
