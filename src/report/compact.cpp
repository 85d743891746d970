// One line for each finding, as compilers and grep write them.
#include <fmt/format.h>

#include "report/report.hpp"

namespace modcore::report {

std::string compact(Diagnostics diagnostics, const RenderOptions& options) {
  std::string out;
  for (const Diagnostic& d : diagnostics) {
    if (!d.where.file.empty()) out += one_line(shown_file(d.where.file, options));
    if (d.where.line != 0) out += fmt::format(":{}:{}", d.where.line, d.where.column);
    if (!d.where.file.empty()) out += ": ";
    out +=
        fmt::format("{}[{} {}]: {}{}\n", to_string(d.severity), d.id, d.name, one_line(d.message),
                    d.rule.empty() ? "" : fmt::format(" ({})", one_line(d.rule)));
  }
  return out;
}

}  // namespace modcore::report
