// Releasing the interpreter while C++ works.
#pragma once

#include <exception>

#include "python.hpp"

namespace modcore::python {

// Takes the interpreter back. Where it is ending, this thread, a daemon, stops
// here for good.
void take_interpreter(PyThreadState* state);

// Runs the function with the interpreter released; it must touch no object.
template <typename Function>
void without_interpreter(const Function& function) {
  PyThreadState* const state = PyEval_SaveThread();
  std::exception_ptr failure;
  try {
    function();
  } catch (...) {
    failure = std::current_exception();
  }
  take_interpreter(state);
  if (failure) std::rethrow_exception(failure);
}

}  // namespace modcore::python
