// What the text functions of the language count, besides what census.hpp tells. All total and linear.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace modcore::text {

[[nodiscard]] std::int64_t code_points(std::string_view text);   // U+FFFD counts for each ill-formed part
[[nodiscard]] std::int64_t count_lines(std::string_view text);   // lines with at least one character; LF, CRLF, CR

// A ratio as its two parts, so that a field of several pieces can add them up.
struct Ratio {
  std::int64_t part = 0;
  std::int64_t whole = 0;
};

// The most marks in a row; invisible characters neither count nor end it.
[[nodiscard]] std::int64_t marks_run(std::string_view text);

// Characters that show nothing and are no white space, without those of emoji and
// without joiners and direction marks behind a letter of another script than Latin,
// Greek and Cyrillic, which may need them. `emoji` is a buffer.
[[nodiscard]] std::int64_t count_invisible(std::string_view text, std::vector<Range>& emoji);

// The longest run of one character, compared as the accents level folds it; white
// space ends a run and makes none, invisible characters do neither.
[[nodiscard]] std::int64_t repeat_run(std::string_view text);

}  // namespace modcore::text
