// Writes JSON text: compact, keys in the order given, always valid UTF-8.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace modcore::api {

// Appends to a string. The caller keeps the order of calls: key() before each
// value in an object, none in an array.
//
//   JsonWriter json(out);
//   json.begin_object().key("id").text(id).key("points").number(2.5).end_object();
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& text(std::string_view value);  // invalid UTF-8 becomes U+FFFD
  JsonWriter& number(double value);          // null if it is not finite
  JsonWriter& integer(std::int64_t value);
  JsonWriter& boolean(bool value) { return raw(value ? "true" : "false"); }
  JsonWriter& null() { return raw("null"); }
  JsonWriter& raw(std::string_view json);  // a JSON value as it stands

  // An array with one call of `write` for each element.
  template <typename Range, typename Write>
  JsonWriter& array(const Range& elements, Write write) {
    begin_array();
    for (const auto& element : elements) write(element);
    return end_array();
  }
  template <typename Range>
  JsonWriter& texts(const Range& elements) {
    return array(elements, [this](std::string_view element) { text(element); });
  }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();
  std::string& out_;
  bool needs_comma_ = false;
};

}  // namespace modcore::api
