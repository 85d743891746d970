// Numbers that are written in groups of digits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "text/range.hpp"

namespace modcore::text {

struct DigitGroup {
  Range range;
  std::uint32_t first_digit = 0;  // index into DigitRow::digits()
  std::uint32_t digits = 0;
  std::string_view before;  // what parts it from the group before; empty for the first
};

// Groups of digits with nothing but separators between. One that is longer than any
// number that somebody calls or pays with ends early, after a whole group.
class DigitRow {
 public:
  [[nodiscard]] std::span<const DigitGroup> groups() const noexcept {
    return {groups_.data(), group_count_};
  }
  [[nodiscard]] std::span<const std::uint8_t> digits() const noexcept {
    return {digits_.data(), digit_count_};
  }
  // The row that begins at the digit at `at`. Between two groups stand one to three of
  // `separators`, or no-break spaces, if they hold a space.
  void read(std::string_view text, std::size_t at, std::string_view separators);

 private:
  static constexpr std::size_t most_groups = 24;
  static constexpr std::size_t most_digits = 64;

  std::size_t read_group(std::string_view text, std::size_t at);

  std::array<DigitGroup, most_groups> groups_{};
  std::array<std::uint8_t, most_digits> digits_{};
  std::size_t group_count_ = 0;
  std::size_t digit_count_ = 0;
};

// The value of the decimal digit at `at`, of any script; -1 for anything else.
[[nodiscard]] int digit_at(std::string_view text, std::size_t at) noexcept;

// The next decimal digit from `at` on; the size of the text if there is none.
[[nodiscard]] std::size_t next_digit(std::string_view text, std::size_t at) noexcept;

}  // namespace modcore::text
