// modcore check: everything that can be said about rules without a post.
#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <modcore/modcore.hpp>

#include "cli/rules.hpp"
#include "cli/verbs.hpp"

namespace modcore::cli {
namespace {

struct CheckOptions {
  CommonOptions common;
  std::string fail_level = "error";
};

constexpr std::string_view examples =
    "Examples:\n"
    "  modcore check                         policy.yaml in this folder, else the shipped packs\n"
    "  modcore check rules/ spam             a folder and a shipped pack\n"
    "  modcore check --output json --output text=report.txt policy.yaml\n"
    "  modcore explain M101                  what a diagnostic means\n\n"
    "Exit status: 0 without findings at the fail level, 1 with some, 2 if the rules do not\n"
    "compile, 3 for a wrong option or a missing file.";

Severity fail_level(const CheckOptions& options) {
  if (options.fail_level == "info") return Severity::info;
  return options.fail_level == "warning" ? Severity::warning : Severity::error;
}

ExitCode run(const CheckOptions& options) {
  const std::vector<std::string> paths = rule_paths(options.common);
  const CompileOptions compile = compile_options(options.common);
  std::vector<Output> outputs = open_outputs(options.common.outputs, {Format::text, Format::json},
                                             Format::text, options.common.color,
                                             paths);
  const std::vector<Diagnostic> found = check_files(paths, compile);
  for (Output& output : outputs) {
    if (output.format() == Format::json) {
      output.write(to_json(found) + '\n');
    } else if (found.empty()) {
      output.write("no findings\n");
    } else {
      output.write(render(found, {.color = output.palette().color()}));
    }
  }
  // A failed test of a rule is an error as well, but such rules do compile.
  if (has_errors(found) && !compile_files(paths, compile)) return ExitCode::rules;
  const bool fails = std::ranges::any_of(
      found, [&](const Diagnostic& d) { return d.severity >= fail_level(options); });
  return fails ? ExitCode::findings : ExitCode::ok;
}

}  // namespace

void add_check(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* check = app.add_subcommand(
      "check", "Check rules: every mistake of every file at once, with its place and a way out.");
  check->footer(std::string(examples));
  add_rule_options(*check, options->common);
  check->add_option("PATH", options->common.rules, "The same as -r PATH")->type_name("");
  add_output_options(*check, options->common, "text or json, to a file if one is named");
  check->add_option("--fail-level", options->fail_level,
                    "Fail from this severity on: info, warning or error (default)")
      ->type_name("LEVEL")
      ->check(CLI::IsMember({"info", "warning", "error"}).description(""));
  check->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace modcore::cli
