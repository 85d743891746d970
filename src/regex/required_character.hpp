// A single character that every match of a regex contains.
#pragma once

#include "regex/node.hpp"

namespace modcore::regex {

// The rarest character without which there is no match: its ASCII byte in the fold of
// the text, `beyond_ascii` for any character beyond, 0 if there is none.
inline constexpr char beyond_ascii = '\x7f';
[[nodiscard]] char required_character(const Node& root);
// Whether few posts hold it.
[[nodiscard]] bool is_rare_character(char c) noexcept;

}  // namespace modcore::regex
