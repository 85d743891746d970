#include "texts.hpp"

#include <algorithm>

namespace modcore::python {

std::string_view utf8_of(PyObject* str, py::object& keep) {
  Py_ssize_t size = 0;
  if (const char* data = PyUnicode_AsUTF8AndSize(str, &size)) {
    return {data, static_cast<std::size_t>(size)};
  }
  if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) throw py::error_already_set();
  PyErr_Clear();
  keep = own(PyUnicode_AsEncodedString(str, "utf-8", "surrogatepass"));
  return {PyBytes_AS_STRING(keep.ptr()), static_cast<std::size_t>(PyBytes_GET_SIZE(keep.ptr()))};
}

void TextFields::add(std::string_view field, PyObject* str) {
  Field& added = fields_.emplace_back();
  added.name = field;
  added.str = borrow(str);
  added.utf8 = utf8_of(str, added.bytes);
}

CodePoints TextFields::places(std::string_view field, std::size_t begin, std::size_t end) {
  const auto found = std::ranges::find(fields_, field, &Field::name);
  if (found == fields_.end()) return {begin, end};
  return {code_point_at(*found, begin), code_point_at(*found, end)};
}

std::size_t TextFields::code_point_at(Field& field, std::size_t byte) {
  if (byte < field.byte) field.byte = field.code_point = 0;
  byte = std::min(byte, field.utf8.size());
  const auto starts_one = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  const auto* data = field.utf8.data();
  field.code_point +=
      static_cast<std::size_t>(std::count_if(data + field.byte, data + byte, starts_one));
  field.byte = byte;
  return field.code_point;
}

}  // namespace modcore::python
