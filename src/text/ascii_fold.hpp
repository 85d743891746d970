// The accents fold of ASCII, without a look at the tables.
#pragma once

#include <array>

namespace modcore::text {

// To what a character folds; 0 for those that vanish.
inline constexpr std::array<char, 128> ascii_fold = [] {
  std::array<char, 128> table{};
  for (char c = ' '; c < 0x7F; ++c) {
    const bool capital = c >= 'A' && c <= 'Z';
    table[static_cast<std::size_t>(c)] = static_cast<char>(capital ? c - 'A' + 'a' : c);
  }
  table['\t'] = ' ';
  for (const char c : {'\n', '\v', '\f', '\r'}) table[static_cast<std::size_t>(c)] = '\n';
  return table;
}();

}  // namespace modcore::text
