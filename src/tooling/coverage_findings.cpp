#include "tooling/coverage_findings.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "diag/catalogue.hpp"

namespace modcore::tooling {
namespace {

class Reporter {
 public:
  Reporter(const api::Compilation& compilation, diag::Sink& sink) : compilation_(compilation), sink_(sink) {}

  void report(const RuleCoverage& coverage, const ir::Rule& rule) {
    // A rule without any test has M501; each of its parts would say the same again.
    if (coverage.match + coverage.no_match + coverage.undetermined + coverage.cases == 0) return;
    branches(coverage, rule);
    items(coverage, rule);
    exemptions(coverage, rule);
    for (const PartCoverage& language : coverage.languages) {
      if (language.tests > 0) continue;
      sink_.report(diag::language_untested, rule.span, {coverage.rule, language.name, language.name}).rule(coverage.rule);
    }
    disguises(coverage, rule);
  }

 private:
  static constexpr std::ptrdiff_t most_items = 3;  // of a rule

  // The place of a report is found again in the rule's own spans.
  void branches(const RuleCoverage& coverage, const ir::Rule& rule) {
    for (const BranchCoverage& branch : coverage.branches) {
      for (const auto& [count, word] : {std::pair(branch.held, "true"), std::pair(branch.failed, "false")}) {
        if (count > 0) continue;
        sink_.report(diag::branch_untested, span_of(branch.where, rule), {coverage.rule, branch.text, word})
            .rule(coverage.rule);
      }
    }
  }

  // A rule of long lists would drown all others: the first items stand for the rest.
  void items(const RuleCoverage& coverage, const ir::Rule& rule) {
    const auto untested = std::ranges::count(coverage.items, std::uint64_t{0}, &PartCoverage::tests);
    std::ptrdiff_t shown = 0;
    for (const PartCoverage& item : coverage.items) {
      if (item.tests > 0) continue;
      auto report = sink_.report(diag::item_untested, span_of(item.where, rule), {coverage.rule, item.name});
      report.rule(coverage.rule);
      if (++shown < most_items) continue;
      if (untested > shown) report.note(fmt::format("so it is of {} more items of the rule", untested - shown));
      return;
    }
  }

  void exemptions(const RuleCoverage& coverage, const ir::Rule& rule) {
    for (const PartCoverage& exemption : coverage.exemptions) {
      if (exemption.tests > 0) continue;
      const std::string what = exemption.group.empty() ? fmt::format("`unless: {}`", exemption.name)
                                                       : fmt::format("the `except` of `${}`", exemption.group);
      sink_.report(diag::exemption_untested, span_of(exemption.where, rule), {coverage.rule, what}).rule(coverage.rule);
    }
  }

  void disguises(const RuleCoverage& coverage, const ir::Rule& rule) {
    const std::uint64_t more = coverage.disguises_next - coverage.disguises_found;
    if (more == 0) return;
    const std::string message =
        fmt::format("of {} simple disguises of the words in the tests of `{}`, {} escape it", coverage.disguises,
                    coverage.rule, coverage.disguises - coverage.disguises_found);
    sink_.report(diag::tolerance_gap, rule.span,
                 {message, fmt::format("at the next `tolerance` it would find {} of those", more)})
        .rule(coverage.rule);
  }

  [[nodiscard]] source::Span span_of(const Location& where, const ir::Rule& rule) const {
    for (std::size_t i = 0; i < compilation_.sources.size(); ++i) {
      const auto id = static_cast<source::SourceId>(i);
      if (compilation_.sources.name(id) == where.file) return {id, where.begin, where.end};
    }
    return rule.span;
  }

  const api::Compilation& compilation_;
  diag::Sink& sink_;
};

}  // namespace

void report_untested(const api::Compilation& compilation, const CoverageReport& report, diag::Sink& sink) {
  Reporter reporter(compilation, sink);
  for (std::size_t i = 0; i < report.rules.size(); ++i) {
    reporter.report(report.rules[i], compilation.checked.rules.rules[i]);
  }
}

}  // namespace modcore::tooling
