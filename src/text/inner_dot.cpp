#include "text/inner_dot.hpp"

#include <bit>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace modcore::text {

std::size_t next_inner_dot_portable(std::string_view text, std::size_t at) noexcept {
  for (; at + 1 < text.size(); ++at) {
    if (text[at] == '.' && continues_name(text[at + 1])) return at;
  }
  return std::string_view::npos;
}

#if defined(__SSE2__)
namespace {

constexpr std::size_t lane = 16;

// A bit for each of sixteen bytes that is such a dot. Signed: what is beyond ASCII lies below.
std::uint32_t dots_of(const char* at) noexcept {
  const auto load = [](const char* from) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from)); };
  const __m128i dots = _mm_cmpeq_epi8(load(at), _mm_set1_epi8('.'));
  const __m128i continued = _mm_cmpgt_epi8(load(at + 1), _mm_set1_epi8('0' - 1));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_and_si128(dots, continued)));
}

}  // namespace

std::size_t next_inner_dot(std::string_view text, std::size_t at) noexcept {
  if (text.size() <= lane) return next_inner_dot_portable(text, at);
  const std::size_t last = text.size() - lane - 1;  // where the last lane begins
  for (; at <= last; at += lane) {
    const std::uint32_t found = dots_of(text.data() + at);
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found));
  }
  if (at - last >= lane) return std::string_view::npos;
  const std::uint32_t found = dots_of(text.data() + last) >> (at - last);
  return found != 0 ? at + static_cast<std::size_t>(std::countr_zero(found)) : std::string_view::npos;
}
#else
std::size_t next_inner_dot(std::string_view text, std::size_t at) noexcept { return next_inner_dot_portable(text, at); }
#endif

}  // namespace modcore::text
