#include "runtime/byte_gate.hpp"

#include <algorithm>

#include "runtime/lanes.hpp"

namespace modcore::runtime {

void ByteGate::add(std::string_view window, std::size_t group) {
  Part& part = parts[group / groups];
  const auto bit = static_cast<std::uint8_t>(1U << (group % groups));
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      if (i < window.size() && byte != static_cast<unsigned char>(window[i])) continue;
      part.bytes[i][byte & 0x7FU] |= bit;
      part.low[i][byte & 15U] |= bit;
      part.high[i][byte >> 4U] |= bit;
    }
  }
}

std::size_t find_gated_portable(const ByteGate& gate, std::string_view text, std::size_t begin, std::size_t end,
                                std::uint32_t* out) noexcept {
  std::size_t count = 0;
  for (std::size_t at = begin; at < end; ++at) {
    out[count] = static_cast<std::uint32_t>(at);
    count += gate.may_hold(bytes_at(text, at)) ? 1U : 0U;
  }
  return count;
}

#if defined(MODCORE_LANES)
namespace {

using Part = ByteGate::Part;

// Writes the places of the bits, a few without a branch that nobody could predict.
MODCORE_AVX2 inline std::size_t put(std::uint64_t found, std::size_t at, std::uint32_t* out) noexcept {
  constexpr std::size_t few = 3;
  const auto count = static_cast<std::size_t>(_mm_popcnt_u64(found));
  for (std::size_t i = 0; i < few || found != 0; ++i, found = _blsr_u64(found)) {
    out[i] = static_cast<std::uint32_t>(at + _tzcnt_u64(found));
  }
  return count;
}

MODCORE_AVX2 inline __m256i table_of(const Part::Halves& half) noexcept {
  return _mm256_broadcastsi128_si256(lanes::load(half.data()));
}

// Thirty-two places at once.
template <std::size_t parts>
MODCORE_AVX2 std::size_t find_avx2(const Part* part, std::string_view text, std::size_t begin, std::size_t end,
                                   std::uint32_t* out) noexcept {
  constexpr std::size_t lane = 2 * lanes::reach;
  const __m256i half_mask = _mm256_set1_epi8(0x0F);
  std::size_t count = 0;
  for (std::size_t at = begin; at < end; at += lane) {
    __m256i left[parts];
    for (__m256i& one : left) one = _mm256_set1_epi8(-1);
    for (std::size_t i = 0; i < ByteGate::size; ++i) {
      const __m256i bytes = lanes::load32_at(text, at + i);
      const __m256i lower = _mm256_and_si256(bytes, half_mask);
      const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half_mask);
      for (std::size_t p = 0; p < parts; ++p) {
        left[p] = _mm256_and_si256(left[p], _mm256_shuffle_epi8(table_of(part[p].low[i]), lower));
        left[p] = _mm256_and_si256(left[p], _mm256_shuffle_epi8(table_of(part[p].high[i]), upper));
      }
    }
    for (std::size_t p = 1; p < parts; ++p) left[0] = _mm256_or_si256(left[0], left[p]);
    auto found = ~static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(left[0], _mm256_setzero_si256())));
    if (end - at < lane) found &= (1U << (end - at)) - 1;
    count += put(found, at, out + count);
  }
  return count;
}

#define MODCORE_VBMI __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,bmi,bmi2,popcnt")))

// As many of the lowest bits, of less than 256.
MODCORE_VBMI inline std::uint64_t lowest(std::size_t count) noexcept {
  return _bzhi_u64(~std::uint64_t{0}, static_cast<unsigned>(count));
}

// Sixty-four places at once, each byte looked up as it is.
template <std::size_t parts>
MODCORE_VBMI std::size_t find_vbmi(const Part* part, std::string_view text, std::size_t begin, std::size_t end,
                                   std::uint32_t* out) noexcept {
  constexpr std::size_t lane = 64;
  __m512i low[parts][ByteGate::size], high[parts][ByteGate::size];
  for (std::size_t p = 0; p < parts; ++p) {
    for (std::size_t i = 0; i < ByteGate::size; ++i) {
      low[p][i] = _mm512_loadu_si512(part[p].bytes[i].data());
      high[p][i] = _mm512_loadu_si512(part[p].bytes[i].data() + lane);
    }
  }
  std::size_t count = 0;
  for (std::size_t at = begin; at < end; at += lane) {
    const std::size_t rest = text.size() - at;
    __m512i left[parts];
    for (__m512i& one : left) one = _mm512_set1_epi8(-1);
    for (std::size_t i = 0; i < ByteGate::size; ++i) {
      const __m512i bytes = rest >= lane + ByteGate::size
                                ? _mm512_loadu_si512(text.data() + at + i)
                                : _mm512_maskz_loadu_epi8(lowest(rest > i ? rest - i : 0), text.data() + at + i);
      for (std::size_t p = 0; p < parts; ++p) {
        left[p] = _mm512_and_si512(left[p], _mm512_permutex2var_epi8(low[p][i], bytes, high[p][i]));
      }
    }
    std::uint64_t found = 0;
    for (std::size_t p = 0; p < parts; ++p) found |= _mm512_test_epi8_mask(left[p], left[p]);
    count += put(found & lowest(std::min(end - at, lane)), at, out + count);
  }
  return count;
}

using Find = std::size_t (*)(const Part*, std::string_view, std::size_t, std::size_t, std::uint32_t*) noexcept;
using Finds = std::array<Find, ByteGate::most_parts>;  // by how many parts there are

constexpr Finds avx2{&find_avx2<1>, &find_avx2<2>}, vbmi{&find_vbmi<1>, &find_vbmi<2>};

const Finds* best() noexcept {
  if (!lanes::supported()) return nullptr;
  const bool has_vbmi = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                        __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("bmi2");
  return has_vbmi ? &vbmi : &avx2;
}

}  // namespace

bool has_sharp_gates() noexcept { return best() == &vbmi; }

std::size_t find_gated(const ByteGate& gate, std::string_view text, std::size_t begin, std::size_t end,
                       std::uint32_t* out) noexcept {
  static const Finds* const chosen = best();
  if (chosen == nullptr) return find_gated_portable(gate, text, begin, end, out);
  return (*chosen)[gate.parts.size() - 1](gate.parts.data(), text, begin, end, out);
}
#else
bool has_sharp_gates() noexcept { return false; }

std::size_t find_gated(const ByteGate& gate, std::string_view text, std::size_t begin, std::size_t end,
                       std::uint32_t* out) noexcept {
  return find_gated_portable(gate, text, begin, end, out);
}
#endif

}  // namespace modcore::runtime
