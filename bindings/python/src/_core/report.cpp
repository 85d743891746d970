#include "report.hpp"

#include <modcore/json.hpp>

namespace modcore::python {

std::string Report::render(const std::string& format, bool color) const {
  if (format == "text") return modcore::render(diagnostics_, {.color = color});
  if (format == "json") return to_json(diagnostics_);
  throw py::value_error("no format '" + format + "': there are text, json");
}

void add_report(py::module_& module) {
  py::class_<Report>(module, "Report")
      .def("render", [](const Report& self, const std::string& format, bool color) {
        return to_str(self.render(format, color));
      }, py::arg("format"), py::arg("color"));
}

}  // namespace modcore::python
