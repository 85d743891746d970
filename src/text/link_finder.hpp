// Links that can be followed as they are written.
#pragma once

#include <string_view>

#include "text/links.hpp"

namespace modcore::text {

// Adds them in the order of the text, without overlap.
void find_plain_links(std::string_view text, Links& out);

}  // namespace modcore::text
