// Patterns for paths: `*` and `?` within a name, `**` over folders.
#pragma once

#include <string_view>

namespace modcore {

// A pattern without `/` is tried against the last name of the path, one that ends in
// `/` or names a folder of the path covers all below it.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view path);

}  // namespace modcore
