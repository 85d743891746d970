// Which words a text may hold: a quick "no" before anyone looks for a place.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace modcore::text {

// Of a folded word.
[[nodiscard]] std::uint32_t word_hash(std::string_view word) noexcept;

class WordSet {
 public:
  // From a words view: words between single spaces, one at each end.
  void build(std::string_view words) noexcept;

  // False only if no word of the text has this hash.
  [[nodiscard]] bool may_hold(std::uint32_t hash) const noexcept {
    return (bits_[(hash >> 6U) % bits_.size()] >> (hash & 63U) & 1U) != 0;
  }

 private:
  std::array<std::uint64_t, 64> bits_{};
};

}  // namespace modcore::text
