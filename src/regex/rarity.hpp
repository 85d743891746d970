// How rare a text is in ordinary posts.
#pragma once

#include <string>
#include <string_view>

namespace modcore::regex {

// In bits: the binary logarithm of how many places of ordinary posts there are to one
// at which a folded text stands. Told by pairs of letters and by the commonest words.
[[nodiscard]] double rarity(std::string_view folded);

// The same of a part of a text, by pairs of letters alone: quicker.
[[nodiscard]] double rarity_of_part(std::string_view folded) noexcept;

// How often a text of this rarity stands in a post of usual length.
[[nodiscard]] double occurrences(double bits);

}  // namespace modcore::regex
