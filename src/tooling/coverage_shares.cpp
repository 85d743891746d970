// Shares of what tests have seen.
#include <algorithm>

#include <modcore/corpus.hpp>

namespace modcore {

namespace {

template <typename Count>
Covered sum(const std::vector<RuleCoverage>& rules, Count count) {
  Covered total;
  for (const RuleCoverage& rule : rules) {
    const Covered one = count(rule);
    total.seen += one.seen;
    total.all += one.all;
  }
  return total;
}

Covered seen_in(const std::vector<PartCoverage>& parts) {
  return {static_cast<std::uint64_t>(std::ranges::count_if(parts, [](const PartCoverage& p) { return p.tests > 0; })),
          parts.size()};
}

}  // namespace

bool RuleCoverage::tested() const noexcept { return match + cases > 0 && no_match > 0; }

Covered RuleCoverage::branch_coverage() const noexcept {
  Covered out;
  for (const BranchCoverage& branch : branches) {
    out.all += 2;
    out.seen += (branch.held > 0 ? 1U : 0U) + (branch.failed > 0 ? 1U : 0U);
  }
  return out;
}

Covered CoverageReport::rules_tested() const noexcept {
  return sum(rules, [](const RuleCoverage& rule) { return Covered{rule.tested() ? 1U : 0U, 1}; });
}
Covered CoverageReport::branches() const noexcept {
  return sum(rules, [](const RuleCoverage& rule) { return rule.branch_coverage(); });
}
Covered CoverageReport::items() const noexcept {
  return sum(rules, [](const RuleCoverage& rule) { return seen_in(rule.items); });
}
Covered CoverageReport::exemptions() const noexcept {
  return sum(rules, [](const RuleCoverage& rule) { return seen_in(rule.exemptions); });
}
Covered CoverageReport::languages() const noexcept {
  return sum(rules, [](const RuleCoverage& rule) { return seen_in(rule.languages); });
}
Covered CoverageReport::clauses_tested() const noexcept {
  const auto tested = [](const ClauseCoverage& clause) { return clause.match > 0 && clause.no_match > 0; };
  return {static_cast<std::uint64_t>(std::ranges::count_if(clauses, tested)), clauses.size()};
}
Covered CoverageReport::total() const noexcept {
  Covered all;
  for (const Covered part : {rules_tested(), branches(), items(), exemptions(), languages(), clauses_tested()}) {
    all.seen += part.seen;
    all.all += part.all;
  }
  return all;
}

}  // namespace modcore
