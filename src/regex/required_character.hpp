// Single characters that every match of a regex contains.
#pragma once

#include <array>

#include "regex/node.hpp"

namespace modcore::regex {

// The rarest character without which there is no match: its ASCII byte in the fold of
// the text, `beyond_ascii` for any character beyond, 0 if there is none.
inline constexpr char beyond_ascii = '\x7f';
[[nodiscard]] char required_character(const Node& root);
// The rarest two of them, 0 for those that there are not.
[[nodiscard]] std::array<char, 2> required_characters(const Node& root);
// Whether few posts hold it.
[[nodiscard]] bool is_rare_character(char c) noexcept;

}  // namespace modcore::regex
