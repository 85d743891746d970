// The verbs that measure rules; like those of verbs.hpp.
#pragma once

#include "cli/exit_code.hpp"

namespace CLI {
class App;
}

namespace modcore::cli {

void add_backtest(CLI::App& app, ExitCode& exit_code);
void add_coverage(CLI::App& app, ExitCode& exit_code);
void add_diff(CLI::App& app, ExitCode& exit_code);

}  // namespace modcore::cli
