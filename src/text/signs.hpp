// Which kinds of characters a text holds, learned in passing while it is folded.
#pragma once

#include <cstdint>

namespace modcore::text {

// A bit for each kind.
struct Signs {
  std::uint8_t bits = 0;

  [[nodiscard]] constexpr bool any(Signs of) const noexcept { return (bits & of.bits) != 0; }
  constexpr void add(Signs others) noexcept { bits = static_cast<std::uint8_t>(bits | others.bits); }
  friend constexpr Signs operator|(Signs a, Signs b) noexcept {
    a.add(b);
    return a;
  }
  constexpr bool operator==(const Signs&) const = default;
};

namespace sign {
inline constexpr Signs backtick{1U << 0U};
inline constexpr Signs tilde_or_greater{1U << 1U};
inline constexpr Signs bracket{1U << 2U};  // [
inline constexpr Signs dash{1U << 3U};
inline constexpr Signs line_end{1U << 4U};  // LF, CR
inline constexpr Signs digit{1U << 5U};
}  // namespace sign

inline constexpr Signs every_sign{0xFFU};

// Of an ASCII character; none of others.
[[nodiscard]] constexpr Signs signs_of(char c) noexcept {
  switch (c) {
    case '`': return sign::backtick;
    case '~':
    case '>': return sign::tilde_or_greater;
    case '[': return sign::bracket;
    case '-': return sign::dash;
    case '\n':
    case '\r': return sign::line_end;
    default: return c >= '0' && c <= '9' ? sign::digit : Signs{};
  }
}

}  // namespace modcore::text
