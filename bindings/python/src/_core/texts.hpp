// The UTF-8 of Python's texts while a post is judged, and the way from bytes
// back to code points.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "python.hpp"

namespace modcore::python {

// Half-open, in code points of the str that was passed.
struct CodePoints {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Texts that are not pure ASCII, by the name of their field; in the others a
// byte is a code point.
class TextFields {
 public:
  void add(std::string_view field, PyObject* str);
  [[nodiscard]] bool empty() const noexcept { return fields_.empty(); }
  void clear() noexcept { fields_.clear(); }

  // The place of these bytes in the field. Quick if places come in order.
  [[nodiscard]] CodePoints places(std::string_view field, std::size_t begin, std::size_t end);

 private:
  struct Field {
    std::string name;
    py::object str;
    std::string_view utf8;
    py::object bytes;  // owns utf8 where the str cannot
    std::size_t byte = 0;
    std::size_t code_point = 0;
  };
  static std::size_t code_point_at(Field& field, std::size_t byte);

  std::vector<Field> fields_;
};

// The UTF-8 of a str, valid while `str` and `keep` live. A lone surrogate
// becomes three bytes that are no valid UTF-8, as "surrogatepass" has it; `keep`
// then takes the bytes object that holds them.
[[nodiscard]] std::string_view utf8_of(PyObject* str, py::object& keep);

}  // namespace modcore::python
