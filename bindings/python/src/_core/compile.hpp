#pragma once

#include "python.hpp"

namespace modcore::python {

void add_compiling(py::module_& module);

}  // namespace modcore::python
