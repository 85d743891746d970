// Workflow commands of GitHub Actions. GitHub shows ten annotations of each kind
// a step and drops the others without a word, so the last one says what is missing.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "report/report.hpp"

namespace modcore::report {
namespace {

constexpr std::size_t most_of_a_kind = 10;

std::string escaped(std::string_view text, bool in_property) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '%':
        out += "%25";
        break;
      case '\r':
        out += "%0D";
        break;
      case '\n':
        out += "%0A";
        break;
      case ':':
        out += in_property ? "%3A" : ":";
        break;
      case ',':
        out += in_property ? "%2C" : ",";
        break;
      default:
        out += c;
    }
  }
  return out;
}

constexpr SeverityWords severity_words{"error", "warning", "notice"};

std::string place(const Location& where, const RenderOptions& options) {
  if (where.file.empty()) return {};
  std::string out =
      fmt::format("file={},", escaped(one_line(shown_file(where.file, options)), true));
  if (where.line == 0) return out;
  out += fmt::format("line={},endLine={},", where.line, where.end_line);
  // GitHub takes columns only of a range in one line.
  if (where.line == where.end_line) {
    out += fmt::format("col={},endColumn={},", where.column, where.end_column);
  }
  return out;
}

std::string annotation(const Diagnostic& d, const RenderOptions& options) {
  std::string text = one_line(d.message);
  if (const std::string more = remarks(d); !more.empty()) text += '\n' + more;
  return fmt::format("::{} {}title={}::{}\n", word_of(d.severity, severity_words), place(d.where, options),
                     escaped(fmt::format("{} {}", d.id, d.name), true), escaped(text, false));
}

std::string notice_of(std::size_t left_out, const RenderOptions& options) {
  const std::string where =
      options.elsewhere.empty() ? "modcore check shows them" : "they stand in " + options.elsewhere;
  return fmt::format("::notice title=modcore::{} more finding{} not shown here; {}\n", left_out,
                     left_out == 1 ? " is" : "s are", escaped(one_line(where), false));
}

}  // namespace

std::string github(Diagnostics diagnostics, const RenderOptions& options) {
  std::string out;
  std::size_t left_out = 0;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    // One place among the notices is kept for the last.
    std::size_t room = severity == Severity::info ? most_of_a_kind - 1 : most_of_a_kind;
    for (const Diagnostic& d : diagnostics) {
      if (d.severity != severity) continue;
      if (room == 0) {
        ++left_out;
        continue;
      }
      out += annotation(d, options);
      --room;
    }
  }
  return left_out == 0 ? out : out + notice_of(left_out, options);
}

}  // namespace modcore::report
