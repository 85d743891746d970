// modcore._core: conversions between Python and the public headers, nothing else.
#include <pybind11/stl.h>

#include <modcore/version.hpp>

#include "cli/command.hpp"

#include "batch.hpp"
#include "compile.hpp"
#include "convert.hpp"
#include "decision.hpp"
#include "document.hpp"
#include "engine.hpp"
#include "facts.hpp"
#include "python.hpp"
#include "release.hpp"
#include "report.hpp"
#include "tooling.hpp"

namespace modcore::python {
namespace {

int run_command(std::vector<std::string> arguments) {
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  int status = 0;
  without_interpreter(
      [&] { status = cli::run_command(static_cast<int>(arguments.size()), argv.data()); });
  return status;
}

}  // namespace

PYBIND11_MODULE(_core, module) {
  if (const std::string problem = platform_problem(); !problem.empty()) {
    throw py::import_error(problem);
  }
  intern_names();
  add_decision_type(module);
  add_engine_type(module);
  add_report(module);
  add_document(module);
  add_compiling(module);
  add_tooling(module);
  add_batch(module);
  module.def("use_classes", [](py::handle decision) { use_decision_class(decision); },
             py::arg("decision"));
  module.def("run_command", run_command, py::arg("arguments"));
}

}  // namespace modcore::python
