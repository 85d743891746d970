#pragma once

#include "python.hpp"

namespace modcore::python {

void add_tooling(py::module_& module);

}  // namespace modcore::python
