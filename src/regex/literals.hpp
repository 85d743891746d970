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

// The digits that every match contains with nothing but other characters than digits
// between them, and how many characters of a match stand before the first.
struct RequiredDigits {
  std::string digits;  // empty if there are none
  std::uint32_t before_min = 0;
  std::uint32_t before_max = unbounded;
};
[[nodiscard]] RequiredDigits required_digits(const Node& root);

// The rarest character without which there is no match: its ASCII byte in the fold of
// the text, `beyond_ascii` for any character beyond, 0 if there is none.
inline constexpr char beyond_ascii = '\x7f';
[[nodiscard]] char required_character(const Node& root);
// Whether few posts hold it.
[[nodiscard]] bool is_rare_character(char c) noexcept;

// Whether everything that PCRE2 takes for this letter without regard to case
// folds to the same at Level::accents.
[[nodiscard]] bool folds_with_its_cases(char32_t code_point) noexcept;
// Whether PCRE2 takes nothing else for it without regard to case, as far as is known here.
[[nodiscard]] bool has_no_case(char32_t code_point) noexcept;

}  // namespace modcore::regex
