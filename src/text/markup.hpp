// Formatting and entities, as far as they hide a word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace modcore::text {

// A formatting tag of HTML or BBCode at `at`: "<b>", "</span>", "[i]". Length 0:
// none. `breaks` tells whether a reader sees a new line there ("<br>").
struct Tag {
  std::uint32_t length = 0;
  bool breaks = false;
};
[[nodiscard]] Tag tag_at(std::string_view text, std::size_t at) noexcept;

// An HTML entity at `at`, numeric or one of the few names that hide letters.
// Length 0: none.
struct Entity {
  char32_t code_point = 0;
  std::uint32_t length = 0;
};
[[nodiscard]] Entity entity_at(std::string_view text, std::size_t at) noexcept;

}  // namespace modcore::text
