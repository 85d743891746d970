// What is known of a character class: which ASCII characters it may and must
// match, and whether it may match others.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
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
  // And those that \w takes.
  bool may_word = false;
  bool must_word = false;
  bool only_numbers = false;  // of those beyond ASCII it takes numbers at most
  // Those beyond ASCII, if they are few, up to what PCRE2 takes for the same letter.
  static constexpr std::size_t most_listed = 6;
  std::array<char32_t, most_listed> beyond{};
  std::uint8_t listed = 0;
  bool all_listed = true;

  // May match one of those that is_letter() knows.
  [[nodiscard]] bool may_letter() const noexcept { return others && may_word && !only_numbers; }

  void add(char32_t first, char32_t last);
  void add(const CharSet& set);
  // Adds what PCRE2 takes for the same letter: the other case, `k` for the
  // Kelvin sign and `s` for the long s.
  void add_cases(char32_t first, char32_t last);
  [[nodiscard]] CharSet complement() const;

 private:
  void list(char32_t c);
};

// Whether it is a letter beyond ASCII of a common script, which \w takes, and neither \d nor \s,
// and which is no other case of an ASCII letter. Others are letters too.
[[nodiscard]] bool is_letter(char32_t c) noexcept;

[[nodiscard]] CharSet any_character();                  // also stands for an unknown property
[[nodiscard]] CharSet unknown_set();
// With characters beyond ASCII; with all numbers among them, or none; with all that \w
// takes, some, or none.
enum class Words : std::uint8_t { all, some, none };
[[nodiscard]] CharSet known_set(const AsciiSet& ascii, bool numbers, Words words);
// \d \w \s \h \v by their lower-case letter, as PCRE2 means them with UCP.
[[nodiscard]] CharSet class_escape(char letter);
// [:name:]; unknown_set() for a name that means different things by version.
[[nodiscard]] CharSet posix_class(std::string_view name);

}  // namespace modcore::regex
