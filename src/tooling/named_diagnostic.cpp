#include "tooling/named_diagnostic.hpp"

#include <algorithm>
#include <vector>

#include "diag/catalogue.hpp"

namespace modcore::tooling {

const DiagnosticInfo* named_diagnostic(std::string_view text, source::Span span, diag::Sink& sink) {
  const auto catalogue = diagnostic_catalogue();
  const auto found = std::ranges::find_if(catalogue, [text](const DiagnosticInfo& info) {
    return info.id == text || info.name == text;
  });
  if (found != catalogue.end()) return &*found;
  std::vector<std::string_view> known;
  for (const DiagnosticInfo& info : catalogue) known.insert(known.end(), {info.id, info.name});
  const bool is_number = text.starts_with('M') || text.starts_with('m');
  sink.report(diag::unknown_diagnostic, span, {text})
      .suggest(span, is_number ? "" : diag::nearest(text, known));
  return nullptr;
}

bool is_always_error(const DiagnosticInfo& info) {
  const bool milder = info.id == diag::yaml_trap.id || info.id == diag::item_too_short.id;
  return info.severity == Severity::error && !milder;
}

}  // namespace modcore::tooling
