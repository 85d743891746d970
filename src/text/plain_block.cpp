#include "text/plain_block.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace modcore::text {

#if defined(__SSE2__)
namespace {

constexpr std::size_t vectors = 4;
constexpr std::size_t vector_size = 16;

using Bits = std::uint64_t;

__m128i load(const char* at) noexcept {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
}
__m128i all(char byte) noexcept { return _mm_set1_epi8(byte); }
unsigned bits_of(__m128i marks) noexcept { return static_cast<unsigned>(_mm_movemask_epi8(marks)); }
// Marks the bytes from `first` on, up to `count` of them in the order of bytes.
__m128i within(__m128i bytes, char first, char count) noexcept {
  const __m128i from_first = _mm_sub_epi8(bytes, all(first));
  return _mm_cmpeq_epi8(_mm_min_epu8(from_first, all(static_cast<char>(count - 1))), from_first);
}

// What each byte is.
struct Classes {
  Bits letters = 0, not_capital = 0, spaces = 0;
  Bits stops = 0;  // plain behind a word; and before it, like quotes, unless a letter stands before
  Bits bangs = 0;
  Bits twice = 0;  // the next byte is the same, letter case ignored
  Bits r = 0, n = 0, c = 0, v = 0, u = 0, l = 0, capital_i = 0, vowels = 0;

  void add(const char* at, std::size_t part) noexcept {
    const __m128i bytes = load(at);
    const __m128i lower = _mm_or_si128(bytes, all(0x20));
    const __m128i next = _mm_or_si128(load(at + 1), all(0x20));
    const auto put = [part](Bits& into, __m128i marks) {
      into |= Bits{bits_of(marks)} << (part * vector_size);
    };
    const auto is = [&](char byte) { return _mm_cmpeq_epi8(bytes, all(byte)); };
    const auto is_letter = [&](char letter) { return _mm_cmpeq_epi8(lower, all(letter)); };
    const auto either = [](__m128i a, __m128i b) { return _mm_or_si128(a, b); };
    put(letters, within(lower, 'a', 26));
    put(not_capital, _mm_slli_epi16(bytes, 2));  // bit 5 of each byte
    put(spaces, either(is(' '), within(bytes, '\t', 5)));
    put(stops, either(either(either(is('.'), is(',')), either(is('?'), within(bytes, ':', 2))),
                      either(is('"'), is('\''))));
    put(bangs, is('!'));
    put(twice, _mm_cmpeq_epi8(lower, next));
    put(r, is_letter('r'));
    put(n, is_letter('n'));
    put(c, is_letter('c'));
    put(v, is_letter('v'));
    const __m128i is_u = is_letter('u');
    put(u, is_u);
    put(l, is_letter('l'));
    put(capital_i, is('I'));
    put(vowels, either(either(either(is_letter('a'), is_letter('e')),
                              either(is_letter('i'), is_letter('o'))),
                       either(is_u, is_letter('y'))));
  }
};

// Of all single letters those with no longer word between them and the one before.
Bits rows(Bits single, Bits joined) noexcept {
  Bits found = 0;
  for (Bits before = 0; single != 0; single &= single - 1) {
    const Bits letter = single & (~single + 1);
    const Bits between = (letter - 1) & ~(before - 1);
    if (before != 0 && (joined & between) == 0) found |= letter;
    before = letter;
  }
  return found;
}

PlainBlock judge(const Classes& is) noexcept {
  const Bits capitals = is.letters & ~is.not_capital;
  const Bits small = is.letters & is.not_capital;
  const Bits before_letter = is.letters >> 1U;
  const Bits first = (is.spaces << 1U) | 1U;
  PlainBlock block;
  block.spaces = is.spaces;
  block.joined = is.letters & before_letter;

  Bits closer = ~(is.letters | is.spaces | is.stops | is.bangs);
  closer |= is.stops & before_letter & ~first;
  // "!!!" alone, "!a", "a!."; "a!!" and "a.!!" can be rows of letters.
  const Bits single = is.letters & ~(is.letters << 1U) & ~before_letter;
  closer |= is.bangs & (first | ((single | is.stops) << 1U) | ~((is.spaces | is.bangs) >> 1U));

  // Two letters that draw another one, three of a kind.
  closer |= (is.r & (is.n >> 1U)) | (is.c & (is.l >> 1U));
  closer |= is.twice & (is.v | is.u) & block.joined;
  closer |= is.twice & (is.twice >> 1U) & is.letters;

  // A capital I beside small letters, a small l beside capitals or between consonants.
  const Bits small_l = is.l & small;
  const Bits consonants = small & ~is.vowels;
  closer |= (is.capital_i << 1U) & small;
  closer |= is.capital_i & (small << 1U);
  closer |= (small_l << 1U) & consonants & (consonants << 2U);
  closer |= (small_l << 1U) & capitals & ~(small << 2U);
  closer |= small_l & (capitals << 1U) & (capitals << 2U);

  closer |= rows(single, block.joined);
  block.closer = closer;
  return block;
}

}  // namespace

const bool PlainBlock::supported = true;

PlainBlock PlainBlock::at(std::string_view text, std::size_t begin) noexcept {
  const char* from = text.data() + begin;
  std::array<char, size + 1> padded;
  if (text.size() - begin < padded.size()) {
    const std::size_t left = std::min(text.size() - begin, padded.size());
    std::memcpy(padded.data(), from, left);
    std::fill(padded.begin() + static_cast<std::ptrdiff_t>(left), padded.end(), ' ');
    from = padded.data();
  }
  Classes classes;
  for (std::size_t part = 0; part < vectors; ++part) {
    classes.add(from + part * vector_size, part);
  }
  return judge(classes);
}
#else
const bool PlainBlock::supported = false;

PlainBlock PlainBlock::at(std::string_view, std::size_t) noexcept { return {.closer = ~std::uint64_t{0}}; }
#endif

}  // namespace modcore::text
