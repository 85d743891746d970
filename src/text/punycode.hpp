// Decoding of internationalised host labels (RFC 3492).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace modcore::text {

// What stands after "xn--" as UTF-8; nothing if it is ill-formed. A label has at
// most 63 bytes, a longer one is refused.
[[nodiscard]] std::optional<std::string> decode_punycode(std::string_view encoded);

}  // namespace modcore::text
