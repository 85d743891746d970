// Findings in the formats that people and other tools read.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <modcore/diagnostic.hpp>

#include "cli/exit_code.hpp"
#include "cli/output.hpp"

namespace modcore::cli {

// Every format of a report.
[[nodiscard]] const std::vector<Format>& finding_formats();

// Writes to each output what `make` makes of its format. For `github` the same as
// Markdown is appended to the file that $GITHUB_STEP_SUMMARY names.
void write_findings(std::vector<Output>& outputs, ExitCode exit_code, Severity fail_level,
                    const std::function<std::string(ReportFormat, const RenderOptions&)>& make);

}  // namespace modcore::cli
