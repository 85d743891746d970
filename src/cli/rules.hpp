// The options that every verb shares: which rules, and how to show.
#pragma once

#include <string>
#include <vector>

#include <modcore/compile.hpp>

#include "cli/output.hpp"
#include "cli/terminal.hpp"

namespace CLI {
class App;
}

namespace modcore::cli {

struct CommonOptions {
  std::vector<std::string> rules;
  std::string preset;
  std::string cache;
  bool trusted = false;
  std::vector<std::string> outputs;
  ColorWhen color = ColorWhen::automatic;
  bool quiet = false;
};

void add_rule_options(CLI::App& app, CommonOptions& options);
void add_output_options(CLI::App& app, CommonOptions& options, const std::string& formats);

// What `-r` named, else policy.yaml in the current folder if there is one, else
// nothing, which means the shipped packs. Throws Failure for a path that is not there.
[[nodiscard]] std::vector<std::string> rule_paths(const CommonOptions& options);
[[nodiscard]] CompileOptions compile_options(const CommonOptions& options);

// Compiles, or throws Failure after the diagnostics went to standard error.
// Warnings are counted there in one line.
[[nodiscard]] Engine compile_or_fail(const CommonOptions& options);

// Whether the report may be coloured on standard error.
[[nodiscard]] RenderOptions error_rendering(const CommonOptions& options);

}  // namespace modcore::cli
