// The random numbers of tools: the same on every platform, unlike those of <random>.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace modcore::tooling {

// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators",
// 2014). For variety, not for secrets.
class Random {
 public:
  explicit constexpr Random(std::uint64_t seed) noexcept : state_(seed) {}

  constexpr std::uint64_t next() noexcept {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
  }

  // 0 to bound - 1; the bound is small, so that the bias does not matter.
  constexpr std::size_t below(std::size_t bound) noexcept {
    return static_cast<std::size_t>(((next() >> 32U) * bound) >> 32U);
  }

  constexpr bool one_in(std::size_t n) noexcept { return below(n) == 0; }

  template <typename T>
  constexpr const T& pick(std::span<const T> from) noexcept {
    return from[below(from.size())];
  }

 private:
  std::uint64_t state_;
};

}  // namespace modcore::tooling
