// Literals one of which every match of a regex contains.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "regex/node.hpp"

namespace modcore::regex {

struct RequiredLiterals {
  // Every match contains one of them, as written, up to folding to Level::accents.
  // Sorted; the rarest set of texts of three characters or more; empty if there is none.
  std::vector<std::string> texts;
  double bits = 0;  // how rare they are, all together
  // How many characters of a match stand before it: from, to.
  std::uint32_t before_min = 0;
  std::uint32_t before_max = unbounded;
};

[[nodiscard]] RequiredLiterals required_literals(const Node& root);
// Others, apart from those: every match contains one of these as well, in the same
// sense. Empty if there are none.
[[nodiscard]] std::vector<std::string> companion_literals(const Node& root,
                                                          const RequiredLiterals& literals);

// A regex that is nothing but one of some literals, between word edges or not.
struct PlainRegex {
  bool is_plain = false;
  bool edge_before = false;
  bool edge_after = false;
};

// In a pure ASCII text, without regard to case, a plain regex matches exactly where one of its
// required literals stands, with the edges, and at each place at most one of them.
[[nodiscard]] PlainRegex plain_regex(const Node& root);

}  // namespace modcore::regex
