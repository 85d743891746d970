// The notation of words and phrases: `*`, `<0-2>`, `(a|b)` and the backslash.
#pragma once

#include <optional>
#include <vector>

#include "check/report.hpp"
#include "ir/rule_set.hpp"

namespace modcore::checker {

// One character, wildcard or gap of an item.
struct Token {
  enum class Kind : std::uint8_t { character, star, gap };
  Kind kind = Kind::character;
  char32_t code_point = 0;
  ir::Gap gap;
};
using Tokens = std::vector<Token>;

// The alternatives of an item, each a row of tokens; nothing after an error.
[[nodiscard]] std::optional<std::vector<Tokens>> read_tokens(const Reporter& report,
                                                             const ast::Name& item);

}  // namespace modcore::checker
