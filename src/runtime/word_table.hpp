// Literals of the words view that hold a whole word, found by hashing each word of the
// text: quicker to make, and in large numbers to search, than a Hyperscan database.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/word_set.hpp"

namespace modcore::runtime {

struct WordTable {
  // A literal, by the hash of one of its words.
  struct Entry {
    std::uint32_t literal = 0;  // index into LiteralTable::literals
    std::uint32_t text = 0;     // where its bytes begin in `texts`
    std::uint16_t hash = 0;     // its last bits: the bucket tells the first ones
    std::uint16_t ends = 0;     // ends_of() the bytes
    std::uint16_t length = 0;   // of the bytes
    std::uint16_t before = 0;   // how many stand before the word
  };
  unsigned shift = 32;                 // a hash without its last bits is the number of a bucket
  std::vector<std::uint32_t> buckets;  // where each begins in `entries`, and the end
  std::vector<Entry> entries;
  std::string texts;

  // What literals of one common word mostly differ in: the bytes beside the first and the
  // last one, which are separators. There are three or more.
  [[nodiscard]] static std::uint16_t ends_of(std::string_view literal) noexcept {
    const auto first = static_cast<unsigned char>(literal[1]);
    const auto last = static_cast<unsigned char>(literal[literal.size() - 2]);
    return static_cast<std::uint16_t>(first << 8U | last);
  }

  [[nodiscard]] bool empty() const noexcept { return entries.empty(); }

  // Calls found(literal, end) wherever one stands, in the order of the words.
  template <class Found>
  void search(std::string_view words, const Found& found) const {
    // Some words at a time: the table is larger than the caches, and what is needed of
    // it for one word is fetched while others are looked at.
    std::array<Word, 32> some;
    std::size_t count = 0;
    text::for_each_word(words, [&](std::size_t begin, std::uint32_t hash) {
      __builtin_prefetch(&buckets[hash >> shift]);
      some[count++] = {static_cast<std::uint32_t>(begin), hash};
      if (count < some.size()) return;
      search_some(words, {some.data(), count}, found);
      count = 0;
    });
    search_some(words, {some.data(), count}, found);
  }

 private:
  struct Word {
    std::uint32_t begin;
    std::uint32_t hash;
  };

  template <class Found>
  void search_some(std::string_view words, std::span<const Word> some, const Found& found) const {
    for (const Word word : some) __builtin_prefetch(entries.data() + buckets[word.hash >> shift]);
    for (const Word word : some) {
      const std::size_t bucket = word.hash >> shift;
      for (std::uint32_t i = buckets[bucket]; i < buckets[bucket + 1]; ++i) {
        const Entry& entry = entries[i];
        if (entry.hash != static_cast<std::uint16_t>(word.hash) || word.begin < entry.before) continue;
        const std::size_t first = word.begin - entry.before;
        if (words.size() - first < entry.length) continue;
        const char* const here = words.data() + first;
        if (ends_of({here, entry.length}) != entry.ends) continue;
        if (std::memcmp(here, texts.data() + entry.text, entry.length) != 0) continue;
        found(entry.literal, static_cast<std::uint32_t>(first + entry.length));
      }
    }
  }
};

}  // namespace modcore::runtime
