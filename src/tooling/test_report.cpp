// Results of tests as findings, and as JUnit's suites.
#include "tooling/test_report.hpp"

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "report/junit.hpp"
#include "report/report.hpp"

namespace modcore {
namespace tooling {

bool has_failed(const TestResult& result) {
  return result.outcome == TestOutcome::failed || result.outcome == TestOutcome::todo_passed;
}

FailureTexts failure_texts(const TestResult& result) {
  const std::string under =
      result.disguise.empty() ? "" : fmt::format(", disguised by `{}`,", result.disguise);
  const bool closed = result.outcome == TestOutcome::todo_passed;
  return {fmt::format("the `{}` test \"{}\"{} {}", result.kind, result.name, under,
                      closed ? "passes" : "fails"),
          result.message};
}

namespace {

using report::JunitCase;
using report::JunitSuite;

Diagnostic finding_of(const TestResult& result) {
  FailureTexts texts = failure_texts(result);
  Diagnostic d;
  d.severity = diag::test_fails.severity;
  d.id = diag::test_fails.id;
  d.name = diag::test_fails.name;
  d.message = report::one_line(texts.message);
  d.help = report::one_line(texts.help);
  d.rule = result.rule;
  d.where = result.where;
  return d;
}

void append_node(std::string& out, const ConditionNode& node, const std::string& label,
                 std::size_t indent) {
  out += fmt::format("{}{}{} is {}", std::string(indent, ' '), label, node.text, node.value);
  for (const std::string& name : node.missing) out += fmt::format(", missing {}", name);
  for (const Evidence& e : node.evidence) out += fmt::format(", \"{}\" in {}", e.text, e.field);
  out += '\n';
  for (const ConditionNode& child : node.children) {
    const bool says_itself = child.text == child.value && child.children.empty();
    if (!says_itself) append_node(out, child, "", indent + 2);
  }
}

std::string details_of(const TestResult& result) {
  std::string out = result.message + "\npost: " + result.name + '\n';
  if (!result.where.file.empty()) {
    out += fmt::format("at {}:{}:{}\n", result.where.file, result.where.line, result.where.column);
  }
  for (const ExplainedPart& part : result.explained.parts) {
    append_node(out, part.condition, part.part + ": ", 0);
  }
  return out;
}

JunitCase case_of(const TestResult& result, const RenderOptions& options) {
  JunitCase test;
  test.name = fmt::format("{}[{}]{} \"{}\"", result.kind, result.index,
                          result.disguise.empty() ? "" : ' ' + result.disguise,
                          report::one_line(result.name));
  test.file = report::shown_file(result.where.file, options);
  test.line = result.where.line;
  if (has_failed(result)) {
    test.outcome = JunitCase::Outcome::failed;
    test.type = fmt::format("expected-{}", result.kind);
    test.message = report::one_line(result.message);
    test.details = details_of(result);
  } else if (result.outcome == TestOutcome::todo) {
    test.outcome = JunitCase::Outcome::skipped;
    test.message = "a known gap";
  }
  return test;
}

std::string junit(const TestReport& report, const RenderOptions& options) {
  if (has_errors(report.diagnostics)) return report::junit(report.diagnostics, options);
  std::vector<JunitSuite> suites;
  for (const TestResult& result : report.results) {
    const std::string name = result.rule.empty() ? "the policy" : result.rule;
    if (suites.empty() || suites.back().name != name) suites.push_back({name, {}});
    suites.back().cases.push_back(case_of(result, options));
  }
  return report::junit_document("modcore test", suites);
}

// The findings below a line that says how many tests there were.
std::string markdown(const TestReport& report, const RenderOptions& options) {
  const std::size_t failed =
      report.count(TestOutcome::failed) + report.count(TestOutcome::todo_passed);
  std::string out = fmt::format("### modcore test: {} passed, {} failed",
                                report.count(TestOutcome::passed), failed);
  if (const std::size_t todo = report.count(TestOutcome::todo); todo > 0) {
    out += fmt::format(", {} known gap{}", todo, todo == 1 ? "" : "s");
  }
  out += '\n';
  if (failed > 0) out += '\n' + render(findings(report), ReportFormat::markdown, options);
  return out;
}

}  // namespace
}  // namespace tooling

std::vector<Diagnostic> findings(const TestReport& report) {
  std::vector<Diagnostic> all = report.diagnostics;
  for (const TestResult& result : report.results) {
    if (tooling::has_failed(result)) all.push_back(tooling::finding_of(result));
  }
  return all;
}

std::string render(const TestReport& report, ReportFormat format, const RenderOptions& options) {
  if (format == ReportFormat::junit) return tooling::junit(report, options);
  if (format == ReportFormat::markdown && !has_errors(report.diagnostics)) {
    return tooling::markdown(report, options);
  }
  return render(findings(report), format, options);
}

}  // namespace modcore
