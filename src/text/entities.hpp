// Mentions, hashtags and emoji: where they stand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace modcore::text {

// Each in the order of the text, without overlap, in linear time. They replace `out`.

// "@name" and "@name@host" with the @, "u/name", "/u/name", and "<@id>" of chats with
// its brackets; not the domain of an e-mail address.
void find_mentions(std::string_view text, std::vector<Range>& out);
void find_hashtags(std::string_view text, std::vector<Range>& out);  // "#tag", with the #; not "#1"
void find_emoji(std::string_view text, std::vector<Range>& out);     // whole emoji sequences

// An emoji sequence without skin tones and variation selectors: what the
// `emoji` kind compares.
[[nodiscard]] std::string plain_emoji(std::string_view sequence);

}  // namespace modcore::text
