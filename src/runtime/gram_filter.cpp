#include "runtime/gram_filter.hpp"

#include "runtime/lanes.hpp"

namespace modcore::runtime {
namespace {

// Without a branch for each place, which nobody could predict.
template <bool shorts_too>
void find(const GramFilter& filter, std::string_view text, std::size_t begin, std::size_t end,
          GramPlaces& out) noexcept {
  std::size_t grams = 0, shorts = 0;
  const auto look_for_short = [&](std::size_t at, std::uint64_t bytes) {
    const ShortGram gram{static_cast<std::uint32_t>(bytes)};
    out.shorts[shorts] = static_cast<std::uint32_t>(at);
    shorts += filter.may_hold(gram) ? 1U : 0U;
  };
  for (std::size_t at = begin; at < end; at += GramFilter::step) {
    const std::uint64_t bytes = bytes_at(text, at);
    out.grams[grams] = static_cast<std::uint32_t>(at);
    grams += filter.may_hold(Gram::of(bytes)) ? 1U : 0U;
    if constexpr (!shorts_too) continue;
    look_for_short(at, bytes);
    if (at + 1 < end) look_for_short(at + 1, bytes >> 8U);
  }
  out.gram_count = grams;
  if (shorts_too) out.short_count = shorts;
}

#if defined(MODCORE_LANES)
using lanes::load_at;
using lanes::reach;

constexpr std::size_t half = 8;    // bytes of text in each half of a lane
constexpr std::size_t lane = 2 * half;

// For each choice of eight, which are chosen.
constexpr auto chosen_of = [] {
  std::array<std::array<std::uint8_t, 8>, 256> table{};
  for (std::size_t chosen = 0; chosen < table.size(); ++chosen) {
    std::size_t count = 0;
    for (std::uint8_t one = 0; one < 8; ++one) {
      if ((chosen >> one & 1U) != 0) table[chosen][count++] = one;
    }
  }
  return table;
}();

MODCORE_AVX2 inline __m256i all(std::uint32_t number) noexcept { return _mm256_set1_epi32(static_cast<int>(number)); }

// One after the other, which takes half the time of a gather.
MODCORE_AVX2 inline __m256i words_at(const std::uint32_t* words, __m256i indexes) noexcept {
  const auto index = [](long long two) { return static_cast<std::uint64_t>(two); };
  const std::uint64_t a = index(_mm256_extract_epi64(indexes, 0)), b = index(_mm256_extract_epi64(indexes, 1));
  const std::uint64_t c = index(_mm256_extract_epi64(indexes, 2)), d = index(_mm256_extract_epi64(indexes, 3));
  const auto word = [words](std::uint64_t at) { return static_cast<int>(words[at]); };
  return _mm256_setr_epi32(word(a & 0xFFFFFFFFU), word(a >> 32U), word(b & 0xFFFFFFFFU), word(b >> 32U),
                           word(c & 0xFFFFFFFFU), word(c >> 32U), word(d & 0xFFFFFFFFU), word(d >> 32U));
}

// The lowest bit of each number.
MODCORE_AVX2 inline std::uint32_t bits_of(__m256i marks) noexcept {
  return static_cast<std::uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_slli_epi32(marks, 31))));
}

// Four bytes each from `first` on in each half, `step` apart.
MODCORE_AVX2 inline __m256i fours(__m256i bytes, int first, int step) noexcept {
  const __m256i each = _mm256_set1_epi32(0x03020100);
  const __m256i steps = _mm256_setr_epi32(0, 0x01010101, 0x02020202, 0x03030303, 0, 0x01010101, 0x02020202, 0x03030303);
  return _mm256_shuffle_epi8(bytes, _mm256_add_epi8(_mm256_add_epi8(each, _mm256_set1_epi8(static_cast<char>(first))),
                                                    step == 2 ? _mm256_add_epi8(steps, steps) : steps));
}

// At the places 0, 2, 4... of a lane.
MODCORE_AVX2 inline std::uint32_t find_grams(const GramFilter& filter, __m256i bytes) noexcept {
  static_assert(GramFilter::step == 2);
  const __m256i sum = _mm256_add_epi32(fours(bytes, 0, 2), _mm256_srli_epi32(fours(bytes, 1, 2), Gram::last_shift));
  const __m256i hash = _mm256_mullo_epi32(sum, all(gram_multiplier));
  const __m128i shift = _mm_cvtsi32_si128(static_cast<int>(filter.shift));
  const __m256i words = words_at(filter.grams.data(), _mm256_srl_epi32(hash, shift));
  const __m256i mask = all(GramFilter::bit_mask);
  const __m256i high = _mm256_and_si256(_mm256_srli_epi32(hash, GramFilter::high_bit_shift), mask);
  const __m256i low = _mm256_and_si256(_mm256_srli_epi32(hash, GramFilter::low_bit_shift), mask);
  return bits_of(_mm256_and_si256(_mm256_srlv_epi32(words, high), _mm256_srlv_epi32(words, low)));
}

