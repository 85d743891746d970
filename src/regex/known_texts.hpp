// What is known of the texts that a regex takes, put together from its parts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "regex/literals.hpp"

namespace modcore::regex {

using Texts = std::vector<std::string>;  // sorted, without duplicates, never empty

inline constexpr std::size_t min_characters = 3;  // or fewer that are as rare as three ASCII letters

// What is known of the text that a node takes.
struct Known {
  std::uint32_t min = 0, max = unbounded;  // characters
  std::optional<Texts> exact;              // always one of these
  Texts prefixes{""};                      // begins with one of these
  Texts suffixes{""};                      // ends with one of these
  RequiredLiterals best;                   // contains one of these
};

[[nodiscard]] Known know(const Node& node);

// Whether the text that a character folds to is known.
[[nodiscard]] bool is_known(const Node& character);
// Every text of the one before every text of the other; nothing if they are too many.
[[nodiscard]] std::optional<Texts> crossed(const Texts& left, const Texts& right);
// In characters.
[[nodiscard]] std::size_t shortest(const Texts& texts);

}  // namespace modcore::regex
