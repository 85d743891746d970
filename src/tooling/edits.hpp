// Changes of a text by ranges of bytes: what no edit names stays as it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modcore::tooling {

struct Edit {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string text;
};

// Nothing if two edits overlap or one lies outside. Edits that change nothing are fine.
[[nodiscard]] std::optional<std::string> apply(std::string_view text, std::vector<Edit> edits);

}  // namespace modcore::tooling
