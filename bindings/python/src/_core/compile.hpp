// What compiling, checking and the tools beside them take and give.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <modcore/compile.hpp>

#include "python.hpp"

namespace modcore::python {

using Pairs = std::vector<std::pair<std::string, std::string>>;
using Paths = std::vector<std::string>;

[[nodiscard]] CompileOptions options_of(std::string preset, const Pairs& attributes, bool trusted = false);
[[nodiscard]] py::list to_list(const std::vector<Diagnostic>& diagnostics);

void add_compiling(py::module_& module);

}  // namespace modcore::python
