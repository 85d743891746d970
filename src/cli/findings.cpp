#include "cli/findings.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

namespace modcore::cli {
namespace {

std::string current_folder() {
  std::error_code ignored;
  return std::filesystem::current_path(ignored).generic_string();
}

// The output, if there is one, that leaves nothing out.
std::string complete_output(const std::vector<Output>& outputs) {
  const auto found = std::ranges::find_if(outputs, [](const Output& output) {
    return output.format() != Format::github && !output.to_standard_output();
  });
  return found == outputs.end() ? "" : found->name();
}

void append_step_summary(const std::string& markdown) {
  const char* file = std::getenv("GITHUB_STEP_SUMMARY");
  if (file == nullptr || *file == '\0') return;
  std::ofstream out(file, std::ios::app | std::ios::binary);
  out << markdown << '\n';
  out.flush();
  if (!out) complain(fmt::format("cannot write the step summary `{}`", file));
}

}  // namespace

const std::vector<Format>& finding_formats() {
  static const std::vector<Format> all{Format::text,   Format::compact, Format::json,
                                       Format::sarif,  Format::junit,   Format::github,
                                       Format::gitlab, Format::rdjson,  Format::markdown};
  return all;
}

void write_findings(std::vector<Output>& outputs, ExitCode exit_code, Severity fail_level,
                    const std::function<std::string(ReportFormat, const RenderOptions&)>& make) {
  RenderOptions options;
  options.root = current_folder();
  options.fail_level = fail_level;
  options.exit_code = static_cast<int>(exit_code);
  options.elsewhere = complete_output(outputs);
  for (Output& output : outputs) {
    options.color = output.palette().color();
    output.write(make(*report_format(name_of(output.format())), options));
    if (output.format() == Format::github) {
      append_step_summary(make(ReportFormat::markdown, options));
    }
  }
}

}  // namespace modcore::cli
