// Arithmetic without surprises: what does not fit is missing.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>
#include <optional>

#include "program/instruction.hpp"
#include "runtime/value.hpp"

namespace modcore::runtime {

[[nodiscard]] inline Value add(std::int64_t left, std::int64_t right) noexcept {
  std::int64_t result = 0;
  return __builtin_add_overflow(left, right, &result) ? Value() : Value::of(result);
}
[[nodiscard]] inline Value subtract(std::int64_t left, std::int64_t right) noexcept {
  std::int64_t result = 0;
  return __builtin_sub_overflow(left, right, &result) ? Value() : Value::of(result);
}
[[nodiscard]] inline Value multiply(std::int64_t left, std::int64_t right) noexcept {
  std::int64_t result = 0;
  return __builtin_mul_overflow(left, right, &result) ? Value() : Value::of(result);
}
[[nodiscard]] inline Value negate(std::int64_t value) noexcept { return subtract(0, value); }

[[nodiscard]] inline Value if_finite(double value) noexcept {
  return std::isfinite(value) ? Value::of(value) : Value();
}
[[nodiscard]] inline Value divide(double left, double right) noexcept {
  return right == 0 ? Value() : if_finite(left / right);
}

// The nearest whole number; missing beyond the range of 64 bits.
[[nodiscard]] inline Value nearest_whole(double value) noexcept {
  constexpr double limit = 9223372036854775808.0;  // 2^63
  if (!(value > -limit && value < limit)) return Value();
  return Value::of(std::int64_t{std::llround(value)});
}

// `order` is how the left operand stands to the right one.
[[nodiscard]] constexpr bool holds(program::Relation relation, std::partial_ordering order) noexcept {
  switch (relation) {
    case program::Relation::equal: return order == 0;
    case program::Relation::not_equal: return order != 0;
    case program::Relation::less: return order < 0;
    case program::Relation::less_equal: return order <= 0;
    case program::Relation::greater: return order > 0;
    case program::Relation::greater_equal: return order >= 0;
  }
  return false;
}

}  // namespace modcore::runtime
