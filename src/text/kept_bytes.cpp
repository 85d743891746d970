#include "text/kept_bytes.hpp"

#include <array>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define MODCORE_SHUFFLE
#include <immintrin.h>
#endif

namespace modcore::text {
namespace {

constexpr char separator = ' ';

// Of each byte: itself if it belongs to words, else the separator.
constexpr std::array<char, 256> word_bytes = [] {
  std::array<char, 256> table{};
  for (char& byte : table) byte = separator;
  for (char c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = c;
  for (char c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = c;
  return table;
}();

#if defined(MODCORE_SHUFFLE)

constexpr std::size_t lane = 16;

// For each choice of eight bytes, where in them those chosen stand.
constexpr auto shuffles = [] {
  std::array<std::array<std::uint8_t, 8>, 256> table{};
  for (std::size_t chosen = 0; chosen < table.size(); ++chosen) {
    std::size_t count = 0;
    for (std::uint8_t bit = 0; bit < 8; ++bit) {
      if ((chosen >> bit & 1U) != 0) table[chosen][count++] = bit;
    }
  }
  return table;
}();

#define MODCORE_TARGET __attribute__((target("ssse3,popcnt")))

__m128i marks_of_words(__m128i bytes) noexcept {
  const auto within = [bytes](char first, char last) {
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(first - 1))),
                         _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(last + 1))));
  };
  return _mm_or_si128(within('a', 'z'), within('0', '9'));
}

std::uint32_t bits_of(__m128i marks) noexcept { return static_cast<std::uint32_t>(_mm_movemask_epi8(marks)); }

// Sixteen bytes of a text from `at` on. At its end the bytes before stand in the lane too.
struct Lane {
  __m128i bytes;
  std::uint32_t own = 0xFFFFU;  // a bit for each byte that stands at `at` or behind
};
Lane lane_at(std::string_view text, std::size_t at) noexcept {
  const auto load = [](const char* from) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from)); };
  const std::size_t left = text.size() - at;
  if (left >= lane) return {load(text.data() + at)};
  if (text.size() >= lane) return {load(text.data() + text.size() - lane), 0xFFFFU << (lane - left) & 0xFFFFU};
  std::array<char, lane> padded{};
  std::memcpy(padded.data(), text.data() + at, left);
  return {load(padded.data()), (1U << left) - 1};
}

// Writes the chosen ones of eight bytes in the lower half; how many.
MODCORE_TARGET inline std::size_t put8(__m128i bytes, std::uint32_t chosen, char* out) noexcept {
  const __m128i places = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(shuffles[chosen].data()));
  _mm_storel_epi64(reinterpret_cast<__m128i*>(out), _mm_shuffle_epi8(bytes, places));
  return static_cast<std::size_t>(__builtin_popcount(chosen));
}

MODCORE_TARGET inline std::size_t put(__m128i bytes, std::uint32_t chosen, char* out) noexcept {
  const std::size_t first = put8(bytes, chosen & 0xFFU, out);
  return first + put8(_mm_srli_si128(bytes, 8), chosen >> 8U, out + first);
}

MODCORE_TARGET std::size_t keep_spelled_shuffled(std::string_view fold, char* out) noexcept {
  std::size_t size = 0;
  for (std::size_t at = 0; at < fold.size(); at += lane) {
    const Lane next = lane_at(fold, at);
    size += put(next.bytes, bits_of(marks_of_words(next.bytes)) & next.own, out + size);
  }
  return size;
}

MODCORE_TARGET Kept keep_words_shuffled(std::string_view fold, char* out) noexcept {
  Kept kept;
  while (kept.read < fold.size()) {
    const Lane next = lane_at(fold, kept.read);
    const __m128i words = marks_of_words(next.bytes);
    const __m128i seen = _mm_or_si128(_mm_and_si128(words, next.bytes),
                                      _mm_andnot_si128(words, _mm_set1_epi8(separator)));
    const std::uint32_t wide = bits_of(next.bytes) & next.own;
    const std::uint32_t shown = next.own & (wide != 0 ? (wide & (0U - wide)) - 1 : 0xFFFFU);
    const std::uint32_t separators = ~bits_of(words);
    // What stood before the first of them, which may be written already.
    const std::uint32_t first = next.own & (0U - next.own);
    const std::uint32_t before = *(out + kept.written - 1) == separator ? first : 0U;
    const std::uint32_t behind = (separators << 1U & ~first) | before;
    kept.written += put(seen, shown & ~(separators & behind), out + kept.written);
    kept.read += static_cast<std::size_t>(__builtin_popcount(shown));
    if (wide != 0) break;
  }
  return kept;
}
#endif

struct Ways {
  std::size_t (*spelled)(std::string_view, char*) noexcept = &keep_spelled_portable;
  Kept (*words)(std::string_view, char*) noexcept = &keep_words_portable;
};

Ways best() noexcept {
#if defined(MODCORE_SHUFFLE)
  if (__builtin_cpu_supports("ssse3") && __builtin_cpu_supports("popcnt")) {
    return {&keep_spelled_shuffled, &keep_words_shuffled};
  }
#endif
  return {};
}

const Ways& ways() noexcept {
  static const Ways chosen = best();
  return chosen;
}

}  // namespace

std::size_t keep_spelled_portable(std::string_view fold, char* out) noexcept {
  std::size_t size = 0;
  for (const char c : fold) {
    out[size] = c;
    size += word_bytes[static_cast<unsigned char>(c)] != separator ? 1U : 0U;
  }
  return size;
}

Kept keep_words_portable(std::string_view fold, char* out) noexcept {
  Kept kept;
  for (; kept.read < fold.size(); ++kept.read) {
    const auto byte = static_cast<unsigned char>(fold[kept.read]);
    if (byte >= 0x80) break;
    const bool again = word_bytes[byte] == separator && *(out + kept.written - 1) == separator;
    out[kept.written] = word_bytes[byte];
    kept.written += again ? 0U : 1U;
  }
  return kept;
}

std::size_t keep_spelled(std::string_view fold, char* out) noexcept { return ways().spelled(fold, out); }
Kept keep_words(std::string_view fold, char* out) noexcept { return ways().words(fold, out); }

}  // namespace modcore::text
