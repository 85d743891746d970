// Links whose text names another domain than they lead to.
#pragma once

#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace modcore::text {

// Anchors of which the shown text names a domain that is not registered together
// with the target's: "[paypal.com](https://evil.example)". Plain words, "www." and
// other hosts of the same site do not mislead. Replaces `out`; linear.
void find_misleading_links(std::string_view text, std::vector<Range>& out);

}  // namespace modcore::text
