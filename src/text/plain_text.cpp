#include "text/plain_text.hpp"

#include <array>
#include <bit>
#include <cstdint>

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define MODCORE_AVX2
#include <immintrin.h>
#endif

namespace modcore::text {
namespace {

constexpr char lower(char c) noexcept {
  return static_cast<char>(c | (c >= 'A' && c <= 'Z' ? 0x20 : 0));
}
constexpr bool is_plain(char c) noexcept { return (c >= ' ' && c <= '~') || c == '\n'; }

constexpr std::array<std::uint8_t, 256> sign_table = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0; c < 128; ++c) table[c] = signs_of(static_cast<char>(c)).bits;
  return table;
}();

// One after the other.
std::size_t copy_bytes(const char* in, std::size_t size, char* out, Signs& signs) noexcept {
  for (std::size_t at = 0; at < size; ++at) {
    if (!is_plain(in[at])) return at;
    signs.add({sign_table[static_cast<unsigned char>(in[at])]});
    out[at] = lower(in[at]);
  }
  return size;
}

#if defined(MODCORE_AVX2)

// The signs of a byte are those that both of its halves have. For bytes beyond ASCII
// the shuffle gives none.
struct SignTables {
  alignas(16) std::array<std::uint8_t, 16> low{}, high{};
};
constexpr SignTables sign_tables = [] {
  SignTables tables;
  for (std::size_t c = 0; c < 128; ++c) {
    tables.low[c & 15U] |= sign_table[c];
    tables.high[c >> 4U] |= sign_table[c];
  }
  return tables;
}();
static_assert([] {
  for (std::size_t c = 0; c < 128; ++c) {
    if ((sign_tables.low[c & 15U] & sign_tables.high[c >> 4U]) != sign_table[c]) return false;
  }
  return true;
}());

#define MODCORE_TARGET __attribute__((target("avx2,bmi")))

// Of each kind of lane: copies it and returns a bit for each byte that is not plain.
MODCORE_TARGET inline std::uint32_t copy32(const char* in, char* out, __m256i low, __m256i high,
                                           __m256i& signs) noexcept {
  const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(in));
  const __m256i capital = _mm256_and_si256(_mm256_cmpgt_epi8(bytes, _mm256_set1_epi8('A' - 1)),
                                           _mm256_cmpgt_epi8(_mm256_set1_epi8('Z' + 1), bytes));
  const __m256i lowered = _mm256_or_si256(bytes, _mm256_and_si256(capital, _mm256_set1_epi8(0x20)));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), lowered);
  const __m256i upper_half = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0F));
  signs = _mm256_or_si256(signs, _mm256_and_si256(_mm256_shuffle_epi8(low, bytes),
                                                  _mm256_shuffle_epi8(high, upper_half)));
  // Signed: a byte beyond ASCII lies below the space.
  const __m256i below = _mm256_andnot_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n')),
                                            _mm256_cmpgt_epi8(_mm256_set1_epi8(' '), bytes));
  const __m256i others = _mm256_or_si256(below, _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(0x7F)));
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(others));
}

MODCORE_TARGET inline std::uint32_t lower16(__m128i bytes, __m128i& lowered, __m128i& signs) noexcept {
  const __m128i capital = _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8('A' - 1)),
                                        _mm_cmpgt_epi8(_mm_set1_epi8('Z' + 1), bytes));
  lowered = _mm_or_si128(bytes, _mm_and_si128(capital, _mm_set1_epi8(0x20)));
  const __m128i low = _mm_load_si128(reinterpret_cast<const __m128i*>(sign_tables.low.data()));
  const __m128i high = _mm_load_si128(reinterpret_cast<const __m128i*>(sign_tables.high.data()));
  const __m128i upper_half = _mm_and_si128(_mm_srli_epi16(bytes, 4), _mm_set1_epi8(0x0F));
  signs = _mm_or_si128(signs,
                       _mm_and_si128(_mm_shuffle_epi8(low, bytes), _mm_shuffle_epi8(high, upper_half)));
  const __m128i below = _mm_andnot_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')),
                                         _mm_cmpgt_epi8(_mm_set1_epi8(' '), bytes));
  const __m128i others = _mm_or_si128(below, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F)));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(others));
}

MODCORE_TARGET inline Signs gathered(__m128i signs) noexcept {
  signs = _mm_or_si128(signs, _mm_srli_si128(signs, 8));
  auto bits = static_cast<std::uint64_t>(_mm_cvtsi128_si64(signs));
  bits |= bits >> 32U;
  bits |= bits >> 16U;
  bits |= bits >> 8U;
  return {static_cast<std::uint8_t>(bits)};
}

