// modcore fmt: rule files and lists in one layout.
#include <algorithm>
#include <cstdio>
#include <filesystem>

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

struct FmtOptions {
  CommonOptions common;
  bool check = false;
  bool diff = false;
};

constexpr std::string_view examples =
    "Indentation, blank lines, blanks and quotes; items of lists are sorted. Comments, the order "
    "of\n"
    "rules and keys, and all that the rules say stay as they are. A file is formatted alone, a\n"
    "folder or a policy (default: policy.yaml in this folder) with all that it leads to.\n\n"
    "Examples:\n"
    "  modcore fmt                           policy.yaml in this folder and its files\n"
    "  modcore fmt --check rules/            which files are not formatted; changes nothing\n"
    "  modcore fmt --diff our.rules.yaml     what would change; changes nothing\n\n"
    "Exit status: 0, with --check or --diff 1 if a file is not formatted, 2 if one is no YAML,\n"
    "3 for a wrong option or a missing file.";

std::vector<std::string> files(const CommonOptions& options) {
  std::vector<std::string> names;
  const std::vector<std::string> paths = rule_paths(options);
  const auto add = [&names](const std::string& name) {
    if (std::ranges::count(names, name) == 0) names.push_back(name);
  };
  for (const std::string& path : paths) {
    std::error_code ignored;
    const bool named = !options.rules.empty() && std::filesystem::is_regular_file(path, ignored);
    if (path.ends_with(".mcb")) {
      throw Failure(ExitCode::rules, fmt::format("`{}` is an artifact (M021), which has no text to format: name the rules "
                                                 "that it was compiled from", printable(path)));
    }
    if (named) {
      add(path);
    } else {
      std::ranges::for_each(files_of({path}, compile_options(options)), add);
    }
  }
  return names;
}

class FmtRun {
 public:
  explicit FmtRun(const FmtOptions& options)
      : options_(options),
        outputs_(open_outputs(options.common.outputs, {Format::text}, Format::text,
                              options.common.color, options.common.rules)) {}

  ExitCode run() {
    const std::vector<std::string> names = files(options_.common);
    if (names.empty()) {
      throw Failure(ExitCode::usage,
                    "there is nothing to format: name a file, a folder or a policy");
    }
    for (const std::string& name : names) format_one(name);
    summarize(names.size());
    if (unreadable_ > 0) return ExitCode::rules;
    const bool only_looked = options_.check || options_.diff;
    return changed_ > 0 && only_looked ? ExitCode::findings : ExitCode::ok;
  }

 private:
  void format_one(const std::string& name) {
    const std::string before = read_file(name);
    const FormatResult result = format(Source{name, before});
    if (!result.diagnostics.empty() && has_errors(result.diagnostics)) {
      ++unreadable_;
      const std::string report = render(result.diagnostics, error_rendering(options_.common));
      std::fwrite(report.data(), 1, report.size(), stderr);
      return;
    }
    if (result.text == before) return;
    ++changed_;
    if (options_.diff) write(line_diff(before, result.text, name, outputs_.front().palette()));
    if (options_.check && !options_.diff) write(printable(name) + '\n');
    if (!options_.check && !options_.diff) replace_file(name, result.text);
  }

  void write(const std::string& text) { outputs_.front().write(text); }

  void summarize(std::size_t files) {
    if (options_.common.quiet) return;
    const bool only_looked = options_.check || options_.diff;
    complain(fmt::format("{} of {} file{} {}", changed_, files, files == 1 ? "" : "s",
                         only_looked ? "to format" : "formatted"));
  }

  const FmtOptions& options_;
  std::vector<Output> outputs_;
  std::size_t changed_ = 0;
  std::size_t unreadable_ = 0;
};

}  // namespace

void add_fmt(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<FmtOptions>();
  CLI::App* verb = app.add_subcommand("fmt", "Bring rule files and lists into one layout.");
  verb->footer(std::string(examples));
  add_rule_options(*verb, options->common);
  verb->add_option("PATH", options->common.rules, "The same as -r PATH")->type_name("");
  verb->add_flag("--check", options->check,
                 "Name the files that are not formatted; change nothing");
  verb->add_flag("--diff", options->diff, "Show what would change; change nothing");
  add_output_options(*verb, options->common, "text, to a file if one is named");
  verb->callback([options, &exit_code] { exit_code = FmtRun(*options).run(); });
}

}  // namespace modcore::cli
