// What can be told about a regex without running it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "regex/char_set.hpp"
#include "regex/digits.hpp"
#include "regex/literals.hpp"
#include "regex/node.hpp"
#include "regex/spelling.hpp"

namespace modcore::regex {

// A problem with a place inside the pattern, in bytes of it.
struct Problem {
  enum class Kind : std::uint8_t { syntax, unsupported, too_big, matches_empty };
  Kind kind{};
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string message;     // lower case, no full stop
  std::string suggestion;  // a rewrite in words, may be empty
};

struct Analysis {
  std::vector<Problem> problems;  // empty: the regex is admitted
  RequiredLiterals required;
  std::vector<std::string> companions;  // companion_literals() of a regex that is not plain
  PlainRegex plain;
  RequiredDigits digits;
  AsciiSet needed = ~AsciiSet{};  // needed_characters() of a regex that is not plain
  bool opaque = false;  // nothing more can be told
  Node root;
  std::uint64_t cost = 0;  // static: states after expanding repeats, the same everywhere
};

// What is told of a regex that neither literals nor digits find.
struct Narrowing {
  RequiredSpelling spelling;
  std::array<char, 2> required_characters{};  // see there
  // For Hyperscan in byte mode with CASELESS: match in every ASCII text, or in
  // every valid UTF-8 text, that PCRE2 matches in, and in others too. Empty if
  // there is none of a bounded size.
  std::string ascii_filter;
  std::string utf8_filter;
};
[[nodiscard]] Narrowing narrow(const Analysis& analysis);

// A regex above this cost is too big.
inline constexpr std::uint64_t max_cost = 20'000;
// A pattern of more bytes is too big.
inline constexpr std::size_t max_pattern_bytes = 16'000;

// The truth is PCRE2's with UTF, UCP and CASELESS (without CASELESS if
// `case_sensitive`), searched in the text or in its fold. Problems that only
// PCRE2 knows (a wrong property name, a group that does not exist) are left to it.
[[nodiscard]] Analysis analyse(std::string_view pattern, bool case_sensitive);
// The problems alone.
[[nodiscard]] std::vector<Problem> problems_of(std::string_view pattern, bool case_sensitive);

}  // namespace modcore::regex
