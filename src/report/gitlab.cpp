// GitLab's code quality report.
#include <algorithm>

#include "api/json_writer.hpp"
#include "report/report.hpp"

namespace modcore::report {
namespace {

constexpr SeverityWords severity_words{"critical", "minor", "info"};

}  // namespace

std::string gitlab(Diagnostics diagnostics, const RenderOptions& options) {
  const std::vector<std::string> prints = fingerprints(diagnostics);
  std::string out;
  api::JsonWriter json(out);
  json.begin_array();
  for (std::size_t i = 0; i < diagnostics.size(); ++i) {
    const Diagnostic& d = diagnostics[i];
    json.begin_object();
    json.key("description").text(d.help.empty() ? d.message : d.message + "; " + d.help);
    json.key("check_name").text(d.id + ' ' + d.name).key("fingerprint").text(prints[i]);
    json.key("severity").text(word_of(d.severity, severity_words));
    json.key("location").begin_object();
    json.key("path").text(d.where.file.empty() ? "." : shown_file(d.where.file, options));
    json.key("lines").begin_object();
    json.key("begin").integer(std::max(d.where.line, 1U));
    json.key("end").integer(std::max(d.where.end_line, 1U));
    json.end_object().end_object().end_object();
  }
  json.end_array();
  return out + '\n';
}

}  // namespace modcore::report
