// A line of a source as a terminal shows it: how wide each code point is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace modcore::diag {

struct Cell {
  std::string text;
  std::size_t width = 1;  // columns of the terminal: 0 for a combining mark, 2 for 字
};

// One cell for each code point. What would disturb the terminal (controls, bytes
// that are not UTF-8, characters that change the direction) is shown as U+FFFD,
// a tab as a space.
[[nodiscard]] std::vector<Cell> cells_of(std::string_view line);

[[nodiscard]] std::size_t width_of(const std::vector<Cell>& cells, std::size_t begin,
                                   std::size_t end);
[[nodiscard]] std::string text_of(const std::vector<Cell>& cells, std::size_t begin,
                                  std::size_t end);

}  // namespace modcore::diag
