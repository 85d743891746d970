// Mentions, hashtags and emoji: where they stand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace modcore::text {

// In the order of the text, without overlap, in linear time. Replace `out`.
void find_mentions(std::string_view text, std::vector<Range>& out);  // "@name", with the @
void find_hashtags(std::string_view text, std::vector<Range>& out);  // "#tag", with the #; not "#1"
void find_emoji(std::string_view text, std::vector<Range>& out);     // whole emoji sequences

// An emoji sequence without skin tones and variation selectors: what the
// `emoji` kind compares.
[[nodiscard]] std::string plain_emoji(std::string_view sequence);

}  // namespace modcore::text
