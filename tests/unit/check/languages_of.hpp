// Which of English, French and Polish a test case is written in.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace modcore::testing {

// By the commonest words of each and by their letters, links left out. All three
// for a text that shows none of them, and all that come near the likeliest.
[[nodiscard]] std::set<std::string> languages_of(std::string_view text);

}  // namespace modcore::testing
