#include "cli/rules.hpp"

#include <cstdio>
#include <filesystem>
#include <map>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <modcore/diagnostic.hpp>
#include <modcore/version.hpp>
#include <unistd.h>

#include "cli/failure.hpp"

namespace modcore::cli {
namespace {

// A path is told from the name of a shipped pack by a slash or an ending.
bool is_meant_as_path(const std::string& name) {
  return name.find('/') != std::string::npos || name.ends_with(".yaml") || name.ends_with(".yml") ||
         name.ends_with(".mcb");
}

void require_path(const std::string& name) {
  std::error_code error;
  if (is_meant_as_path(name) && !std::filesystem::exists(name, error)) {
    throw Failure(ExitCode::usage,
                  fmt::format("cannot read the rules `{}`: no such file or folder", printable(name)));
  }
}

}  // namespace

void add_rule_options(CLI::App& app, CommonOptions& options) {
  app.add_option("-r,--rules", options.rules,
                 "A policy, a rule file, a folder, the name of a shipped pack or an artifact (.mcb);\n"
                 "repeatable")
      ->type_name("RULES")
      ->allow_extra_args(false);
  app.add_option("--preset", options.preset,
                 "Use this preset in place of the policy's")
      ->type_name("NAME");
  app.add_option("--cache", options.cache,
                 "Keep compiled patterns in this folder, and take them from there")
      ->type_name("DIR")
      ->envname("MODCORE_CACHE");
  app.add_flag("--trusted", options.trusted,
               "Use the databases in an artifact as they are: nobody but you wrote it");
}

void add_output_options(CLI::App& app, CommonOptions& options, const std::string& formats) {
  app.add_option("--output,-o", options.outputs, "Write " + formats + "; repeatable")
      ->type_name("FORMAT[=FILE]")
      ->allow_extra_args(false);
  app.add_flag("-q,--quiet", options.quiet, "Write nothing that asks for no action");
  static const std::map<std::string, ColorWhen> names{{"auto", ColorWhen::automatic},
                                                      {"always", ColorWhen::always},
                                                      {"never", ColorWhen::never}};
  app.add_option("--color", options.color,
                 "auto (default: on a terminal, unless NO_COLOR is set), always or never")
      ->type_name("WHEN")
      ->transform(CLI::CheckedTransformer(names).description(""));
}

std::vector<std::string> rule_paths(const CommonOptions& options) {
  for (const std::string& name : options.rules) require_path(name);
  std::error_code error;
  if (options.rules.empty() && std::filesystem::exists("policy.yaml", error)) {
    return {"policy.yaml"};
  }
  return options.rules;
}

CompileOptions compile_options(const CommonOptions& options) {
  if (const std::string problem = platform_problem(); !problem.empty()) {
    throw Failure(ExitCode::usage, problem);
  }
  CompileOptions compile;
  compile.preset = options.preset;
  compile.cache = options.cache;
  compile.trusted = options.trusted;
  return compile;
}

RenderOptions error_rendering(const CommonOptions& options) {
  return {.color = wants_color(options.color, STDERR_FILENO)};
}

Engine compile_or_fail(const CommonOptions& options) {
  const std::vector<std::string> paths = rule_paths(options);
  CompileResult compiled = compile_files(paths, compile_options(options));
  if (!compiled) {
    const std::string report = render(compiled.diagnostics, error_rendering(options));
    std::fwrite(report.data(), 1, report.size(), stderr);
    throw Failure(ExitCode::rules, "the rules do not compile");
  }
  if (!compiled.diagnostics.empty() && !options.quiet) {
    complain(fmt::format("{} finding{} in the rules; `modcore check` shows {}",
                         compiled.diagnostics.size(), compiled.diagnostics.size() == 1 ? "" : "s",
                         compiled.diagnostics.size() == 1 ? "it" : "them"));
  }
  return *std::move(compiled.engine);
}

}  // namespace modcore::cli
