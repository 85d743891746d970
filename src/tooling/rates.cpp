// Shares and how sure they are.
#include <algorithm>
#include <cmath>

#include <modcore/corpus.hpp>

namespace modcore {

// Wilson's score interval: never outside 0 and 1, and right for few posts too.
Rate rate_of(std::uint64_t part, std::uint64_t whole) noexcept {
  if (whole == 0) return {};
  constexpr double z = 1.959963984540054;
  const double n = static_cast<double>(whole);
  const double p = static_cast<double>(part) / n;
  const double scale = 1 + z * z / n;
  const double middle = (p + z * z / (2 * n)) / scale;
  const double half = z / scale * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  // At both ends the formula is exact, the arithmetic is not.
  const double low = part == 0 ? 0.0 : std::max(0.0, middle - half);
  const double high = part == whole ? 1.0 : std::min(1.0, middle + half);
  return {whole, p, low, high};
}

Rate BacktestRow::precision() const noexcept { return rate_of(right, right + wrong); }
Rate BacktestRow::recall() const noexcept { return rate_of(right, positives); }

// F1 = 2 J / (1 + J) with J = right / (right + wrong + missed), and that grows with J.
Rate BacktestRow::f1() const noexcept {
  if (positives == 0) return {};
  Rate rate = rate_of(right, positives + wrong);
  for (double* value : {&rate.value, &rate.low, &rate.high}) *value = 2 * *value / (1 + *value);
  return rate;
}

}  // namespace modcore
