// modcore coverage: what the tests of the rules have seen.

#include <algorithm>
#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <modcore/corpus.hpp>
#include <modcore/modcore.hpp>

#include "cli/failure.hpp"
#include "cli/measuring_verbs.hpp"
#include "cli/own_output.hpp"
#include "cli/rules.hpp"

namespace modcore::cli {
namespace {

struct CoverageArguments {
  CommonOptions common;
  std::vector<std::string> corpus;
  double fail_under = 0;
  bool all = false;
};

constexpr std::string_view details =
    "Runs the tests and tells what they have never seen: rules that fire in no test, conditions that are\n"
    "never true or never false, items, exemptions, languages, clauses of the guideline, and disguises that\n"
    "the next tolerance would find.\n\n"
    "Examples:\n"
    "  modcore coverage policy.yaml\n"
    "  modcore coverage --fail-under 90 rules/\n"
    "  modcore coverage --output markdown=coverage.md --output lcov=coverage.info\n"
    "  modcore coverage --corpus last-month.ndjson   which items does anybody write?\n\n"
    "Exit status: 0, 1 if less is covered than --fail-under or a test failed, 2 if the rules do not compile,\n"
    "3 for a wrong option or a missing file.";

double percent(Covered covered) {
  return covered.all == 0 ? 100 : 100 * static_cast<double>(covered.seen) / static_cast<double>(covered.all);
}

std::string line(std::string_view what, Covered covered, const Palette& palette) {
  if (covered.all == 0) return {};
  const Ink ink = covered.seen == covered.all ? Ink::green : percent(covered) < 50 ? Ink::red : Ink::plain;
  return fmt::format("  {:<44} {:>6} of {:<6} {}\n", what, covered.seen, covered.all,
                     palette.paint(ink, fmt::format("{:5.1f} %", percent(covered))));
}

// The best way to read it: which rule lacks most comes first.
std::string rules_table(const CoverageReport& report, const Palette& palette) {
  std::string out;
  for (const RuleCoverage& rule : report.rules) {
    std::string missing;
    const auto add = [&](std::string_view text) { missing += (missing.empty() ? "" : ", ") + std::string(text); };
    if (rule.match + rule.cases == 0) add("never fires");
    else if (rule.no_match == 0) add("no `no_match`");
    const auto untested = [&](const std::vector<PartCoverage>& parts, std::string_view one, std::string_view many) {
      const auto count = std::ranges::count(parts, std::uint64_t{0}, &PartCoverage::tests);
      if (count > 0) add(fmt::format("{} of {} {}", count, parts.size(), parts.size() == 1 ? one : many));
    };
    const Covered branches = rule.branch_coverage();
    if (branches.seen < branches.all) add(fmt::format("{} of {} branches", branches.all - branches.seen, branches.all));
    untested(rule.items, "item", "items");
    untested(rule.exemptions, "exemption", "exemptions");
    untested(rule.languages, "language", "languages");
    if (!missing.empty()) out += fmt::format("  {:<36} {}\n", rule.rule, missing);
  }
  return out.empty() ? out : '\n' + palette.paint(Ink::bold, "not seen by any test") + '\n' + out;
}

std::string clauses_table(const CoverageReport& report, const Palette& palette) {
  std::string out;
  for (const ClauseCoverage& clause : report.clauses) {
    const std::string state = clause.rules.empty() ? palette.paint(Ink::red, "no rule enforces it")
                                                   : fmt::format("{} rules, {} match, {} no_match", clause.rules.size(),
                                                                 clause.match, clause.no_match);
    out += fmt::format("  {:<8} {:<48} {}\n", printable(clause.clause), shortened(printable(clause.title), 46), state);
  }
  return out.empty() ? out : '\n' + palette.paint(Ink::bold, "clauses of the guideline") + '\n' + out;
}

std::string render_coverage(const CoverageReport& report, bool all, const Palette& palette) {
  std::string out = palette.paint(Ink::bold, "what the tests have seen") + '\n';
  out += line("rules that fire and stay silent in a test", report.rules_tested(), palette);
  out += line("branches of conditions, true and false", report.branches(), palette);
  out += line("items of groups", report.items(), palette);
  out += line("exemptions", report.exemptions(), palette);
  out += line("languages", report.languages(), palette);
  out += line("clauses of the guideline", report.clauses_tested(), palette);
  out += line("together", report.total(), palette);
  if (report.posts > 0) out += fmt::format("  with {} posts of the corpus\n", report.posts);
  out += clauses_table(report, palette) + rules_table(report, palette);
  if (all) return out + '\n' + render(report.diagnostics, {.color = palette.color()});
  return out + "\n--all shows each of these with its place, and the disguises that escape\n";
}

ExitCode run(CoverageArguments& arguments) {
  const std::vector<std::string> paths = rule_paths(arguments.common);
  std::vector<std::string> read = paths;
  read.insert(read.end(), arguments.corpus.begin(), arguments.corpus.end());
  const std::vector<std::string> traces = take_outputs(arguments.common, "lcov");
  std::vector<Output> outputs;
  if (traces.empty() || !arguments.common.outputs.empty()) {
    outputs = open_outputs(arguments.common.outputs, {Format::text, Format::json, Format::markdown}, Format::text,
                           arguments.common.color, read);
  }
  const CoverageReport report = coverage(paths, compile_options(arguments.common), arguments.corpus);
  if (has_errors(report.diagnostics)) {
    const std::string errors = render(report.diagnostics, error_rendering(arguments.common));
    std::fwrite(errors.data(), 1, errors.size(), stderr);
    throw Failure(ExitCode::rules, "the rules do not compile, so no test ran");
  }
  if (!report.error.empty()) throw Failure(ExitCode::usage, report.error);
  for (Output& output : outputs) {
    switch (output.format()) {
      case Format::json: output.write(to_json(report) + '\n'); break;
      case Format::markdown: output.write(to_markdown(report)); break;
      default: output.write(render_coverage(report, arguments.all, output.palette()));
    }
  }
  write_own(traces, traces.empty() ? "" : to_lcov(report), read);
  if (report.failed_tests > 0) {
    complain(fmt::format("{} tests failed; `modcore test` shows them", report.failed_tests));
    return ExitCode::findings;
  }
  if (percent(report.total()) >= arguments.fail_under) return ExitCode::ok;
  complain(fmt::format("{:.1f} % is covered, less than {:g} %", percent(report.total()), arguments.fail_under));
  return ExitCode::findings;
}

}  // namespace

void add_coverage(CLI::App& app, ExitCode& exit_code) {
  auto arguments = std::make_shared<CoverageArguments>();
  CLI::App* coverage = app.add_subcommand("coverage", "Show what the tests of the rules have never seen.");
  coverage->footer(std::string(details));
  add_rule_options(*coverage, arguments->common);
  coverage->add_option("PATH", arguments->common.rules, "The same as -r PATH")->type_name("");
  coverage->add_option("--corpus,-c", arguments->corpus, "Posts that count as well; repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false);
  coverage->add_option("--fail-under", arguments->fail_under, "Status 1 if less than this is covered, all together")
      ->type_name("PERCENT")
      ->check(CLI::Range(0.0, 100.0).description(""));
  coverage->add_flag("-a,--all", arguments->all, "Text shows each place that no test has seen");
  add_output_options(*coverage, arguments->common, "text, json, markdown or lcov, to a file if one is named");
  coverage->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace modcore::cli