// Fewer than 32 bytes: two lanes that overlap cover them.
MODCORE_TARGET std::size_t copy_short(const char* in, std::size_t size, char* out, Signs& signs) noexcept {
  __m128i seen = _mm_setzero_si128();
  __m128i lowered;
  std::size_t lane = 16;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  if (size >= 16) {
    const auto load = [](const char* from) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from)); };
    const __m128i end = load(in + size - lane);
    first = lower16(load(in), lowered, seen);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), lowered);
    last = lower16(end, lowered, seen);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + size - lane), lowered);
  } else if (size >= 8) {
    lane = 8;
    const auto load = [](const char* from) { return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from)); };
    const __m128i end = load(in + size - lane);
    first = lower16(load(in), lowered, seen) & 0xFFU;
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out), lowered);
    last = lower16(end, lowered, seen) & 0xFFU;
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out + size - lane), lowered);
  } else {
    return copy_bytes(in, size, out, signs);
  }
  signs.add(gathered(seen));
  if (first != 0) return static_cast<std::size_t>(std::countr_zero(first));
  return last != 0 ? size - lane + static_cast<std::size_t>(std::countr_zero(last)) : size;
}

MODCORE_TARGET std::size_t copy_plain_avx2(const char* in, std::size_t size, char* out, Signs& signs) noexcept {
  constexpr std::size_t lane = 32;
  if (size < lane) return copy_short(in, size, out, signs);
  const __m256i low = _mm256_broadcastsi128_si256(
      _mm_load_si128(reinterpret_cast<const __m128i*>(sign_tables.low.data())));
  const __m256i high = _mm256_broadcastsi128_si256(
      _mm_load_si128(reinterpret_cast<const __m128i*>(sign_tables.high.data())));
  __m256i seen = _mm256_setzero_si256();
  std::size_t at = 0;
  std::uint32_t others = 0;
  for (;;) {
    others = copy32(in + at, out + at, low, high, seen);
    if (others != 0 || at + lane == size) break;
    at = at + 2 * lane <= size ? at + lane : size - lane;  // the last one overlaps
  }
  signs.add(gathered(_mm_or_si128(_mm256_castsi256_si128(seen), _mm256_extracti128_si256(seen, 1))));
  return others != 0 ? at + static_cast<std::size_t>(std::countr_zero(others)) : size;
}
#endif

using CopyPlain = std::size_t (*)(const char*, std::size_t, char*, Signs&) noexcept;

CopyPlain best() noexcept {
#if defined(MODCORE_AVX2)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) return &copy_plain_avx2;
#endif
  return &copy_plain_portable;
}

}  // namespace

// Blocks in which all is plain, written so that compilers use what lanes there are.
std::size_t copy_plain_portable(const char* in, std::size_t size, char* out, Signs& signs) noexcept {
  constexpr std::size_t block = 16;
  std::size_t at = 0;
  for (; size - at >= block; at += block) {
    std::uint8_t others = 0;
    std::array<std::uint8_t, block> seen{};
    for (std::size_t i = 0; i < block; ++i) {
      const auto c = static_cast<unsigned char>(in[at + i]);
      const auto is = [c](unsigned first, unsigned count) {
        return static_cast<std::uint8_t>(static_cast<unsigned char>(c - first) < count);
      };
      others = static_cast<std::uint8_t>(others | ((is(' ', 95) | is('\n', 1)) ^ 1U));
      out[at + i] = static_cast<char>(c | (is('A', 26) << 5U));
      seen[i] = static_cast<std::uint8_t>(
          (is('`', 1) ? sign::backtick.bits : 0U) | ((is('~', 1) | is('>', 1)) != 0 ? sign::tilde_or_greater.bits : 0U) |
          (is('[', 1) ? sign::bracket.bits : 0U) | (is('-', 1) ? sign::dash.bits : 0U) |
          (is('\n', 1) ? sign::line_end.bits : 0U) | (is('0', 10) ? sign::digit.bits : 0U));
    }
    if (others != 0) break;
    for (const std::uint8_t bits : seen) signs.add({bits});
  }
  return at + copy_bytes(in + at, size - at, out + at, signs);
}

std::size_t copy_plain(const char* in, std::size_t size, char* out, Signs& signs) noexcept {
  static const CopyPlain chosen = best();
  return chosen(in, size, out, signs);
}

}  // namespace modcore::text
