// The words of a words view by their hashes: which ones a text may hold, before anyone
// looks for a place.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace modcore::text {

// Of a folded word.
[[nodiscard]] std::uint32_t word_hash(std::string_view word) noexcept;

namespace detail {

[[nodiscard]] inline std::uint32_t mixed(std::uint64_t first, std::uint64_t last,
                                         std::size_t length) noexcept {
  const std::uint64_t sum =
      (first ^ (last << 29U | last >> 35U) ^ length) * std::uint64_t{0x9E3779B97F4A7C15};
  return static_cast<std::uint32_t>(sum >> 32U);
}

// word_hash() of a part of a text, read in whole blocks where the text goes on.
[[nodiscard]] inline std::uint32_t hash_at(std::string_view text, std::size_t begin,
                                           std::size_t end) noexcept {
  constexpr std::size_t block = sizeof(std::uint64_t);
  const std::size_t length = end - begin;
  if (std::endian::native != std::endian::little || begin + block > text.size() || length == 0) {
    return word_hash(text.substr(begin, length));
  }
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::memcpy(&first, text.data() + begin, block);
  if (length < block) first &= (std::uint64_t{1} << (8 * length)) - 1;
  if (length > block) std::memcpy(&last, text.data() + end - block, block);
  return mixed(first, last, length);
}

// A bit for each separator among the next sixteen bytes, or those that are left.
[[nodiscard]] inline std::uint32_t separators(std::string_view text, std::size_t at) noexcept {
#if defined(__SSE2__)
  if (text.size() - at >= 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' '))));
  }
#endif
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 16 && at + i < text.size(); ++i) {
    bits |= static_cast<std::uint32_t>(text[at + i] == ' ') << i;
  }
  return bits;
}

}  // namespace detail

// Calls each(begin, hash) for the words of a words view: they stand between single
// spaces, one at each end.
template <class Each>
void for_each_word(std::string_view words, const Each& each) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < words.size(); at += 16) {
    for (std::uint32_t bits = detail::separators(words, at); bits != 0; bits &= bits - 1) {
      const std::size_t end = at + static_cast<std::size_t>(std::countr_zero(bits));
      if (end > begin) each(begin, detail::hash_at(words, begin, end));
      begin = end + 1;
    }
  }
}

class WordSet {
 public:
  void build(std::string_view words) noexcept;

  // False only if no word of the text has this hash.
  [[nodiscard]] bool may_hold(std::uint32_t hash) const noexcept {
    return (bits_[(hash >> 6U) % bits_.size()] >> (hash & 63U) & 1U) != 0;
  }

 private:
  std::array<std::uint64_t, 64> bits_{};
};

}  // namespace modcore::text
