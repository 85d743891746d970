// A half-open range of bytes.
#pragma once

#include <cstdint>

namespace modcore::text {

struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const Range&) const = default;
};

}  // namespace modcore::text
