// Reading several bytes of a text at once, also over its end.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace modcore::runtime {

// Eight bytes from `at` on, zeros behind the end.
[[nodiscard]] inline std::uint64_t bytes_at(std::string_view text, std::size_t at) noexcept {
  std::uint64_t bytes = 0;
  if (text.size() - at >= sizeof bytes) {
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
  } else {
    std::memcpy(&bytes, text.data() + at, text.size() - at);
  }
  return bytes;
}

}  // namespace modcore::runtime

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define MODCORE_LANES
#include <immintrin.h>

#define MODCORE_AVX2 __attribute__((target("avx2,popcnt,bmi")))

namespace modcore::runtime::lanes {

// Whether this processor has what MODCORE_AVX2 asks for.
inline bool supported() noexcept {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi");
}

inline constexpr std::size_t reach = 16;  // bytes

// Read from its byte n on it is a shuffle that moves sixteen bytes down by n, zeros behind them.
inline constexpr auto slide = [] {
  std::array<std::uint8_t, 2 * reach> table{};
  for (std::uint8_t i = 0; i < table.size(); ++i) table[i] = i < reach ? i : 0x80;
  return table;
}();

MODCORE_AVX2 inline __m128i load(const void* from) noexcept {
  return _mm_loadu_si128(static_cast<const __m128i*>(from));
}

// Sixteen bytes from `at` on, zeros behind the end.
MODCORE_AVX2 inline __m128i load_at(std::string_view text, std::size_t at) noexcept {
  if (at + reach <= text.size()) return load(text.data() + at);
  if (at >= text.size()) return _mm_setzero_si128();
  if (text.size() >= reach) {
    const std::size_t first = text.size() - reach;
    return _mm_shuffle_epi8(load(text.data() + first), load(slide.data() + (at - first)));
  }
  std::array<char, reach> padded{};
  std::memcpy(padded.data(), text.data() + at, text.size() - at);
  return load(padded.data());
}

MODCORE_AVX2 inline __m256i load32_at(std::string_view text, std::size_t at) noexcept {
  if (at + 2 * reach <= text.size()) return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text.data() + at));
  return _mm256_set_m128i(load_at(text, at + reach), load_at(text, at));
}

}  // namespace modcore::runtime::lanes
#endif
