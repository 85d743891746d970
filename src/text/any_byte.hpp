// Whether a text holds one of a few ASCII characters, many bytes at once.
#pragma once

#include <cstddef>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace modcore::text {

template <char... wanted>
[[nodiscard]] bool holds_any(std::string_view text) noexcept {
  std::size_t at = 0;
#if defined(__SSE2__)
  for (; text.size() - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    __m128i found = _mm_setzero_si128();
    ((found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted)))), ...);
    if (_mm_movemask_epi8(found) != 0) return true;
  }
#endif
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (((c == wanted) || ...)) return true;
  }
  return false;
}

}  // namespace modcore::text
