// Many short texts, one behind the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace modcore {

struct TextList {
  std::string bytes;
  std::vector<std::uint32_t> ends;  // of each text, in `bytes`

  void add(std::string_view text) {
    bytes += text;
    ends.push_back(static_cast<std::uint32_t>(bytes.size()));
  }
  [[nodiscard]] std::size_t size() const noexcept { return ends.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t index) const noexcept {
    const std::size_t begin = index == 0 ? 0 : ends[index - 1];
    return std::string_view(bytes).substr(begin, ends[index] - begin);
  }
};

}  // namespace modcore
