#include "values.hpp"

#include <datetime.h>

#include <cmath>
#include <string>

#include <modcore/json.hpp>

namespace modcore::python {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

// Ten thousand years, the bound of the language.
constexpr double longest_seconds = 315'576'000'000.0;

void need_datetime() {
  if (PyDateTimeAPI == nullptr) PyDateTime_IMPORT;
  if (PyDateTimeAPI == nullptr) throw py::error_already_set();
}

bool is_simple(PyObject* value) { return PyLong_Check(value) || PyFloat_Check(value) || PyUnicode_Check(value); }

std::optional<seconds> whole_seconds(std::optional<double> value) {
  if (!value || std::abs(*value) > longest_seconds) return std::nullopt;
  return seconds(static_cast<std::int64_t>(std::floor(*value)));
}

std::string json_text(PyObject* str) {
  const auto json = own(PyImport_ImportModule("json"));
  return std::string(py::str(json.attr("dumps")(borrow(str))));
}

template <typename Read>
auto from_text(PyObject* str, const Engine& engine, const char* key, const Read& read) {
  const PostDocument document =
      parse_post(std::string("{\"") + key + "\": " + json_text(str) + "}", engine);
  return read(document.post());
}

}  // namespace

std::optional<bool> as_boolean(PyObject* value) {
  if (!PyBool_Check(value)) return std::nullopt;
  return value == Py_True;
}

std::optional<std::int64_t> as_integer(PyObject* value) {
  if (PyBool_Check(value)) return std::nullopt;
  if (PyFloat_Check(value)) {
    const double number = PyFloat_AS_DOUBLE(value);
    // 2^53: from there on a double no longer tells neighbours apart.
    if (!(std::abs(number) <= 9007199254740992.0) || std::trunc(number) != number) return std::nullopt;
    return static_cast<std::int64_t>(number);
  }
  if (!PyIndex_Check(value)) return std::nullopt;
  const auto index = own(PyNumber_Index(value));
  int overflow = 0;
  const long long number = PyLong_AsLongLongAndOverflow(index.ptr(), &overflow);
  return overflow == 0 ? std::optional<std::int64_t>(number) : std::nullopt;
}

std::optional<double> as_number(PyObject* value) {
  if (PyFloat_Check(value)) {
    const double number = PyFloat_AS_DOUBLE(value);
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
  }
  const auto integer = as_integer(value);
  return integer ? std::optional(static_cast<double>(*integer)) : std::nullopt;
}

std::optional<seconds> as_duration(PyObject* value, const Engine& engine) {
  if (PyUnicode_Check(value)) {
    return from_text(value, engine, "author.account_age",
                     [](const Post& post) { return post.author.account_age; });
  }
  if (is_simple(value)) return whole_seconds(as_number(value));
  need_datetime();
  if (!PyDelta_Check(value)) return whole_seconds(as_number(value));
  return seconds(std::int64_t{PyDateTime_DELTA_GET_DAYS(value)} * 86400 + PyDateTime_DELTA_GET_SECONDS(value));
}

std::optional<sys_seconds> as_time(PyObject* value, const Engine& engine) {
  if (PyUnicode_Check(value)) {
    return from_text(value, engine, "now", [](const Post& post) { return post.now; });
  }
  std::optional<double> number;
  if (!is_simple(value)) need_datetime();
  if (!is_simple(value) && PyDateTime_Check(value)) {
    const py::object time = borrow(value);
    if (time.attr("utcoffset")().is_none()) return std::nullopt;
    number = as_number(py::object(time.attr("timestamp")()).ptr());
  } else {
    number = as_number(value);
  }
  const auto whole = whole_seconds(number);
  return whole ? std::optional(sys_seconds(*whole)) : std::nullopt;
}

std::string_view expected_of(std::string_view type) {
  if (type == "bool") return a_boolean;
  if (type == "int") return an_integer;
  if (type == "number") return a_number;
  if (type == "duration") return a_duration;
  if (type == "time") return a_time;
  return type.starts_with("set<") ? a_set : a_text;
}

py::object to_timedelta(seconds value) {
  need_datetime();
  return own(PyDelta_FromDSU(static_cast<int>(value.count() / 86400), static_cast<int>(value.count() % 86400), 0));
}

}  // namespace modcore::python
