// A limit of time for work that cannot be stopped from within.
#pragma once

#include <chrono>
#include <functional>

#include "cli/exit_code.hpp"

namespace modcore::cli {

// Does the work in a child process, which is killed when it takes longer: then throws
// Failure. No limit, no child. The work may throw what verbs throw.
[[nodiscard]] ExitCode run_within(std::chrono::seconds limit, const std::function<ExitCode()>& work);

// The work's exit code, or that of what it threw, after a word on standard error.
[[nodiscard]] ExitCode run_caught(const std::function<ExitCode()>& work);

}  // namespace modcore::cli
