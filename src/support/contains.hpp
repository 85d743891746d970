// Whether a text holds another one.
#pragma once

#include <cstddef>
#include <string_view>

namespace modcore {

// Told by its first and its last byte in whole blocks, so that compilers use what lanes there
// are: std::string_view::find stops at each place where the first byte stands.
[[nodiscard]] inline bool contains(std::string_view text, std::string_view part) noexcept {
  constexpr std::size_t block = 32;
  if (part.empty() || part.size() > text.size()) return part.empty();
  const std::size_t last = part.size() - 1;
  std::size_t at = 0;
  for (; text.size() - last - at >= block; at += block) {
    const char* const places = text.data() + at;
    unsigned char seen = 0;
    for (std::size_t i = 0; i < block; ++i) {
      const unsigned first_here = places[i] == part.front() ? 1U : 0U;
      const unsigned last_here = places[i + last] == part.back() ? 1U : 0U;
      seen = static_cast<unsigned char>(seen | (first_here & last_here));
    }
    if (seen != 0 && text.substr(at, block + last).find(part) != std::string_view::npos) return true;
  }
  return text.substr(at).find(part) != std::string_view::npos;
}

}  // namespace modcore
