// The verbs of the command, one file each.
#pragma once

#include "cli/exit_code.hpp"

namespace CLI {
class App;
}

namespace modcore::cli {

// Each adds its subcommand; when the command line names it, it runs while the
// line is parsed and stores its exit code. All throw Failure (failure.hpp).
void add_scan(CLI::App& app, ExitCode& exit_code);
void add_check(CLI::App& app, ExitCode& exit_code);
void add_test(CLI::App& app, ExitCode& exit_code);
void add_fmt(CLI::App& app, ExitCode& exit_code);
void add_fix(CLI::App& app, ExitCode& exit_code);
void add_explain(CLI::App& app, ExitCode& exit_code);
void add_init(CLI::App& app, ExitCode& exit_code);
void add_new(CLI::App& app, ExitCode& exit_code);
void add_schema(CLI::App& app, ExitCode& exit_code);
void add_completions(CLI::App& app, ExitCode& exit_code);
void add_man(CLI::App& app, ExitCode& exit_code);
void add_mutate(CLI::App& app, ExitCode& exit_code);
void add_compile(CLI::App& app, ExitCode& exit_code);
void add_inspect(CLI::App& app, ExitCode& exit_code);
void add_verify(CLI::App& app, ExitCode& exit_code);
void add_profile(CLI::App& app, ExitCode& exit_code);
void add_list(CLI::App& app, ExitCode& exit_code);

}  // namespace modcore::cli
