// The comparisons of texts, domains and sets. Texts are compared as they are:
// whoever calls has folded them if letter case does not count.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace modcore::runtime {

using Texts = std::span<const std::string_view>;

// Whether the set holds the text, or with `domains` a domain that the text
// equals or lies below. `sorted` sets are searched in logarithmic time.
[[nodiscard]] bool is_member(std::string_view text, Texts set, bool domains, bool sorted);

}  // namespace modcore::runtime
