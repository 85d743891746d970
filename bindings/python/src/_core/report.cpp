#include "report.hpp"

#include <modcore/json.hpp>

namespace modcore::python {

std::string Report::render(const std::string& format, bool color) const {
  if (format == "text") return modcore::render(diagnostics_, {.color = color});
  if (format == "json") return to_json(diagnostics_);
  const std::optional<ReportFormat> known = report_format(format);
  if (known) return modcore::render(diagnostics_, *known);
  std::string names;
  for (const ReportFormat each : report_formats()) {
    names += (names.empty() ? "" : ", ") + std::string(to_string(each));
  }
  throw py::value_error("no format '" + format + "': there are " + names);
}

void add_report(py::module_& module) {
  py::class_<Report> type(module, "Report");
  type.def("render", [](const Report& self, const std::string& format, bool color) {
        return to_str(self.render(format, color));
      }, py::arg("format"), py::arg("color"));
  forbid_making(type);
}

}  // namespace modcore::python
