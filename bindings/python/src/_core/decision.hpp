// DecisionBase: a Decision that Python holds. A plain type of the interpreter,
// because making one must cost little: what a decision tells is converted only
// when it is asked for.
#pragma once

#include <vector>

#include <modcore/decision.hpp>

#include "python.hpp"
#include "texts.hpp"

namespace modcore::python {

void add_decision_type(py::module_& module);

// The class that decisions are made of, a subclass of DecisionBase.
void use_decision_class(py::handle decision_class);

[[nodiscard]] PyObject* make_decision(Decision decision, TextFields texts);

}  // namespace modcore::python
