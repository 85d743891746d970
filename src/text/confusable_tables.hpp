// Generated look-alikes: which Latin letters and digits a character can pass for.
#pragma once

#include <cstddef>
#include <cstdint>

namespace modcore::text::confusable {

enum Trait : std::uint8_t {
  sequence = 1U << 0,  // the letters stand one after the other (U+2121 reads "tel")
  foreign = 1U << 1,   // a letter of another script, honest among its own kind
};

// Of several letters the likeliest stands first. Characters that the accents fold
// already makes plain letters have none.
struct Record {
  char letters[5];
  std::uint8_t count;
  std::uint8_t traits;
};

extern const char version[];
extern const std::uint8_t stage1[];
extern const std::uint16_t stage2[];
extern const Record records[];

// `code_point` must be below 0x110000.
[[nodiscard]] inline const Record& record(char32_t code_point) noexcept {
  const std::size_t block = stage1[code_point >> 7U];
  return records[stage2[(block << 7U) | (code_point & 0x7FU)]];
}

}  // namespace modcore::text::confusable
