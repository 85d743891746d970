// Whole files, read and replaced.
#pragma once

#include <string>
#include <string_view>

namespace modcore::cli {

// Whatever it holds and however large it is. Throws Failure where it cannot be read.
[[nodiscard]] std::string read_bytes(const std::string& path);

// Throws Failure if it cannot be read or is larger than a rule file may be.
[[nodiscard]] std::string read_file(const std::string& path);

// The file holds either what it held before or the text, whatever happens; its
// permissions stay, and so does a link that leads to it. Throws Failure.
void replace_file(const std::string& path, std::string_view text);

// A file that was not there before. Throws Failure if it was, or if it cannot be written.
void create_file(const std::string& path, std::string_view text);

}  // namespace modcore::cli
