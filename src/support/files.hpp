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
  bool only_ours = false;  // it is this user's, and nobody else may write to it
};
// A file of at most `largest` bytes; a folder or a device is none.
[[nodiscard]] ReadFile read(const std::string& path, std::size_t largest);

// Makes the folder if it is missing. Empty, or why it is not one that is this
// user's and that nobody else may write to.
[[nodiscard]] std::string make_own_folder(const std::string& path);

// Writes to a temporary file beside it, which then takes its place, so that a crash
// leaves the old file or the new one. Empty, or why it failed.
[[nodiscard]] std::string replace(const std::string& path, std::string_view bytes);

}  // namespace modcore::files
