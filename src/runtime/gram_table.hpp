// Literals found by five bytes of each, the rarest: a few bits for each second place of
// the text, and a look at the literal itself only where they are set. In large numbers
// quicker to make, to load and to search than a Hyperscan database; in small ones too.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/gram_filter.hpp"
#include "runtime/lanes.hpp"
#include "text/inner_dot.hpp"

namespace modcore::runtime {

// Only each second place of a text is looked at: a literal has two grams, of which one
// stands at such a place wherever the literal does. Literals too short for that have one,
// of three bytes and the one behind, and are looked for at every place. Literals with a dot
// inside a name, such as hosts, are looked for only where a text has one: few texts have.
struct GramTable {
  static constexpr std::size_t gram_size = 5;
  static constexpr std::size_t shortest_long = gram_size + GramFilter::step - 1;
  static constexpr std::size_t before_dot = 3;  // how much of the gram of such a dot
  // Other literals are for others.
  static constexpr std::size_t shortest = 3;
  static constexpr std::size_t longest = 16'000;
  // Of the literals that one place of a text leads to.
  static constexpr std::size_t most_in_bucket = 8;

  struct Entry {
    std::uint32_t gram = 0;     // its first four bytes, or three of a short one
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

  GramFilter filter;
  Buckets grams;
  Buckets shorts;  // literals of less than shortest_long bytes
  Buckets gated;   // what the gate is of and has five bytes; the rest of that is in `shorts`
  Buckets dotted;  // literals with a dot inside a name
  std::string texts;

  [[nodiscard]] bool empty() const noexcept { return texts.empty(); }

  // Calls found(literal, end) wherever one stands.
  template <class Found>
  void search(std::string_view text, const Found& found) const {
    if (text.size() < shortest) return;
    if (!dotted.begins.empty()) look_at_dots(text, found);
    if (filter.empty()) return;
    GramPlaces places;
    const std::size_t all = text.size() - shortest + 1;
    for (std::size_t begin = 0; begin < all; begin += GramPlaces::block) {
      find_places(filter, text, begin, std::min(all, begin + GramPlaces::block), places);
      look_for<false>(grams, text, places.grams.data(), places.gram_count, found);
      look_for<false>(gated, text, places.shorts.data(), places.short_count, found);
      look_for<true>(shorts, text, places.shorts.data(), places.short_count, found);
    }
  }

 private:
  // All places of a block.
  template <bool is_short, class Found>
  void look_for(const Buckets& in, std::string_view text, const std::uint32_t* places, std::size_t count,
                const Found& found) const {
    if (in.begins.empty()) return;
    const auto gram_at = [text](std::size_t at) {
      const std::uint64_t bytes = bytes_at(text, at);
      if constexpr (is_short) return ShortGram{static_cast<std::uint32_t>(bytes)};
      else return Gram::of(bytes);
    };
    for (std::size_t i = 0; i < count; ++i) {
      const auto gram = gram_at(places[i]);
      look_in(in, gram.hash() >> in.shift, text, places[i], gram.kept(), found);
    }
  }

  template <class Found>
  void look_at_dots(std::string_view text, const Found& found) const {
    constexpr auto none = std::string_view::npos;
    for (std::size_t dot = text::next_inner_dot(text, before_dot); dot != none; dot = text::next_inner_dot(text, dot + 1)) {
      const std::size_t at = dot - before_dot;
      const Gram gram = Gram::of(bytes_at(text, at));
      look_in(dotted, gram.hash() >> dotted.shift, text, at, gram.kept(), found);
    }
  }

  template <class Found>
  void look_in(const Buckets& in, std::size_t bucket, std::string_view text, std::size_t at, std::uint32_t gram,
               const Found& found) const {
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
