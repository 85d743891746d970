#include "release.hpp"

#include <cxxabi.h>
#include <unistd.h>

namespace modcore::python {

// Before Python 3.14 an ending interpreter ends daemon threads by pthread_exit(),
// which unwinds their stack: destructors would touch objects without holding the
// interpreter. As Python 3.14 does, the thread waits for the end of the process.
void take_interpreter(PyThreadState* state) {
#ifdef __GLIBCXX__
  try {
    PyEval_RestoreThread(state);
  } catch (abi::__forced_unwind&) {
    while (true) ::pause();
  }
#else
  PyEval_RestoreThread(state);
#endif
}

}  // namespace modcore::python
