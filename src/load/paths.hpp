// Paths as text, with `/`, nothing looked up.
#pragma once

#include <string>
#include <string_view>

namespace modcore::load {

[[nodiscard]] std::string join(std::string_view folder, std::string_view path);
[[nodiscard]] std::string folder_of(std::string_view path);  // "" without one
[[nodiscard]] std::string file_of(std::string_view path);
// "spam/crypto.rules.yaml" -> "crypto"
[[nodiscard]] std::string pack_of_file(std::string_view path);

// Whether a path is written so that it leaves the folder that it is relative to.
[[nodiscard]] bool escapes(std::string_view path);
[[nodiscard]] bool lies_below(std::string_view path, std::string_view folder);
inline constexpr std::string_view config_name = ".modcore.yaml";
// A `.modcore.yaml`: settings of tools, nothing that an engine is made of.
[[nodiscard]] bool is_config(std::string_view path);
// A file or folder rather than the name of a pack: holds a `/` or ends in .yaml.
[[nodiscard]] bool is_path(std::string_view reference);

}  // namespace modcore::load
