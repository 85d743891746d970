// modcore check: everything that can be said about rules without a post.
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <modcore/modcore.hpp>

#include "cli/backstop.hpp"
#include "cli/failure.hpp"
#include "cli/findings.hpp"
#include "cli/rules.hpp"
#include "cli/verbs.hpp"

namespace modcore::cli {
namespace {

struct Options {
  CommonOptions common;
  std::string config;
  std::vector<std::string> wordlists;
  std::optional<Severity> fail_level;
  bool strict = false;
  bool exit_zero = false;
  unsigned max_seconds = 300;
};

constexpr std::string_view examples =
    "Formats: text (default), compact, json, sarif, junit, github, gitlab, rdjson, markdown.\n\n"
    "Examples:\n"
    "  modcore check                         policy.yaml in this folder, else the shipped packs\n"
    "  modcore check rules/ spam             a folder and a shipped pack\n"
    "  modcore check --output sarif=check.sarif --output junit=check.xml --output github\n"
    "  modcore explain M101                  what a diagnostic means\n\n"
    "Exit status: 0 without findings at the fail level, 1 with some, 2 if the rules do not\n"
    "compile, 3 for a wrong option or a missing file.";

// The command line, else `.modcore.yaml`, else errors alone.
Severity fail_level(const Options& options, const CheckReport& report) {
  if (options.fail_level) return *options.fail_level;
  if (options.strict) return Severity::warning;
  return report.fail_level.value_or(Severity::error);
}

void require_config(const std::string& name) {
  std::error_code error;
  if (name.empty() || std::filesystem::exists(name, error)) return;
  throw Failure(ExitCode::usage, fmt::format("cannot read `{}`: no such file", printable(name)));
}

// `fr=words.txt` names the language first.
std::string file_of(const std::string& wordlist) {
  const std::size_t equals = wordlist.find('=');
  return equals == 2 || equals == 3 ? wordlist.substr(equals + 1) : wordlist;
}

void require_wordlists(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    std::error_code error;
    if (name == "installed" || std::filesystem::is_regular_file(file_of(name), error)) continue;
    const bool there = std::filesystem::exists(file_of(name), error);
    throw Failure(ExitCode::usage, fmt::format("cannot read the word list `{}`: {}", printable(name),
                                               there ? "it is not a file" : "no such file"));
  }
}

// Which lists were looked at, where somebody asked for some.
void tell_words(const CheckReport& report, bool quiet) {
  const bool asked = !std::ranges::all_of(report.words, &UsedWords::shipped);
  if (quiet || (!asked && !report.lacks_dictionaries)) return;
  std::string text = report.lacks_dictionaries ? "no dictionary of these languages is installed; " : "";
  text += "ordinary words: ";
  for (const UsedWords& words : report.words) {
    text += fmt::format("{}{} of {}", &words == report.words.data() ? "" : ", ", words.count, words.name);
  }
  complain(text);
}

ExitCode exit_code_of(const CheckReport& report, const Options& options) {
  // A failed test of a rule is an error as well, but such rules do compile.
  if (!report.compiles) return ExitCode::rules;
  const bool fails = report.count(fail_level(options, report)) > 0;
  return fails && !options.exit_zero ? ExitCode::findings : ExitCode::ok;
}

ExitCode run(const Options& options) {
  const std::vector<std::string> paths = rule_paths(options.common);
  const CompileOptions compile = compile_options(options.common);
  std::vector<Output> outputs = open_outputs(options.common.outputs, finding_formats(),
                                             Format::text, options.common.color, paths);
  require_config(options.config);
  require_wordlists(options.wordlists);
  const CheckReport report = check_rules(
      paths, {.compile = compile, .config = options.config, .wordlists = options.wordlists});
  const ExitCode code = exit_code_of(report, options);
  const bool silent = options.common.quiet && report.count(Severity::info) == 0;
  write_findings(outputs, code, fail_level(options, report),
                 [&](ReportFormat format, const RenderOptions& rendering) {
                   return silent && format == ReportFormat::text
                              ? ""
                              : render(report.diagnostics, format, rendering);
                 });
  tell_words(report, options.common.quiet);
  return code;
}

}  // namespace

void add_check(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* check = app.add_subcommand(
      "check", "Check rules: every mistake of every file at once, with its place and a way out.");
  check->footer(std::string(examples));
  add_rule_options(*check, options->common);
  check->add_option("PATH", options->common.rules, "The same as -r PATH")->type_name("");
  add_output_options(*check, options->common, "a format (below), to a file if one is named");
  static const std::map<std::string, Severity> levels{
      {"info", Severity::info}, {"warning", Severity::warning}, {"error", Severity::error}};
  check->add_option("--fail-level", options->fail_level,
                    "Fail from this severity on: info, warning or error (default)")
      ->type_name("LEVEL")
      ->transform(CLI::CheckedTransformer(levels).description(""));
  check->add_flag("--strict", options->strict, "The same as --fail-level warning");
  check->add_option("--config", options->config,
                    "Levels and excludes from this file; default: the first .modcore.yaml from the\n"
                    "rules' folder upward in its repository")
      ->type_name("FILE");
  check->add_option("--wordlist", options->wordlists,
                    "More ordinary words that rules should not find: a file with one a line, a\n"
                    "dictionary of hunspell's (.dic), or `installed`; LANG=FILE says the language;\n"
                    "repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false);
  check->add_flag("--exit-zero", options->exit_zero,
                  "End with 0 also with findings; rules that do not compile still end with 2");
  check->add_option("--max-time", options->max_seconds,
                    "Give up after so many seconds (default 300; 0: never)")
      ->type_name("SECONDS");
  check->callback([options, &exit_code] {
    exit_code = run_within(std::chrono::seconds(options->max_seconds), [&] { return run(*options); });
  });
}

}  // namespace modcore::cli
