// scan_batch: many posts at once, decisions as columns.
#pragma once

#include "python.hpp"

namespace modcore::python {

void add_batch(py::module_& module);

}  // namespace modcore::python
