// List files in one layout.
#pragma once

#include <string>
#include <string_view>

namespace modcore::tooling {

// Items sorted within each paragraph (comments and blank lines part these), no
// blanks around them, no two blank lines in a row, a line end at the end. A
// `# modcore:` comment stays above its item.
[[nodiscard]] std::string format_list(std::string_view text);

}  // namespace modcore::tooling
