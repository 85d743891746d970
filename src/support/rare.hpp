// A value that hardly any of thousands of owners has: std::optional in the space of a pointer.
#pragma once

#include <memory>
#include <optional>
#include <utility>

namespace modcore {

template <typename T>
class Rare {
 public:
  Rare() noexcept = default;
  Rare(T value) : value_(std::make_unique<T>(std::move(value))) {}
  Rare(std::optional<T> value) : value_(value ? std::make_unique<T>(*std::move(value)) : nullptr) {}
  Rare(const Rare& other) : value_(other ? std::make_unique<T>(*other) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(const Rare& other) { return *this = Rare(other); }
  Rare& operator=(Rare&&) noexcept = default;
  ~Rare() = default;

  T& emplace() { return *(value_ = std::make_unique<T>()); }
  void reset() noexcept { value_.reset(); }

  [[nodiscard]] bool has_value() const noexcept { return value_ != nullptr; }
  explicit operator bool() const noexcept { return has_value(); }
  [[nodiscard]] T& operator*() noexcept { return *value_; }
  [[nodiscard]] const T& operator*() const noexcept { return *value_; }
  [[nodiscard]] T* operator->() noexcept { return value_.get(); }
  [[nodiscard]] const T* operator->() const noexcept { return value_.get(); }
  // Itself, or what a value is that nobody set.
  [[nodiscard]] const T& or_none() const {
    static const T none{};
    return value_ ? *value_ : none;
  }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace modcore
