// What was found in rules, as the library has it: written in any format.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <modcore/diagnostic.hpp>

#include "python.hpp"

namespace modcore::python {

class Report {
 public:
  explicit Report(std::vector<Diagnostic> diagnostics) : diagnostics_(std::move(diagnostics)) {}

  // Throws py::value_error for a format that there is not.
  [[nodiscard]] std::string render(const std::string& format, bool color) const;

 private:
  std::vector<Diagnostic> diagnostics_;
};

void add_report(py::module_& module);

}  // namespace modcore::python
