// The lines by which mail programs announce what they quote.
#pragma once

#include <string_view>

namespace modcore::text {

// "On Mon, 3 Mar 2025 at 10:22, Jane Doe <jane@example.org> wrote:", "Le ... a
// écrit :", "W dniu ... napisał(a):", on one line or two. A date and a name of at
// most four words: whoever types it by hand hides no more than that.
[[nodiscard]] bool is_attribution(std::string_view lines) noexcept;

// "-----Original Message-----" and its like in French and Polish.
[[nodiscard]] bool is_separator(std::string_view line) noexcept;

}  // namespace modcore::text
