// Sixty-four bytes of a text at once: where something in them asks for a closer
// look.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace modcore::text {

// Bits stand for bytes, the lowest for the first. The block begins where a chunk
// (what stands between white space) does.
struct PlainBlock {
  std::uint64_t spaces = 0;
  std::uint64_t joined = 0;   // letters with a letter behind them
  std::uint64_t closer = 0;   // what is not plain, somewhere in its chunk

  // Plain are ASCII letters, with ' or " before and . , ? : ; ' " ! behind them,
  // that could draw no other word; and single letters as long as another word stands
  // between two of them.
  [[nodiscard]] static PlainBlock at(std::string_view text, std::size_t begin) noexcept;

  static constexpr std::size_t size = 64;
  // Without it at() finds nothing plain, and all text is looked at closely.
  static const bool supported;
};

}  // namespace modcore::text
