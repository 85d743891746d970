// From JSON text to a tree of plain values, and back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/post_reader.hpp"

namespace modcore::api {

struct JsonTree {
  PostValue value;
  std::string error;                  // empty if the text was read
  std::vector<std::string> problems;  // what was dropped to read it
};

// Lenient where a post would be lost otherwise: bytes that are not UTF-8 and
// escapes of half a surrogate pair read as U+FFFD; what lies more than 64 deep
// and numbers out of range read as null.
[[nodiscard]] JsonTree parse_json(std::string_view json);

[[nodiscard]] std::string to_json(const PostValue& value);

}  // namespace modcore::api
