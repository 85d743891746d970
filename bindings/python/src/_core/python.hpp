// What every file here needs: pybind11, and the edge between its exceptions and
// functions that the interpreter calls directly.
#pragma once

#include <pybind11/pybind11.h>

#include <new>
#include <string_view>

namespace modcore::python {

namespace py = pybind11;

// New reference, or throws.
inline py::object own(PyObject* object) {
  if (object == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(object);
}

inline py::object borrow(PyObject* object) { return py::reinterpret_borrow<py::object>(object); }

// Text of the library: valid UTF-8 but for what the author of a post wrote.
inline py::object to_str(std::string_view text) {
  const auto size = static_cast<Py_ssize_t>(text.size());
  PyObject* str = PyUnicode_DecodeUTF8(text.data(), size, nullptr);
  if (str == nullptr) {
    // A lone surrogate of a str comes back as it went; anything else becomes U+FFFD.
    PyErr_Clear();
    str = PyUnicode_DecodeUTF8(text.data(), size, "surrogatepass");
  }
  if (str == nullptr) {
    PyErr_Clear();
    str = PyUnicode_DecodeUTF8(text.data(), size, "replace");
  }
  return own(str);
}

// Python cannot make instances of this class, which would hold nothing.
inline void forbid_making(py::handle type) { reinterpret_cast<PyTypeObject*>(type.ptr())->tp_new = nullptr; }

// Runs what a slot of a type does, and turns exceptions into Python's.
template <typename Result, typename Function>
Result guarded(Result failure, const Function& function) noexcept {
  try {
    return function();
  } catch (py::error_already_set& error) {
    error.restore();
  } catch (const py::builtin_exception& error) {
    error.set_error();
  } catch (const std::bad_alloc&) {
    PyErr_NoMemory();
  } catch (const std::exception& error) {
    PyErr_SetString(PyExc_RuntimeError, error.what());
  }
  return failure;
}

template <typename Function>
PyObject* guarded_object(const Function& function) noexcept {
  return guarded<PyObject*>(nullptr, function);
}

}  // namespace modcore::python
