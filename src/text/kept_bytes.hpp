// Copying some bytes of a folded text and leaving out others, many at once.
#pragma once

#include <cstddef>
#include <string_view>

namespace modcore::text {

// What is written behind the copied bytes at most, into room that must be there.
inline constexpr std::size_t kept_slack = 16;

// Copies the small ASCII letters and the digits. Returns how many.
std::size_t keep_spelled(std::string_view fold, char* out) noexcept;

struct Kept {
  std::size_t read = 0;
  std::size_t written = 0;
  bool operator==(const Kept&) const = default;
};
// Copies ASCII up to the first byte beyond, each run of what is neither small letter nor
// digit as one space. Before `out` stands what was written before: if that is a space,
// the text begins inside such a run.
Kept keep_words(std::string_view fold, char* out) noexcept;

// The same for every processor: what the tests compare with.
std::size_t keep_spelled_portable(std::string_view fold, char* out) noexcept;
Kept keep_words_portable(std::string_view fold, char* out) noexcept;

}  // namespace modcore::text
