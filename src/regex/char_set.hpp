// What is known of a character class: which ASCII characters it may and must
// match, and whether it may match others.
#pragma once

#include <bitset>
#include <string_view>

namespace modcore::regex {

using AsciiSet = std::bitset<128>;

// Two bounds, so that the complement of a class that is not known exactly is
// still a superset: the complement of what it must match.
struct CharSet {
  AsciiSet may;
  AsciiSet must;
  bool others = false;  // may match characters beyond ASCII
  // May, and must, match all those beyond ASCII that are numbers of some kind.
  bool may_number = false;
  bool must_number = false;

  void add(char32_t first, char32_t last);
  void add(const CharSet& set);
  // Adds what PCRE2 takes for the same letter: the other case, `k` for the
  // Kelvin sign and `s` for the long s.
  void add_cases(char32_t first, char32_t last);
  [[nodiscard]] CharSet complement() const;
};

[[nodiscard]] CharSet any_character();                  // also stands for an unknown property
[[nodiscard]] CharSet unknown_set();
// With characters beyond ASCII; with all numbers among them, or none.
[[nodiscard]] CharSet known_set(const AsciiSet& ascii, bool numbers);
// \d \w \s \h \v by their lower-case letter, as PCRE2 means them with UCP.
[[nodiscard]] CharSet class_escape(char letter);
// [:name:]; unknown_set() for a name that means different things by version.
[[nodiscard]] CharSet posix_class(std::string_view name);

}  // namespace modcore::regex
