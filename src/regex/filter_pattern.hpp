// Writes a regex again in the part of the syntax that Hyperscan shares, so that
// it matches in every text that PCRE2 matches in.
#pragma once

#include <cstdint>
#include <string>

#include "regex/node.hpp"

namespace modcore::regex {

// The texts that it is promised for. In ASCII word edges mean the same to both.
enum class Encoding : std::uint8_t { ascii, utf8 };

// For byte mode with CASELESS. Assertions are left out, long repeats become
// unbounded: both only add matches. Empty if it would be big, or match anywhere.
[[nodiscard]] std::string filter_pattern(const Node& root, Encoding encoding);

}  // namespace modcore::regex
