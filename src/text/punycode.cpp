// Punycode after RFC 3492, section 6.2; the names are those of the RFC.
#include "text/punycode.hpp"

#include <cstdint>
#include <vector>

#include "support/utf8.hpp"

namespace modcore::text {
namespace {

constexpr std::size_t max_label = 63;
constexpr std::uint64_t base = 36, t_min = 1, t_max = 26, skew = 38, damp = 700;
constexpr std::uint64_t initial_bias = 72, initial_n = 128;

std::optional<std::uint64_t> digit_of(char c) noexcept {
  if (c >= 'a' && c <= 'z') return static_cast<std::uint64_t>(c - 'a');
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint64_t>(c - 'A');
  if (c >= '0' && c <= '9') return static_cast<std::uint64_t>(c - '0') + 26;
  return {};
}

std::uint64_t adapt(std::uint64_t delta, std::uint64_t points, bool first) noexcept {
  delta = first ? delta / damp : delta / 2;
  delta += delta / points;
  std::uint64_t k = 0;
  for (; delta > (base - t_min) * t_max / 2; k += base) delta /= base - t_min;
  return k + (base - t_min + 1) * delta / (delta + skew);
}

std::uint64_t threshold(std::uint64_t k, std::uint64_t bias) noexcept {
  if (k <= bias + t_min) return t_min;
  return k >= bias + t_max ? t_max : k - bias;
}

// A number of variable length, read from the front of `rest`.
std::optional<std::uint64_t> read_delta(std::string_view& rest, std::uint64_t bias) noexcept {
  std::uint64_t value = 0;
  std::uint64_t weight = 1;
  for (std::uint64_t k = base;; k += base) {
    if (rest.empty()) return {};
    const auto digit = digit_of(rest.front());
    rest.remove_prefix(1);
    if (!digit) return {};
    value += *digit * weight;
    const std::uint64_t t = threshold(k, bias);
    if (*digit < t) return value;
    weight *= base - t;
    // No code point is so far away; this also keeps both numbers in range.
    if (value > 0xFFFFFFFFU || weight > 0xFFFFFFFFU) return {};
  }
}

bool is_scalar(std::uint64_t n) noexcept { return n < 0x110000 && (n < 0xD800 || n > 0xDFFF); }

}  // namespace

std::optional<std::string> decode_punycode(std::string_view encoded) {
  if (encoded.empty() || encoded.size() > max_label || !utf8::is_ascii(encoded)) return {};
  std::vector<char32_t> points;
  if (const auto delimiter = encoded.rfind('-'); delimiter != std::string_view::npos) {
    points.assign(encoded.begin(), encoded.begin() + static_cast<std::ptrdiff_t>(delimiter));
    encoded.remove_prefix(delimiter + 1);
  }
  std::uint64_t n = initial_n;
  std::uint64_t i = 0;
  std::uint64_t bias = initial_bias;
  while (!encoded.empty()) {
    const auto delta = read_delta(encoded, bias);
    if (!delta) return {};
    const std::uint64_t count = points.size() + 1;
    bias = adapt(*delta, count, i == 0 && n == initial_n);
    i += *delta;
    n += i / count;
    i %= count;
    if (!is_scalar(n)) return {};
    points.insert(points.begin() + static_cast<std::ptrdiff_t>(i), static_cast<char32_t>(n));
    ++i;
  }
  std::string decoded;
  for (const char32_t point : points) utf8::append(decoded, point);
  return decoded;
}

}  // namespace modcore::text
