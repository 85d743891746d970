// modcore test: runs the tests that stand with the rules.
#include <memory>
#include <regex>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <modcore/corpus.hpp>
#include <modcore/modcore.hpp>
#include <nlohmann/json.hpp>

#include "cli/condition_tree.hpp"
#include "cli/failure.hpp"
#include "cli/file_text.hpp"
#include "cli/findings.hpp"
#include "cli/rules.hpp"
#include "cli/verbs.hpp"

namespace modcore::cli {
namespace {

using Json = nlohmann::ordered_json;

struct TestOptions {
  CommonOptions common;
  std::string run;
  bool update = false;
  bool exit_zero = false;
};

constexpr std::string_view examples =
    "Formats: text (default), compact, json, sarif, junit, github, gitlab, rdjson, markdown.\n\n"
    "Examples:\n"
    "  modcore test                          policy.yaml in this folder, else the shipped packs\n"
    "  modcore test rules/ spam\n"
    "  modcore test --run 'spam\\.casino' rules/  only the tests whose title matches\n"
    "  modcore test --update policy.yaml     rewrites what `expect` says in *.test.yaml files\n"
    "  modcore test --output junit=tests.xml --output text policy.yaml\n\n"
    "A title is `spam.casino match[0]`, `spam.casino match[0] leet`, `case[3]` or `corpus[0]`.\n\n"
    "Exit status: 0 if every test passed, 1 if one failed, 2 if the rules do not compile, 3 for a\n"
    "wrong option or a missing file.";

bool has_failed(const TestResult& result) {
  return result.outcome == TestOutcome::failed || result.outcome == TestOutcome::todo_passed;
}

std::size_t failures(const TestReport& report) {
  return report.count(TestOutcome::failed) + report.count(TestOutcome::todo_passed);
}

std::string case_name(const TestResult& result) {
  return fmt::format("{}{}[{}]{}", result.rule.empty() ? "" : result.rule + ' ', result.kind,
                     result.index, result.disguise.empty() ? "" : ' ' + result.disguise);
}

std::string render_failure(const TestResult& result, const Palette& palette) {
  std::string out = fmt::format(
      "{} {}\n  {}:{}:{}\n  {}\n  {}\n", palette.paint(Ink::red, "failed"),
      palette.paint(Ink::bold, case_name(result)), printable(result.where.file), result.where.line,
      result.where.column, printable(result.name), printable(result.message));
  if (!result.explained.rule.empty()) out += render_rule(result.explained, palette, 2);
  return out + '\n';
}

std::string render_report(const TestReport& report, const Palette& palette) {
  std::string out;
  for (const TestResult& result : report.results) {
    if (has_failed(result)) out += render_failure(result, palette);
  }
  const std::size_t failed = failures(report);
  const std::string todo = report.count(TestOutcome::todo) == 0
                               ? ""
                               : fmt::format(", {} known gaps", report.count(TestOutcome::todo));
  return out + fmt::format("{} passed, {}{}\n", report.count(TestOutcome::passed),
                           palette.paint(failed > 0 ? Ink::red : Ink::plain,
                                         fmt::format("{} failed", failed)),
                           todo);
}

// The tree of one rule as the library writes it.
Json explained_json(const ExplainedRule& rule) {
  if (rule.rule.empty()) return nullptr;
  Explanation explanation;
  explanation.rules.push_back(rule);
  return Json::parse(to_json(explanation))["rules"][0];
}

std::string report_json(const TestReport& report) {
  Json results = Json::array();
  for (const TestResult& result : report.results) {
    results.push_back({{"rule", result.rule},
                       {"kind", result.kind},
                       {"index", result.index},
                       {"disguise", result.disguise.empty() ? Json() : Json(result.disguise)},
                       {"name", result.name},
                       {"file", result.where.file},
                       {"line", result.where.line},
                       {"column", result.where.column},
                       {"outcome", to_string(result.outcome)},
                       {"message", result.message},
                       {"explained", explained_json(result.explained)}});
  }
  const Json document = {
      {"schema", "modcore.tests/1"},
      {"counts",
       {{"passed", report.count(TestOutcome::passed)},
        {"failed", report.count(TestOutcome::failed)},
        {"todo", report.count(TestOutcome::todo)},
        {"todo_passed", report.count(TestOutcome::todo_passed)}}},
      {"results", std::move(results)},
      {"diagnostics", Json::parse(to_json(report.diagnostics))["diagnostics"]}};
  return document.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

ExitCode exit_code_of(const TestReport& report, const TestOptions& options) {
  if (has_errors(report.diagnostics)) return ExitCode::rules;
  return failures(report) > 0 && !options.exit_zero ? ExitCode::findings : ExitCode::ok;
}

// Text and JSON tell of every test; the formats of other tools are the library's.
std::string make_report(const TestReport& report, ReportFormat format, const RenderOptions& rendering,
                        const TestOptions& options) {
  if (format == ReportFormat::json) return report_json(report);
  if (format != ReportFormat::text || has_errors(report.diagnostics)) {
    return render(report, format, rendering);
  }
  if (options.common.quiet && failures(report) == 0) return {};
  return render_report(report, Palette(rendering.color));
}

TestFilter filter_of(const std::string& pattern) {
  if (pattern.empty()) return {};
  try {
    const auto regex = std::make_shared<const std::regex>(pattern, std::regex::optimize);
    return [regex](std::string_view title) { return std::regex_search(title.begin(), title.end(), *regex); };
  } catch (const std::regex_error& error) {
    throw Failure(ExitCode::usage, fmt::format("--run {}: no regular expression: {}", printable(pattern), error.what()));
  }
}

// The cases of test files as they come out now; what still fails is shown then.
void update(const std::vector<std::string>& paths, const CompileOptions& compile) {
  for (const TestFileUpdate& file : update_tests(paths, compile).files) {
    replace_file(file.file, file.text);
    complain(fmt::format("{}: {} case{} updated", file.file, file.cases, file.cases == 1 ? "" : "s"));
  }
}

ExitCode run(const TestOptions& options) {
  const std::vector<std::string> paths = rule_paths(options.common);
  const CompileOptions compile = compile_options(options.common);
  std::vector<Output> outputs = open_outputs(options.common.outputs, finding_formats(),
                                             Format::text, options.common.color, paths);
  const TestFilter filter = filter_of(options.run);
  if (options.update) update(paths, compile);
  const TestReport report = run_tests(paths, compile, filter);
  const ExitCode code = exit_code_of(report, options);
  write_findings(outputs, code, Severity::error,
                 [&](ReportFormat format, const RenderOptions& rendering) {
                   return make_report(report, format, rendering, options);
                 });
  if (code == ExitCode::rules) throw Failure(code, "the rules do not compile, so no test ran");
  if (filter && report.results.empty()) {
    throw Failure(ExitCode::usage, fmt::format("--run {}: no test has such a title", printable(options.run)));
  }
  return code;
}

}  // namespace

void add_test(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<TestOptions>();
  CLI::App* test = app.add_subcommand(
      "test", "Run the tests that stand with the rules and in *.test.yaml files.");
  test->footer(std::string(examples));
  add_rule_options(*test, options->common);
  test->add_option("PATH", options->common.rules, "The same as -r PATH")->type_name("");
  test->add_option("--run", options->run, "Only tests whose title matches")->type_name("REGEX");
  test->add_flag("--update", options->update, "First write into *.test.yaml what the cases come out as now");
  add_output_options(*test, options->common,
                     "a format (below), to a file if one is named");
  test->add_flag("--exit-zero", options->exit_zero,
                 "End with 0 also with failed tests; rules that do not compile still end with 2");
  test->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace modcore::cli
