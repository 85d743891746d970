// What the formats promise to their readers. That they are what the readers take is
// tested from outside.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <modcore/diagnostic.hpp>
#include <nlohmann/json.hpp>

#include "report/junit.hpp"
#include "report/markdown_text.hpp"
#include "report/report.hpp"

using namespace modcore;
using Json = nlohmann::json;

namespace {

Diagnostic finding(std::string id, Severity severity, std::uint32_t line, std::string message) {
  Diagnostic d;
  d.id = std::move(id);
  d.name = "unknown-name";
  d.severity = severity;
  d.message = std::move(message);
  d.where.file = "/forum/rules/a b.rules.yaml";
  d.where.line = d.where.end_line = line;
  d.where.column = 3;
  d.where.end_column = 5;
  d.where.begin = 10 * line;
  d.where.end = d.where.begin + 2;
  d.where.line_text = "\xC3\xA9\xC3\xA9xy";
  return d;
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

TEST_CASE("every format has a name that leads back to it") {
  CHECK(report_formats().size() == 9);
  for (const ReportFormat format : report_formats())
    CHECK(report_format(to_string(format)) == format);
  CHECK_FALSE(report_format("yaml"));
}

TEST_CASE("every format says something about findings and about none, and the same twice") {
  const std::vector<Diagnostic> found{finding("M101", Severity::error, 4, "no field named `x`")};
  for (const ReportFormat format : report_formats()) {
    CAPTURE(to_string(format));
    const std::string text = render(found, format);
    CHECK(text.find("o field named") != std::string::npos);
    CHECK(text.ends_with('\n'));
    CHECK(render(found, format) == text);
    const std::string none = render({}, format);
    const bool silent = format == ReportFormat::compact || format == ReportFormat::github;
    CHECK(none.empty() == silent);
  }
}

TEST_CASE("a file below the root is named relative to it, as a URI where one is wanted") {
  RenderOptions options;
  options.root = "/forum";
  CHECK(report::shown_file("/forum/rules/a.yaml", options) == "rules/a.yaml");
  CHECK(report::shown_file("./rules/a.yaml", options) == "rules/a.yaml");
  CHECK(report::shown_file("/elsewhere/a.yaml", options) == "/elsewhere/a.yaml");
  CHECK(report::uri_of("/forum/a b\xC3\xA9.yaml", options) == "a%20b%C3%A9.yaml");
  CHECK(report::uri_of("/elsewhere/a.yaml", options) == "file:///elsewhere/a.yaml");
}

TEST_CASE("a fingerprint survives moved lines and tells findings apart") {
  const std::vector<Diagnostic> before{finding("M101", Severity::error, 4, "no field named `x`"),
                                       finding("M101", Severity::error, 5, "no field named `x`"),
                                       finding("M101", Severity::error, 6, "no field named `y`")};
  std::vector<Diagnostic> after = before;
  for (Diagnostic& d : after) d.where.line += 100;
  const std::vector<std::string> prints = report::fingerprints(before);
  CHECK(report::fingerprints(after) == prints);
  CHECK(prints[0] != prints[1]);
  CHECK(prints[0] != prints[2]);
}

TEST_CASE("github: text cannot break out of a command, and errors come first") {
  std::vector<Diagnostic> found{finding("M101", Severity::warning, 1, "first\n::error::100%"),
                                finding("M102", Severity::error, 2, "second")};
  found[0].where.file = "a,b:c.yaml";
  found[0].help = "help";
  const std::string out = render(found, ReportFormat::github);
  CHECK(count_of(out, "\n") == 2);
  CHECK(out.find("::error file=/forum/rules/a b.rules.yaml,line=2,endLine=2,col=3,endColumn=5,"
                 "title=M102 unknown-name::second\n") == 0);
  CHECK(out.find("::warning file=a%2Cb%3Ac.yaml,line=1,") != std::string::npos);
  CHECK(out.find("first ::error::100%25%0Ahelp: help\n") != std::string::npos);
}

TEST_CASE("github: what is over the limit is counted in a last notice") {
  std::vector<Diagnostic> found;
  for (std::uint32_t i = 1; i <= 12; ++i) found.push_back(finding("M101", Severity::error, i, "e"));
  for (std::uint32_t i = 1; i <= 12; ++i) found.push_back(finding("M101", Severity::info, i, "n"));
  RenderOptions options;
  options.elsewhere = "check.sarif";
  const std::string out = render(found, ReportFormat::github, options);
  CHECK(count_of(out, "::error ") == 10);
  CHECK(count_of(out, "::notice ") == 10);
  CHECK(out.ends_with("5 more findings are not shown here; they stand in check.sarif\n"));
}

TEST_CASE("rdjson: columns count bytes") {
  std::vector<Diagnostic> found{finding("M101", Severity::error, 4, "no field named `x`")};
  found[0].fixes.push_back({found[0].where, "ab", true});
  const Json report = Json::parse(render(found, ReportFormat::rdjson));
  const Json& first = report["diagnostics"][0];
  const Json range = {{"start", {{"line", 4}, {"column", 5}}},
                      {"end", {{"line", 4}, {"column", 7}}}};
  CHECK(first["location"]["range"] == range);
  CHECK(first["suggestions"][0]["range"] == range);
  CHECK(first["suggestions"][0]["text"] == "ab");
}

TEST_CASE("sarif: rules, results, fixes, related places and the exit status") {
  std::vector<Diagnostic> found{finding("M103x", Severity::info, 9, "remark"),
                                finding("M101", Severity::error, 4, "no field named `x`")};
  found[1].fixes.push_back({found[1].where, "ab", true});
  found[1].labels.push_back({found[0].where, "declared here"});
  found[1].rule = "spam.x";
  RenderOptions options;
  options.root = "/forum";
  options.exit_code = 2;
  const Json log = Json::parse(render(found, ReportFormat::sarif, options));
  const Json& run = log["runs"][0];
  CHECK(log["version"] == "2.1.0");
  CHECK(run["columnKind"] == "unicodeCodePoints");
  CHECK(run["invocations"][0]["exitCode"] == 2);
  CHECK(run["tool"]["driver"]["rules"][0]["id"] == "M101");
  CHECK(run["tool"]["driver"]["rules"][0]["name"] == "UnknownName");
  CHECK(run["results"].size() == 2);
  const Json& first = run["results"][0];
  CHECK(first["ruleId"] == "M101");
  CHECK(first["ruleIndex"] == 0);
  CHECK(first["level"] == "error");
  const Json& place = first["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "rules/a%20b.rules.yaml");
  CHECK(place["region"]["byteOffset"] == 40);
  CHECK(first["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "spam.x");
  CHECK(first["relatedLocations"][0]["message"]["text"] == "declared here");
  CHECK(first["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] ==
        "ab");
  CHECK(run["results"][1]["level"] == "note");
}

TEST_CASE("sarif: past 5,000 results it says how many are left out") {
  std::vector<Diagnostic> found(5003, finding("M101", Severity::warning, 4, "w"));
  found.back().severity = Severity::error;
  const Json log = Json::parse(render(found, ReportFormat::sarif));
  CHECK(log["runs"][0]["results"].size() == 5000);
  CHECK(log["runs"][0]["results"][0]["level"] == "error");
  const std::string note =
      log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
  CHECK(note == "3 more findings are left out.");
}

TEST_CASE(
    "what a comment allows is a suppressed result of sarif, and in no other format but json") {
  std::vector<Diagnostic> found{finding("M101", Severity::warning, 4, "allowed here")};
  found[0].suppressed = true;
  found[0].justification = "why";
  for (const ReportFormat format : report_formats()) {
    CAPTURE(to_string(format));
    const bool knows = format == ReportFormat::json || format == ReportFormat::sarif;
    CHECK((render(found, format).find("llowed here") != std::string::npos) == knows);
  }
  const Json log = Json::parse(render(found, ReportFormat::sarif));
  const Json& suppression = log["runs"][0]["results"][0]["suppressions"][0];
  CHECK(suppression == Json{{"kind", "inSource"}, {"justification", "why"}});
}

TEST_CASE("gitlab: every entry has a place and a fingerprint of its own") {
  std::vector<Diagnostic> found(2, finding("M101", Severity::error, 4, "e"));
  found.emplace_back();
  const Json report = Json::parse(render(found, ReportFormat::gitlab));
  CHECK(report.size() == 3);
  CHECK(report[0]["fingerprint"] != report[1]["fingerprint"]);
  CHECK(report[0]["location"]["lines"]["begin"] == 4);
  CHECK(report[2]["location"]["path"] == ".");
  CHECK(report[2]["location"]["lines"]["begin"] == 1);
}

TEST_CASE("junit: below the fail level a finding is no failure") {
  const std::vector<Diagnostic> found{finding("M101", Severity::error, 4, "<e> & \x01"),
                                      finding("M102", Severity::warning, 5, "w")};
  RenderOptions options;
  const std::string strict = render(found, ReportFormat::junit, options);
  CHECK(strict.find("tests=\"2\" failures=\"1\"") != std::string::npos);
  CHECK(strict.find("&lt;e&gt; &amp; ") != std::string::npos);
  CHECK(strict.find('\x01') == std::string::npos);
  options.fail_level = Severity::warning;
  CHECK(render(found, ReportFormat::junit, options).find("failures=\"2\"") != std::string::npos);
  CHECK(render({}, ReportFormat::junit).find("tests=\"1\" failures=\"0\"") != std::string::npos);
}

TEST_CASE("markdown: text of strangers stays in its cell") {
  CHECK(report::text_cell("a|b <img> [x](y) @all `c|d`") ==
        "a&#124;b &lt;img&gt; \\[x\\]\\(y\\) \\@all `c\\|d`");
  CHECK(report::text_cell("odd ` mark") == "odd \\` mark");
  CHECK(report::code_cell("a`b\nc") == "`a'b c`");
}

}  // namespace
