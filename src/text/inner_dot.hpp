// Where a text has a dot inside a name, as hosts have.
#pragma once

#include <cstddef>
#include <string_view>

namespace modcore::text {

// What no text has behind the dot that ends a sentence: in ASCII a letter, a digit, and
// what stands beside those in the table.
[[nodiscard]] constexpr bool continues_name(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= '0' && byte < 0x80;
}

// The next dot from `at` on with such a character behind it; npos if there is none.
[[nodiscard]] std::size_t next_inner_dot(std::string_view text, std::size_t at) noexcept;
// The same for every processor: what the tests compare with.
[[nodiscard]] std::size_t next_inner_dot_portable(std::string_view text, std::size_t at) noexcept;

}  // namespace modcore::text
