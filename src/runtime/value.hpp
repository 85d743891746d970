// One value on the evaluator's stack.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace modcore::runtime {

// A value of one of the five stack types, or missing. Which type it has is known
// from the program, which has been verified. A missing bool is Kleene's unknown.
// Small enough to be handed on in registers.
class Value {
 public:
  constexpr Value() noexcept = default;  // missing
  [[nodiscard]] static constexpr Value of(bool value) noexcept {
    Value result(true);
    result.content_.boolean = value;
    return result;
  }
  [[nodiscard]] static constexpr Value of(std::int64_t value) noexcept {
    Value result(true);
    result.content_.integer = value;
    return result;
  }
  [[nodiscard]] static constexpr Value of(double value) noexcept {
    Value result(true);
    result.content_.number = value;
    return result;
  }
  [[nodiscard]] static constexpr Value of(std::string_view value) noexcept {
    Value result(true);
    result.content_.data = value.data();
    result.size_ = value.size() & most_size;
    return result;
  }
  [[nodiscard]] static constexpr Value of(std::span<const std::string_view> value) noexcept {
    Value result(true);
    result.content_.data = value.data();
    result.size_ = value.size() & most_size;
    return result;
  }

  [[nodiscard]] constexpr bool known() const noexcept { return known_; }

  // Only of a known value of that type.
  [[nodiscard]] constexpr bool boolean() const noexcept { return content_.boolean; }
  [[nodiscard]] constexpr std::int64_t integer() const noexcept { return content_.integer; }
  [[nodiscard]] constexpr double number() const noexcept { return content_.number; }
  [[nodiscard]] std::string_view text() const noexcept {
    return {static_cast<const char*>(content_.data), size_};
  }
  [[nodiscard]] std::span<const std::string_view> set() const noexcept {
    return {static_cast<const std::string_view*>(content_.data), size_};
  }

  [[nodiscard]] constexpr bool is(bool truth) const noexcept {
    return known_ && content_.boolean == truth;
  }

 private:
  static constexpr std::uint64_t most_size = ~std::uint64_t{0} >> 1U;
  union Content {
    std::int64_t integer;
    bool boolean;
    double number;
    const void* data;  // of a text or a set, with `size_`
  };
  explicit constexpr Value(bool known) noexcept : size_(0), known_(known) {}

  Content content_{};
  std::uint64_t size_ : 63 = 0;
  bool known_ : 1 = false;
};
static_assert(sizeof(Value) == 16);

// Strong Kleene logic.
[[nodiscard]] constexpr Value kleene_not(Value value) noexcept {
  return value.known() ? Value::of(!value.boolean()) : value;
}
[[nodiscard]] constexpr Value kleene_and(Value left, Value right) noexcept {
  return left.is(true) || right.is(false) ? right : left;
}
[[nodiscard]] constexpr Value kleene_or(Value left, Value right) noexcept {
  return left.is(false) || right.is(true) ? right : left;
}

}  // namespace modcore::runtime
