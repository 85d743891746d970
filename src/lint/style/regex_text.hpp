// Regexes as their writer sees them: what a simple one says, and where slips stand.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ast/ast.hpp"

namespace modcore::lint::style {

// The same as a regex in a simpler kind: words with edges, phrases, bare letters.
struct Simple {
  ast::ItemKind kind{};
  std::vector<std::string> items;
};
[[nodiscard]] std::optional<Simple> simple_meaning(std::string_view regex);

// The domain that a regex spells with escaped dots, "example.com".
[[nodiscard]] std::optional<std::string> spelt_domain(std::string_view regex);

struct Slip {
  std::size_t begin = 0;
  std::size_t end = 0;
};
// The dots of names like `example.com` that match any character, each with the
// name around it.
struct BareDot {
  Slip name;
  std::size_t dot = 0;
};
[[nodiscard]] std::vector<BareDot> bare_dots(std::string_view regex);

// `.*`, `.+` and `.{3,}` between other things.
[[nodiscard]] std::vector<Slip> boundless_gaps(std::string_view regex);

// The most alternatives that one group, or the whole, has.
[[nodiscard]] std::size_t most_alternatives(std::string_view regex);

}  // namespace modcore::lint::style
