// Whole files: read at once, and replaced so that nobody ever sees half of one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace modcore::files {

struct ReadFile {
  std::optional<std::string> bytes;
  std::string problem;  // why there are none: "No such file or directory"
};
// A file of at most `largest` bytes; a folder or a device is none.
[[nodiscard]] ReadFile read(const std::string& path, std::size_t largest);

// Writes to a temporary file beside it, which then takes its place, so that a crash
// leaves the old file or the new one. Empty, or why it failed.
[[nodiscard]] std::string replace(const std::string& path, std::string_view bytes);

}  // namespace modcore::files
