// What only the search for links asks of a host name.
#pragma once

#include <string>

namespace modcore::text {

// Whether a normalised host lies below a listed public suffix: "a.com" does,
// "co.uk" and "readme.txt" do not.
[[nodiscard]] bool has_public_suffix(const std::string& host);

}  // namespace modcore::text