// At four places of each half from `first` on.
MODCORE_AVX2 inline std::uint32_t find_shorts(const GramFilter& filter, __m256i bytes, int first) noexcept {
  const __m256i four = fours(bytes, first, 1);
  const __m256i hash = _mm256_mullo_epi32(_mm256_and_si256(four, all(0x00FFFFFFU)), all(gram_multiplier));
  const __m256i words = words_at(filter.shorts.data(), _mm256_srli_epi32(hash, GramFilter::short_shift));
  const __m256i sum = _mm256_add_epi32(_mm256_srli_epi32(four, 24), _mm256_srli_epi32(hash, ShortGram::behind_shift));
  return bits_of(_mm256_srlv_epi32(words, _mm256_and_si256(sum, all(ShortGram::most_behind))));
}

// Writes the chosen ones of eight places; how many.
MODCORE_AVX2 inline std::size_t put(std::uint32_t chosen, std::size_t at, int step, std::uint32_t* out) noexcept {
  const __m128i ones = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(chosen_of[chosen].data()));
  const __m256i numbers = _mm256_cvtepu8_epi32(ones);
  const __m256i places = step == 2 ? _mm256_add_epi32(numbers, numbers) : numbers;
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm256_add_epi32(places, all(static_cast<std::uint32_t>(at))));
  return static_cast<std::size_t>(__builtin_popcount(chosen));
}

MODCORE_AVX2 inline __m256i load_lane(std::string_view text, std::size_t at) noexcept {
  if (at + half + reach <= text.size()) {
    return _mm256_set_m128i(lanes::load(text.data() + at + half), lanes::load(text.data() + at));
  }
  return _mm256_set_m128i(load_at(text, at + half), load_at(text, at));
}

// Sixteen bytes at once.
template <bool shorts_too>
MODCORE_AVX2 void find_avx2(const GramFilter& filter, std::string_view text, std::size_t begin, std::size_t end,
                              GramPlaces& out) noexcept {
  std::size_t grams = 0, shorts = 0;
  for (std::size_t at = begin; at < end; at += lane) {
    const __m256i bytes = load_lane(text, at);
    const std::size_t left = end - at;
    const std::uint32_t even = left < lane ? (1U << (left + 1) / 2) - 1 : 0xFFU;
    grams += put(find_grams(filter, bytes) & even, at, 2, out.grams.data() + grams);
    if constexpr (!shorts_too) continue;
    const std::uint32_t within = left < lane ? (1U << left) - 1 : 0xFFFFU;
    const std::uint32_t first = find_shorts(filter, bytes, 0), second = find_shorts(filter, bytes, 4);
    const std::uint32_t low = ((first & 0x0FU) | second << 4U) & 0xFFU & within;
    const std::uint32_t high = (first >> 4U | (second & 0xF0U)) & within >> half;
    shorts += put(low, at, 1, out.shorts.data() + shorts);
    shorts += put(high, at + half, 1, out.shorts.data() + shorts);
  }
  out.gram_count = grams;
  if (shorts_too) out.short_count = shorts;
}
#endif

using Find = void (*)(const GramFilter&, std::string_view, std::size_t, std::size_t, GramPlaces&) noexcept;
using Finds = std::array<Find, 2>;  // by whether short grams are looked for too

constexpr Finds portable{&find<false>, &find<true>};

const Finds& best() noexcept {
#if defined(MODCORE_LANES)
  static constexpr Finds avx2{&find_avx2<false>, &find_avx2<true>};
  if (lanes::supported()) return avx2;
#endif
  return portable;
}

void look(const Finds& finds, const GramFilter& filter, std::string_view text, std::size_t begin, std::size_t end,
          GramPlaces& out) noexcept {
  if (filter.grams.empty() && filter.shorts.empty()) return;
  finds[filter.shorts.empty() ? 0 : 1](filter, text, begin, end, out);
}

}  // namespace

void find_places(const GramFilter& filter, std::string_view text, std::size_t begin, std::size_t end,
                 GramPlaces& out) noexcept {
  static const Finds& chosen = best();
  out.gram_count = out.short_count = 0;
  if (!filter.gate.empty()) out.short_count = find_gated(filter.gate, text, begin, end, out.shorts.data());
  look(chosen, filter, text, begin, end, out);
}

void find_places_portable(const GramFilter& filter, std::string_view text, std::size_t begin, std::size_t end,
                          GramPlaces& out) noexcept {
  out.gram_count = out.short_count = 0;
  if (!filter.gate.empty()) out.short_count = find_gated_portable(filter.gate, text, begin, end, out.shorts.data());
  look(portable, filter, text, begin, end, out);
}

}  // namespace modcore::runtime
