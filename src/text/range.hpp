// A half-open range of bytes.
#pragma once

#include <cstdint>
#include <string_view>

namespace modcore::text {

struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const Range&) const = default;
};

// What stands there; the range must lie in the text.
[[nodiscard]] inline std::string_view slice(std::string_view text, Range range) {
  return text.substr(range.begin, range.end - range.begin);
}

}  // namespace modcore::text
