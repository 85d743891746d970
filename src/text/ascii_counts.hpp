// What a text of printable ASCII consists of, many bytes at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace modcore::text {

struct AsciiCounts {
  std::int64_t letters = 0;
  std::int64_t capitals = 0;  // of the letters
  std::int64_t digits = 0;
  std::int64_t spaces = 0;    // white space
  std::int64_t words = 0;     // runs of letters and digits
};

// Nothing if the text holds other characters than printable ASCII and white space.
[[nodiscard]] std::optional<AsciiCounts> count_ascii(std::string_view text) noexcept;

}  // namespace modcore::text
