#include "text/ascii_counts.hpp"

#include <array>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace modcore::text {
namespace {

#if defined(__SSE2__)
// Sixteen bytes; a mark is a byte of ones.
class LaneCounter {
 public:
  static constexpr std::size_t size = 16;

  // False if one of the bytes is neither printable ASCII nor white space.
  bool add(const char* in) noexcept {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(in));
    const __m128i spaces = _mm_or_si128(within(bytes, '\t', '\r'), _mm_cmpeq_epi8(bytes, all(' ')));
    // What is beyond ASCII is negative here.
    const __m128i printable = _mm_andnot_si128(_mm_cmpeq_epi8(bytes, all(0x7F)), _mm_cmpgt_epi8(bytes, all(' ')));
    if (_mm_movemask_epi8(_mm_or_si128(printable, spaces)) != 0xFFFF) return false;
    const __m128i letters = within(_mm_or_si128(bytes, all(0x20)), 'a', 'z');
    const __m128i digits = within(bytes, '0', '9');
    const __m128i words = _mm_or_si128(letters, digits);
    const __m128i before = _mm_or_si128(_mm_slli_si128(words, 1), _mm_srli_si128(last_words_, 15));
    last_words_ = words;
    count(letters_, letters);
    count(capitals_, within(bytes, 'A', 'Z'));
    count(digits_, digits);
    count(spaces_, spaces);
    count(words_, _mm_andnot_si128(before, words));
    if (++lanes_ == most_lanes) flush();
    return true;
  }

  [[nodiscard]] AsciiCounts counts() noexcept {
    flush();
    return counts_;
  }

 private:
  static constexpr int most_lanes = 255;  // what a byte can count

  static __m128i all(int byte) noexcept { return _mm_set1_epi8(static_cast<char>(byte)); }
  static __m128i within(__m128i bytes, int first, int last) noexcept {
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, all(first - 1)), _mm_cmpgt_epi8(all(last + 1), bytes));
  }
  static void count(__m128i& sums, __m128i marks) noexcept { sums = _mm_sub_epi8(sums, marks); }
  static std::int64_t taken(__m128i& sums) noexcept {
    const __m128i halves = _mm_sad_epu8(sums, _mm_setzero_si128());
    sums = _mm_setzero_si128();
    return _mm_cvtsi128_si64(halves) + _mm_cvtsi128_si64(_mm_srli_si128(halves, 8));
  }

  void flush() noexcept {
    counts_.letters += taken(letters_);
    counts_.capitals += taken(capitals_);
    counts_.digits += taken(digits_);
    counts_.spaces += taken(spaces_);
    counts_.words += taken(words_);
    lanes_ = 0;
  }

  AsciiCounts counts_;
  __m128i letters_ = _mm_setzero_si128(), capitals_ = letters_, digits_ = letters_;
  __m128i spaces_ = letters_, words_ = letters_, last_words_ = letters_;
  int lanes_ = 0;
};
#else
class LaneCounter {
 public:
  static constexpr std::size_t size = 16;

  bool add(const char* in) noexcept {
    for (std::size_t i = 0; i < size; ++i) {
      const char c = in[i];
      const bool capital = c >= 'A' && c <= 'Z';
      const bool letter = capital || (c >= 'a' && c <= 'z');
      const bool digit = c >= '0' && c <= '9';
      const bool space = c == ' ' || (c >= '\t' && c <= '\r');
      if (!space && (c < '!' || c > '~')) return false;
      counts_.letters += letter ? 1 : 0;
      counts_.capitals += capital ? 1 : 0;
      counts_.digits += digit ? 1 : 0;
      counts_.spaces += space ? 1 : 0;
      counts_.words += (letter || digit) && !in_word_ ? 1 : 0;
      in_word_ = letter || digit;
    }
    return true;
  }

  [[nodiscard]] AsciiCounts counts() const noexcept { return counts_; }

 private:
  AsciiCounts counts_;
  bool in_word_ = false;
};
#endif

}  // namespace

std::optional<AsciiCounts> count_ascii(std::string_view text) noexcept {
  LaneCounter counter;
  std::size_t at = 0;
  for (; text.size() - at >= LaneCounter::size; at += LaneCounter::size) {
    if (!counter.add(text.data() + at)) return std::nullopt;
  }
  std::array<char, LaneCounter::size> rest;
  rest.fill('-');  // is counted nowhere
  if (at < text.size()) std::memcpy(rest.data(), text.data() + at, text.size() - at);
  if (!counter.add(rest.data())) return std::nullopt;
  return counter.counts();
}

}  // namespace modcore::text
