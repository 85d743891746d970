// A table for a pull request or a job's summary.
#include <fmt/format.h>

#include "report/markdown_text.hpp"
#include "report/report.hpp"

namespace modcore::report {
namespace {

constexpr std::size_t most_rows = 200;

std::string place(const Location& where, const RenderOptions& options) {
  if (where.file.empty()) return {};
  std::string out = shown_file(where.file, options);
  if (where.line != 0) out += fmt::format(":{}:{}", where.line, where.column);
  return code_cell(out);
}

std::string row(const Diagnostic& d, const RenderOptions& options) {
  const std::string help = d.help.empty() ? "" : "<br>" + text_cell(d.help);
  return fmt::format("| {} | {} {} | {} | {}{} |\n", to_string(d.severity), d.id, d.name,
                     place(d.where, options), text_cell(d.message), help);
}

}  // namespace

std::string markdown(Diagnostics diagnostics, const RenderOptions& options) {
  std::string out = fmt::format("### modcore: {}\n", counted(count(diagnostics)));
  if (diagnostics.empty()) return out;
  out += "\n| severity | what | where | finding |\n|---|---|---|---|\n";
  std::size_t rows = 0;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    for (const Diagnostic& d : diagnostics) {
      if (d.severity == severity && rows++ < most_rows) out += row(d, options);
    }
  }
  if (rows > most_rows) out += fmt::format("\n{} more are not shown.\n", rows - most_rows);
  return out;
}

}  // namespace modcore::report
