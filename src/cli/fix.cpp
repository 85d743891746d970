// modcore fix: applies the corrections that diagnostics offer.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <modcore/modcore.hpp>

#include "cli/failure.hpp"
#include "cli/file_text.hpp"
#include "cli/line_diff.hpp"
#include "cli/rules.hpp"
#include "cli/verbs.hpp"

namespace modcore::cli {
namespace {

struct FixOptions {
  CommonOptions common;
  bool safe = false;
  bool unsafe = false;
  bool dry_run = false;
};

constexpr std::string_view examples =
    "Applies corrections in place, with comments and layout kept, and checks the rules again. A\n"
    "correction that would bring a new error or change the outcome of a test is refused.\n\n"
    "Examples:\n"
    "  modcore fix                           policy.yaml in this folder and its files\n"
    "  modcore fix --dry-run our.rules.yaml  what would change, as a diff; changes nothing\n"
    "  modcore fix --unsafe rules/           also corrections whose meaning is not certain\n\n"
    "Exit status: 0 if no error is left, 1 with one that the rules compile with, or with "
    "--dry-run\n"
    "if there is something to correct, 2 if the rules do not compile, 3 for a wrong option or a\n"
    "missing file.";

std::string line_of(const Diagnostic& d) {
  return fmt::format("{}:{}:{}: {} {}: {}", printable(d.where.file), d.where.line, d.where.column,
                     d.id, d.name, printable(d.message));
}

std::string report_text(const FixReport& report, const FixOptions& options,
                        const Palette& palette) {
  std::string out;
  const bool shows_changes = options.dry_run;
  for (const FixedFile& file : report.files) {
    if (shows_changes) out += line_diff(file.before, file.after, file.name, palette);
  }
  for (const Diagnostic& d : report.applied) {
    out += fmt::format("{} {}\n", palette.paint(Ink::green, shows_changes ? "would fix" : "fixed"),
                       line_of(d));
  }
  for (const RefusedFix& refused : report.refused) {
    out += fmt::format("{} {}\n  {}\n", palette.paint(Ink::yellow, "refused"),
                       line_of(refused.diagnostic), printable(refused.why));
  }
  if (!report.remaining.empty()) out += '\n' + render(report.remaining, {.color = palette.color()});
  if (out.empty() && !options.common.quiet) out = "nothing to fix\n";
  return out;
}

ExitCode exit_code_of(const FixReport& report, const std::vector<std::string>& paths,
                      const FixOptions& options) {
  CompileOptions compile = compile_options(options.common);
  for (const FixedFile& file : report.files) compile.unsaved.push_back({file.name, file.after});
  if (has_errors(report.remaining)) {
    const bool no_text = std::ranges::count(report.remaining, "M021", &Diagnostic::id) > 0;
    return !no_text && compile_files(paths, compile) ? ExitCode::findings : ExitCode::rules;
  }
  return options.dry_run && !report.files.empty() ? ExitCode::findings : ExitCode::ok;
}

ExitCode run(const FixOptions& options) {
  const std::vector<std::string> paths = rule_paths(options.common);
  std::vector<Output> outputs = open_outputs(options.common.outputs, {Format::text}, Format::text,
                                             options.common.color, paths);
  const FixLevel level = options.unsafe ? FixLevel::unsafe : FixLevel::safe;
  const FixReport report = fix_files(paths, level, compile_options(options.common));
  if (!options.dry_run) {
    for (const FixedFile& file : report.files) replace_file(file.name, file.after);
  }
  for (Output& output : outputs) output.write(report_text(report, options, output.palette()));
  return exit_code_of(report, paths, options);
}

}  // namespace

void add_fix(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<FixOptions>();
  CLI::App* fix = app.add_subcommand("fix", "Apply the corrections that `check` offers.");
  fix->footer(std::string(examples));
  add_rule_options(*fix, options->common);
  fix->add_option("PATH", options->common.rules, "The same as -r PATH")->type_name("");
  auto* safe =
      fix->add_flag("--safe", options->safe, "Only corrections that are certain (default)");
  fix->add_flag("--unsafe", options->unsafe, "Also those whose meaning is not certain")
      ->excludes(safe);
  fix->add_flag("-n,--dry-run", options->dry_run, "Show what would change; change nothing");
  add_output_options(*fix, options->common, "text, to a file if one is named");
  fix->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace modcore::cli
