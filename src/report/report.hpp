// Diagnostics in the formats that other tools read: what these have in common.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/diagnostic.hpp>

namespace modcore::report {

using Diagnostics = std::span<const Diagnostic>;

[[nodiscard]] std::string compact(Diagnostics diagnostics, const RenderOptions& options);
[[nodiscard]] std::string sarif(Diagnostics diagnostics, const RenderOptions& options);
[[nodiscard]] std::string junit(Diagnostics diagnostics, const RenderOptions& options);
[[nodiscard]] std::string github(Diagnostics diagnostics, const RenderOptions& options);
[[nodiscard]] std::string gitlab(Diagnostics diagnostics, const RenderOptions& options);
[[nodiscard]] std::string rdjson(Diagnostics diagnostics, const RenderOptions& options);
[[nodiscard]] std::string markdown(Diagnostics diagnostics, const RenderOptions& options);

// The name of a file relative to options.root, if it lies below it.
[[nodiscard]] std::string shown_file(const std::string& file, const RenderOptions& options);
// The same as a URI reference: "rules/my%20rules.yaml".
[[nodiscard]] std::string uri_of(const std::string& file, const RenderOptions& options);

// One line without controls; invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string one_line(std::string_view text);

// "in rule x", the notes and the help, one a line; empty without them.
[[nodiscard]] std::string remarks(const Diagnostic& diagnostic);

// What stays the same when lines, files or other findings move: of the id, the
// rule, the message, and the number among those that agree in these.
[[nodiscard]] std::vector<std::string> fingerprints(Diagnostics diagnostics);

// The line of the catalogue; null for an id that is not in it.
[[nodiscard]] const DiagnosticInfo* catalogue_entry(std::string_view id);

// What another tool calls our severities.
struct SeverityWords {
  std::string_view error;
  std::string_view warning;
  std::string_view info;
};
[[nodiscard]] std::string_view word_of(Severity severity, const SeverityWords& words);

struct Counts {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t infos = 0;
};
[[nodiscard]] Counts count(Diagnostics diagnostics);
// "2 errors, 1 warning"; "no findings".
[[nodiscard]] std::string counted(const Counts& counts);

}  // namespace modcore::report
