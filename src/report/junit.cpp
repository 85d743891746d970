#include "report/junit.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/report.hpp"
#include "support/utf8.hpp"

namespace modcore::report {
namespace {

using Outcome = JunitCase::Outcome;

// What XML 1.0 has no way to write.
bool is_unspeakable(char32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF;
}

void append_escaped(std::string& out, char32_t c, bool in_attribute) {
  switch (c) {
    case U'&':
      out += "&amp;";
      return;
    case U'<':
      out += "&lt;";
      return;
    case U'>':
      out += "&gt;";
      return;
    case U'"':
      out += in_attribute ? "&quot;" : "\"";
      return;
    case U'\r':
      out += "&#13;";
      return;
    case U'\n':
    case U'\t':
      if (in_attribute) {
        out += fmt::format("&#{};", static_cast<int>(c));
        return;
      }
      break;
    default:
      break;
  }
  utf8::append(out, is_unspeakable(c) ? utf8::replacement : c);
}

std::string escaped(std::string_view text, bool in_attribute) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded character = utf8::decode(text, i);
    append_escaped(out, character.code_point, in_attribute);
    i += character.length;
  }
  return out;
}

std::string attribute(std::string_view name, std::string_view value) {
  return value.empty() ? "" : fmt::format(" {}=\"{}\"", name, escaped(value, true));
}

std::string outcome_element(const JunitCase& test) {
  switch (test.outcome) {
    case Outcome::failed:
      return fmt::format("      <failure{}{}>{}</failure>\n", attribute("message", test.message),
                         attribute("type", test.type), escaped(test.details, false));
    case Outcome::skipped:
      return fmt::format("      <skipped{}/>\n", attribute("message", test.message));
    case Outcome::passed:
      break;
  }
  return test.details.empty()
             ? ""
             : fmt::format("      <system-out>{}</system-out>\n", escaped(test.details, false));
}

std::string case_element(const JunitSuite& suite, const JunitCase& test) {
  const std::string line = test.line == 0 ? "" : std::to_string(test.line);
  const std::string head =
      fmt::format("    <testcase name=\"{}\" classname=\"{}\"{}{}", escaped(test.name, true),
                  escaped(suite.name, true), attribute("file", test.file), attribute("line", line));
  const std::string inside = outcome_element(test);
  return inside.empty() ? head + "/>\n" : head + ">\n" + inside + "    </testcase>\n";
}

std::size_t count_of(const JunitSuite& suite, Outcome outcome) {
  return static_cast<std::size_t>(std::ranges::count(suite.cases, outcome, &JunitCase::outcome));
}

std::string totals(const std::vector<JunitSuite>& suites) {
  std::size_t cases = 0;
  std::size_t failed = 0;
  std::size_t skipped = 0;
  for (const JunitSuite& suite : suites) {
    cases += suite.cases.size();
    failed += count_of(suite, Outcome::failed);
    skipped += count_of(suite, Outcome::skipped);
  }
  return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\"", cases, failed,
                     skipped);
}

JunitCase case_of(const Diagnostic& d, const RenderOptions& options) {
  JunitCase test;
  test.name = fmt::format("{} {}", d.id, d.name);
  if (d.where.line != 0) test.name += fmt::format(" {}:{}", d.where.line, d.where.column);
  test.file = shown_file(d.where.file, options);
  test.line = d.where.line;
  test.message = one_line(d.message);
  test.type = to_string(d.severity);
  test.details = render(Diagnostics(&d, 1), RenderOptions{});
  if (d.severity >= options.fail_level) test.outcome = Outcome::failed;
  return test;
}

}  // namespace

std::string junit_document(std::string_view name, const std::vector<JunitSuite>& suites) {
  std::string out =
      fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{}\" {}>\n",
                  escaped(name, true), totals(suites));
  for (const JunitSuite& suite : suites) {
    out +=
        fmt::format("  <testsuite name=\"{}\" {}>\n", escaped(suite.name, true), totals({suite}));
    for (const JunitCase& test : suite.cases) out += case_element(suite, test);
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

// A report without a single case is an error to most readers.
std::string junit(Diagnostics diagnostics, const RenderOptions& options) {
  std::vector<JunitSuite> suites;
  for (const Diagnostic& d : diagnostics) {
    const std::string file = d.where.file.empty() ? "rules" : shown_file(d.where.file, options);
    if (suites.empty() || suites.back().name != file) suites.push_back({file, {}});
    suites.back().cases.push_back(case_of(d, options));
  }
  if (suites.empty()) {
    JunitCase passed;
    passed.name = "no findings";
    suites.push_back({"rules", {passed}});
  }
  return junit_document("modcore check", suites);
}

}  // namespace modcore::report
