// What can be wrong with rule files: diagnostics with places, and their text.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/export.hpp>

namespace modcore {

enum class Severity : std::uint8_t { info = 0, warning = 1, error = 2 };
[[nodiscard]] MODCORE_API std::string_view to_string(Severity) noexcept;

// A range in a rule file. Lines and columns count from 1, columns in code
// points; line 0 means the file as a whole. begin and end are bytes, half-open.
struct Location {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string line_text;  // the first line of the range, without its end; empty
                          // if it is longer than 4,000 bytes
};

struct Label {
  Location where;
  std::string text;
};

// Replaces a range by a text. Safe means: the meaning after it is certain.
struct Fix {
  Location where;
  std::string replacement;
  bool safe = true;
};

struct Diagnostic {
  Severity severity = Severity::error;
  std::string id;       // "M101": never reused; `modcore list diagnostics`
  std::string name;     // "unknown-name"
  std::string message;  // what is wrong, one line, lower case, no full stop
  std::string help;     // what was expected, may be empty
  std::string rule;     // id of the rule it stands in, may be empty
  Location where;
  std::vector<Label> labels;  // other places that matter
  std::vector<std::string> notes;
  std::vector<Fix> fixes;  // each of them alone corrects it
  // A comment of the file, `# modcore: allow M306 reason="..."`, allows it: it stays in
  // the data of a check, is not rendered and does not count. Never set on an error.
  bool suppressed = false;
  std::string justification;  // the comment's reason; empty unless suppressed
};

// One line of the catalogue.
struct DiagnosticInfo {
  std::string_view id;
  std::string_view name;
  Severity severity;
  std::string_view summary;
  std::string_view message;  // as reports word it; {0}, {1}... are filled in there
  std::string_view help;     // may be empty
  bool enabled = true;       // without a level for it in `.modcore.yaml`
};
// Every diagnostic that this library can report, sorted by id. Static storage.
[[nodiscard]] MODCORE_API std::span<const DiagnosticInfo> diagnostic_catalogue() noexcept;

struct RenderOptions {
  bool color = false;  // ANSI colours; text only
  // What other tools read:
  std::string root = {};  // files below this folder are named relative to it
  Severity fail_level = Severity::error;  // junit: from here on a finding is a failure
  int exit_code = 0;      // sarif: the exit status of the program that reports
  std::string elsewhere = {};  // github: where the findings stand that it leaves out
};

// The report that a person reads: message, place, source line with carets,
// help, fixes. Ends with a line that counts errors and warnings, if there are any.
// Suppressed ones are left out.
[[nodiscard]] MODCORE_API std::string render(std::span<const Diagnostic> diagnostics,
                                             const RenderOptions& options = {});

// The formats of a report.
enum class ReportFormat : std::uint8_t {
  text,      // render() above
  compact,   // one line each: "a.rules.yaml:3:11: error[M101 unknown-name]: no field ..."
  json,      // `schema: modcore.report/1`, as to_json() in json.hpp
  sarif,     // SARIF 2.1.0, with fixes and fingerprints that survive moved lines
  junit,     // a suite for each file, a case for each finding
  github,    // workflow commands, errors first, at most ten of a severity
  gitlab,    // code quality
  rdjson,    // reviewdog
  markdown,  // a table for a pull request
};
[[nodiscard]] MODCORE_API std::string_view to_string(ReportFormat) noexcept;
[[nodiscard]] MODCORE_API std::optional<ReportFormat> report_format(std::string_view name) noexcept;
[[nodiscard]] MODCORE_API std::span<const ReportFormat> report_formats() noexcept;

// The same findings give the same bytes. Ends with a line end.
[[nodiscard]] MODCORE_API std::string render(std::span<const Diagnostic> diagnostics,
                                             ReportFormat format,
                                             const RenderOptions& options = {});

[[nodiscard]] MODCORE_API bool has_errors(std::span<const Diagnostic> diagnostics) noexcept;

}  // namespace modcore
