// From what measuring rules comes to, to the tuples of modcore._reports.
#pragma once

#include <modcore/corpus.hpp>

#include "python.hpp"

namespace modcore::python {

[[nodiscard]] py::object convert(const BacktestReport& report);
[[nodiscard]] py::object convert(CoverageReport report);
[[nodiscard]] py::object convert(PolicyDiff diff);

}  // namespace modcore::python
