// Literals that every match of a regex contains.
#pragma once

#include <string>
#include <string_view>

#include "regex/node.hpp"

namespace modcore::regex {

// The rarest literal of at least three characters that every match contains, as
// written; empty if there is none. Sound up to folding to Level::accents.
[[nodiscard]] std::string required_literal(const Node& root);

// How rare a folded text is in ordinary prose, in bits: long and unusual is high.
[[nodiscard]] double rarity(std::string_view folded) noexcept;

// Whether everything that PCRE2 takes for this letter without regard to case
// folds to the same at Level::accents.
[[nodiscard]] bool folds_with_its_cases(char32_t code_point) noexcept;

}  // namespace modcore::regex
