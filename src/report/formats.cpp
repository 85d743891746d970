// The public edge: formats by name, and the one that was asked for.
#include <algorithm>
#include <array>
#include <iterator>

#include <modcore/json.hpp>

#include "report/report.hpp"

namespace modcore {
namespace {

std::string text(report::Diagnostics diagnostics, const RenderOptions& options) {
  return diagnostics.empty() ? "no findings\n" : render(diagnostics, options);
}

std::string json(report::Diagnostics diagnostics, const RenderOptions&) {
  return to_json(diagnostics) + '\n';
}

constexpr std::array formats{ReportFormat::text,   ReportFormat::compact, ReportFormat::json,
                             ReportFormat::sarif,  ReportFormat::junit,   ReportFormat::github,
                             ReportFormat::gitlab, ReportFormat::rdjson,  ReportFormat::markdown};
constexpr std::array<std::string_view, formats.size()> names{
    "text", "compact", "json", "sarif", "junit", "github", "gitlab", "rdjson", "markdown"};
constexpr std::array renderers{text,           report::compact, json,
                               report::sarif,  report::junit,   report::github,
                               report::gitlab, report::rdjson,  report::markdown};
static_assert(renderers.size() == formats.size());

// What comments allow is data: only the formats that can say so have it.
bool knows_suppressed(ReportFormat format) {
  return format == ReportFormat::json || format == ReportFormat::sarif;
}

std::vector<Diagnostic> counting(report::Diagnostics diagnostics) {
  std::vector<Diagnostic> all;
  std::ranges::copy_if(diagnostics, std::back_inserter(all),
                       [](const Diagnostic& d) { return !d.suppressed; });
  return all;
}

}  // namespace

std::string_view to_string(ReportFormat format) noexcept {
  const auto index = static_cast<std::size_t>(format);
  return index < names.size() ? names[index] : "?";
}

std::optional<ReportFormat> report_format(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return formats[static_cast<std::size_t>(found - names.begin())];
}

std::span<const ReportFormat> report_formats() noexcept {
  return formats;
}

std::string render(std::span<const Diagnostic> diagnostics, ReportFormat format,
                   const RenderOptions& options) {
  const auto renderer = renderers.at(static_cast<std::size_t>(format));
  if (knows_suppressed(format)) return renderer(diagnostics, options);
  return renderer(counting(diagnostics), options);
}

}  // namespace modcore
