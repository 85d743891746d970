#include "document.hpp"

namespace modcore::python {

Document document_of(BacktestReport report) {
  const auto kept = std::make_shared<const BacktestReport>(std::move(report));
  return Document({{"json", [kept] { return to_json(*kept); }},
                   {"markdown", [kept] { return to_markdown(*kept); }},
                   {"html", [kept] { return to_html(*kept); }}});
}

Document document_of(CoverageReport report) {
  const auto kept = std::make_shared<const CoverageReport>(std::move(report));
  return Document({{"json", [kept] { return to_json(*kept); }},
                   {"markdown", [kept] { return to_markdown(*kept); }},
                   {"lcov", [kept] { return to_lcov(*kept); }}});
}

Document document_of(PolicyDiff diff) {
  const auto kept = std::make_shared<const PolicyDiff>(std::move(diff));
  return Document({{"json", [kept] { return to_json(*kept); }},
                   {"markdown", [kept] { return to_markdown(*kept); }}});
}

void add_document(py::module_& module) {
  py::class_<Document> type(module, "Document");
  type.def("render", [](const Document& self, const std::string& format) {
        return to_str(self.render(format));
      }, py::arg("format"));
  forbid_making(type);
}

}  // namespace modcore::python
