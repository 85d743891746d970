// Where in a text literals may stand, told by a few bits for each of its places.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/byte_gate.hpp"

namespace modcore::runtime {

// Spreads over a number what distinguishes texts.
inline constexpr std::uint32_t gram_multiplier = 0x9E3779B1;

// The first four bytes of five, and the last four.
struct Gram {
  std::uint32_t first = 0;
  std::uint32_t last = 0;

  // The five bytes in their order from the lowest one up; what is above does not count.
  [[nodiscard]] static constexpr Gram of(std::uint64_t bytes) noexcept {
    return {static_cast<std::uint32_t>(bytes), static_cast<std::uint32_t>(bytes >> 8U)};
  }
  [[nodiscard]] constexpr std::uint32_t hash() const noexcept {
    return (first + (last >> last_shift)) * gram_multiplier;
  }
  // What an entry keeps of it.
  [[nodiscard]] constexpr std::uint32_t kept() const noexcept { return first; }

  static constexpr unsigned last_shift = 11;  // what the fifth byte adds, where the product spreads it
};

// Three bytes and the one behind them.
struct ShortGram {
  std::uint32_t bytes = 0;

  [[nodiscard]] constexpr std::uint32_t three() const noexcept { return bytes & 0x00FFFFFFU; }
  [[nodiscard]] constexpr std::uint32_t kept() const noexcept { return three(); }
  [[nodiscard]] constexpr std::uint32_t hash() const noexcept { return three() * gram_multiplier; }
  // What the byte behind tells, spread so that a common one is another number behind other bytes.
  [[nodiscard]] constexpr std::uint32_t behind() const noexcept {
    return ((bytes >> 24U) + (hash() >> behind_shift)) & most_behind;
  }

  static constexpr unsigned behind_shift = 12;
  static constexpr std::uint32_t most_behind = 31;
};

// Bits that literals set and places ask for. What is not set rules a place out.
struct GramFilter {
  static constexpr std::size_t step = 2;  // from a place that is looked at for a gram to the next one
  static constexpr unsigned high_bit_shift = 12, low_bit_shift = 7;
  static constexpr std::uint32_t bit_mask = 31;
  static constexpr unsigned short_shift = 19;

  unsigned shift = 31;                // a gram's hash without its last bits is the number of a word of
  std::vector<std::uint32_t> grams;   // bits, of which two parts of the hash choose two
  std::vector<std::uint32_t> shorts;  // by the hash of three bytes; the one behind chooses a bit
  ByteGate gate;                      // instead of those where there are only some hundreds

  [[nodiscard]] bool empty() const noexcept { return grams.empty() && shorts.empty() && gate.empty(); }
  void add(Gram gram) noexcept {
    const std::uint32_t hash = gram.hash();
    grams[hash >> shift] |= 1U << (hash >> high_bit_shift & bit_mask) | 1U << (hash >> low_bit_shift & bit_mask);
  }
  // Whatever stands behind, or that byte only.
  void add_short(ShortGram gram, bool any_behind) {
    shorts.resize(std::size_t{1} << (32U - short_shift));
    shorts[gram.hash() >> short_shift] |= any_behind ? ~std::uint32_t{0} : 1U << (gram.behind());
  }
  [[nodiscard]] bool may_hold(Gram gram) const noexcept {
    const std::uint32_t hash = gram.hash();
    const std::uint32_t word = grams[hash >> shift];
    return (word >> (hash >> high_bit_shift & bit_mask) & word >> (hash >> low_bit_shift & bit_mask) & 1U) != 0;
  }
  [[nodiscard]] bool may_hold(ShortGram gram) const noexcept {
    return (shorts[gram.hash() >> short_shift] >> (gram.behind()) & 1U) != 0;
  }
};

// Places of a text at which something may stand that the filter knows.
struct GramPlaces {
  static constexpr std::size_t block = 256;  // bytes of text that are looked at at once
  static constexpr std::size_t slack = 8;    // more are written than count

  std::array<std::uint32_t, block / GramFilter::step + slack> grams;
  std::array<std::uint32_t, block + slack> shorts;
  std::size_t gram_count, short_count;
};

// Looks at [begin, end), at most a block: for grams at each second place, for short ones
// at each.
void find_places(const GramFilter& filter, std::string_view text, std::size_t begin, std::size_t end,
                 GramPlaces& out) noexcept;
// One after the other, on every processor.
void find_places_portable(const GramFilter& filter, std::string_view text, std::size_t begin, std::size_t end,
                          GramPlaces& out) noexcept;

}  // namespace modcore::runtime
