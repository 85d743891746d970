// Rules out places of a text at which no window of a few hundred literals can stand, by its bytes alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace modcore::runtime {

// Of each byte at each distance from a place: which groups of windows have one that has it
// there. A place is left where some group has all the bytes that stand there.
struct ByteGate {
  static constexpr std::size_t size = 6;    // bytes of a window, the rest of a shorter one is any
  static constexpr std::size_t groups = 8;  // of a part, a bit each
  static constexpr std::size_t most_parts = 2;

  struct Part {
    using Halves = std::array<std::uint8_t, 16>;
    std::array<std::array<std::uint8_t, 128>, size> bytes{};  // without their highest bit
    std::array<Halves, size> low{}, high{};                   // by half of a byte: less sharp
  };
  std::vector<Part> parts;

  [[nodiscard]] bool empty() const noexcept { return parts.empty(); }
  void add(std::string_view window, std::size_t group);
  [[nodiscard]] bool may_hold(std::uint64_t bytes) const noexcept {
    for (const Part& part : parts) {
      unsigned left = 0xFFU;
      for (std::size_t i = 0; i < size; ++i) left &= part.bytes[i][bytes >> (8 * i) & 0x7FU];
      if (left != 0) return true;
    }
    return false;
  }
};

// Whether this processor looks up whole bytes, many at once. Others leave more places than
// may_hold() does, or take longer: of many windows bits are quicker there.
[[nodiscard]] bool has_sharp_gates() noexcept;

// Writes which places of [begin, end) are left, in order, with room for a few more behind them;
// how many. Some processors leave more than may_hold() does.
std::size_t find_gated(const ByteGate& gate, std::string_view text, std::size_t begin, std::size_t end,
                       std::uint32_t* out) noexcept;
// Just those of may_hold(), on every processor: what the tests compare with.
std::size_t find_gated_portable(const ByteGate& gate, std::string_view text, std::size_t begin, std::size_t end,
                                std::uint32_t* out) noexcept;

}  // namespace modcore::runtime
