// Literals found by four bytes of each, the rarest, and the one behind them: one look at a
// bit for each place of the text, and at the literal itself only where the bit is set. In
// large numbers quicker to make, to load and to search than a Hyperscan database.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace modcore::runtime {

// Four bytes as a number.
[[nodiscard]] inline std::uint32_t gram_at(const char* bytes) noexcept {
  std::uint32_t gram = 0;
  std::memcpy(&gram, bytes, sizeof gram);
  return gram;
}
[[nodiscard]] inline std::uint32_t gram_hash(std::uint32_t gram) noexcept {
  return gram * std::uint32_t{0x9E3779B1};
}

struct GramTable {
  static constexpr std::size_t gram_size = 4;
  // Other literals are for others.
  static constexpr std::size_t shortest = 3;
  static constexpr std::size_t longest = 16'000;
  // Of the literals that one place of a text leads to.
  static constexpr std::size_t most_in_bucket = 8;

  struct Entry {
    std::uint32_t gram = 0;     // of a literal of three bytes, those
    std::uint32_t literal = 0;  // index into LiteralTable::literals
    std::uint32_t text = 0;     // where its bytes begin in `texts`
    std::uint16_t length = 0;   // of them
    std::uint16_t before = 0;   // how many stand before the gram
  };
  // Literals by the hash of their grams without its last bits.
  struct Buckets {
    unsigned shift = 31;
    std::vector<std::uint32_t> begins;  // in `entries`, and the end; empty if there are none
    std::vector<Entry> entries;
  };

  unsigned shift = 31;              // a gram's hash without its last bits is the number of a word of
  std::vector<std::uint32_t> seen;  // bits, of which the byte behind the gram chooses one
  Buckets grams;
  std::vector<std::uint32_t> seen_shorts;  // the same for three bytes; their hash chooses the bit
  Buckets shorts;                          // literals of three bytes
  std::string texts;

  [[nodiscard]] bool empty() const noexcept { return seen.empty(); }

  // Calls found(literal, end) wherever one stands.
  template <class Found>
  void search(std::string_view text, const Found& found) const {
    if (text.size() < shortest) return;
    std::array<std::uint32_t, block> places;
    // The last gram has nothing behind it, the last three bytes are no gram.
    const std::size_t whole = text.size() - std::min(text.size(), gram_size);
    for (std::size_t begin = 0; begin < whole; begin += block) {
      const std::size_t end = std::min(whole, begin + block);
      const std::size_t count = seen_shorts.empty() ? collect<false>(text.data(), begin, end, places.data())
                                                    : collect<true>(text.data(), begin, end, places.data());
      for (std::size_t i = 0; i < count; ++i) look(text, places[i], found);
    }
    if (text.size() >= gram_size) look(text, whole, found);
    look_in(shorts, text, text.size() - shortest, last_three(text), found);
  }

  static constexpr std::uint32_t bit_mask = 31;             // a bit of a word
  static constexpr std::uint32_t short_mask = 0x00ffffffU;  // the first three bytes of a gram
  static constexpr unsigned short_shift = 24;               // 256 words for them
  static constexpr unsigned short_bit_shift = 19;

 private:
  static constexpr std::size_t block = 256;

  static std::uint32_t last_three(std::string_view text) noexcept {
    std::array<char, gram_size> bytes{};
    std::memcpy(bytes.data(), text.data() + text.size() - shortest, shortest);
    return gram_at(bytes.data());
  }

  // The places of [begin, end) whose bit is set. Without a branch for each place, which
  // nobody could predict.
  template <bool with_shorts>
  std::size_t collect(const char* text, std::size_t begin, std::size_t end,
                      std::uint32_t* places) const noexcept {
    const std::uint32_t* const words = seen.data();
    const std::uint32_t* const short_words = seen_shorts.data();
    std::size_t count = 0;
    for (std::size_t at = begin; at < end; ++at) {
      const std::uint32_t gram = gram_at(text + at);
      const auto behind = static_cast<unsigned char>(text[at + gram_size]);
      std::uint32_t bit = words[gram_hash(gram) >> shift] >> (behind & bit_mask);
      if constexpr (with_shorts) {
        const std::uint32_t hash = gram_hash(gram & short_mask);
        bit |= short_words[hash >> short_shift] >> (hash >> short_bit_shift & bit_mask);
      }
      places[count] = static_cast<std::uint32_t>(at);
      count += bit & 1U;
    }
    return count;
  }

  template <class Found>
  void look(std::string_view text, std::size_t at, const Found& found) const {
    const std::uint32_t gram = gram_at(text.data() + at);
    look_in(grams, text, at, gram, found);
    look_in(shorts, text, at, gram & short_mask, found);
  }

  template <class Found>
  void look_in(const Buckets& in, std::string_view text, std::size_t at, std::uint32_t gram,
               const Found& found) const {
    if (in.begins.empty()) return;
    const std::size_t bucket = gram_hash(gram) >> in.shift;
    for (std::uint32_t i = in.begins[bucket]; i < in.begins[bucket + 1]; ++i) {
      const Entry& entry = in.entries[i];
      if (entry.gram != gram || at < entry.before) continue;
      const std::size_t first = at - entry.before;
      if (text.size() - first < entry.length) continue;
      if (!are_same(text.data() + first, texts.data() + entry.text, entry.length)) continue;
      found(entry.literal, static_cast<std::uint32_t>(first + entry.length));
    }
  }

  template <std::size_t width>
  static bool same(const char* a, const char* b) noexcept { return std::memcmp(a, b, width) == 0; }

  // Of at least three bytes, without a call: most are short.
  static bool are_same(const char* a, const char* b, std::size_t size) noexcept {
    if (size < 4) return same<3>(a, b);
    if (size < 8) return same<4>(a, b) && same<4>(a + size - 4, b + size - 4);
    for (std::size_t at = 0; at + 8 < size; at += 8) {
      if (!same<8>(a + at, b + at)) return false;
    }
    return same<8>(a + size - 8, b + size - 8);
  }
};

}  // namespace modcore::runtime
