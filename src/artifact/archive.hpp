// Values to bytes and back, little-endian. What a struct holds is told once, by
// its overload of fields() (fields.hpp), which serves both directions.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "support/rare.hpp"

namespace modcore::artifact {

static_assert(std::endian::native == std::endian::little);

// Bytes that are no artifact, and why.
class Fault : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Apart, so that the check itself is small.
[[noreturn]] inline void refuse(const char* why) { throw Fault(why); }
inline void require(bool holds, const char* otherwise) {
  if (!holds) refuse(otherwise);
}

// The largest value that an enumeration has. Strong ids may have any.
template <typename Enum>
inline constexpr Enum last_of = static_cast<Enum>(std::numeric_limits<std::underlying_type_t<Enum>>::max());

template <typename T>
concept Plain = std::is_arithmetic_v<T> && !std::is_same_v<T, bool>;

// Structs of which lists are kept as they lie in memory. For sections that are trusted:
// nothing in them is checked.
template <typename T>
inline constexpr bool lies_flat = false;
template <typename T>
concept Flat = Plain<T> || (lies_flat<T> && std::has_unique_object_representations_v<T>);

// A number of more than a byte takes seven bits of each byte, the lowest first; the high
// bit says that more follow. One is added to those without a sign, so that the largest,
// which stands for nothing, is the shortest; of others the sign comes last.
template <typename T>
concept Number = std::is_integral_v<T> && sizeof(T) > 1;

template <Number T>
constexpr std::make_unsigned_t<T> to_short(T value) noexcept {
  using Bits = std::make_unsigned_t<T>;
  if constexpr (std::is_unsigned_v<T>) return static_cast<Bits>(value + 1U);
  const auto bits = static_cast<Bits>(value);
  return static_cast<Bits>(bits << 1U) ^ (value < 0 ? static_cast<Bits>(~Bits{0}) : Bits{0});
}
template <Number T>
constexpr T from_short(std::make_unsigned_t<T> bits) noexcept {
  using Bits = std::make_unsigned_t<T>;
  if constexpr (std::is_unsigned_v<T>) return static_cast<T>(bits - 1U);
  return static_cast<T>(static_cast<Bits>(bits >> 1U) ^ ((bits & 1U) != 0 ? static_cast<Bits>(~Bits{0}) : Bits{0}));
}

class Writer {
 public:
  template <typename... Values>
  void operator()(const Values&... values) {
    (put(values), ...);
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  template <typename T>
  void put(const T& value) {
    if constexpr (Number<T>) {
      number(to_short(value));
    } else if constexpr (Plain<T>) {
      raw(&value, sizeof value);
    } else if constexpr (std::is_same_v<T, bool>) {
      put(static_cast<std::uint8_t>(value));
    } else if constexpr (std::is_enum_v<T>) {
      put(static_cast<std::underlying_type_t<T>>(value));
    } else {
      fields(*this, value);
    }
  }
  void put(const std::string& text) {
    put(static_cast<std::uint32_t>(text.size()));
    raw(text.data(), text.size());
  }
  template <typename T>
  void put(const std::vector<T>& values) {
    put(static_cast<std::uint32_t>(values.size()));
    if constexpr (Flat<T>) {
      raw(values.data(), values.size() * sizeof(T));
    } else {
      for (const T& value : values) put(value);
    }
  }
  template <typename T, std::size_t n>
  void put(const std::array<T, n>& values) {
    for (const T& value : values) put(value);
  }
  template <typename T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <typename T>
  void put(const Rare<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <typename A, typename B>
  void put(const std::pair<A, B>& pair) {
    (*this)(pair.first, pair.second);
  }
  void put(const std::map<std::string, std::string>& entries) {
    put(static_cast<std::uint32_t>(entries.size()));
    for (const auto& [key, value] : entries) (*this)(key, value);
  }
  template <typename... Ts>
  void put(const std::variant<Ts...>& value) {
    put(static_cast<std::uint8_t>(value.index()));
    std::visit([this](const auto& held) { this->put(held); }, value);
  }
  void number(std::uint64_t bits) {
    for (; bits >= 0x80; bits >>= 7U) bytes_ += static_cast<char>(bits | 0x80U);
    bytes_ += static_cast<char>(bits);
  }
  void raw(const void* data, std::size_t size) {
    if (size != 0) bytes_.append(static_cast<const char*>(data), size);
  }

  std::string bytes_;
};

// Reads any bytes: what does not fit throws Fault, and memory grows in proportion
// to the bytes at most.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <typename... Values>
  void operator()(Values&... values) {
    (get(values), ...);
  }
  void finish() const { require(rest_.empty(), "a section is longer than what it holds"); }

 private:
  template <typename T>
  void get(T& value) {
    if constexpr (Number<T>) {
      value = from_short<T>(static_cast<std::make_unsigned_t<T>>(number(std::numeric_limits<std::make_unsigned_t<T>>::max())));
    } else if constexpr (Plain<T>) {
      raw(&value, sizeof value);
    } else if constexpr (std::is_same_v<T, bool>) {
      std::uint8_t byte = 0;
      get(byte);
      require(byte <= 1, "a boolean is neither true nor false");
      value = byte != 0;
    } else if constexpr (std::is_enum_v<T>) {
      std::underlying_type_t<T> number{};
      get(number);
      require(number <= static_cast<std::underlying_type_t<T>>(last_of<T>), "a word has no meaning");
      value = static_cast<T>(number);
    } else {
      fields(*this, value);
    }
  }
  void get(std::string& text) {
    const std::uint32_t size = count();
    text.assign(rest_.data(), size);
    rest_.remove_prefix(size);
  }
  template <typename T>
  void get(std::vector<T>& values) {
    const std::uint32_t size = count();
    values.clear();
    if constexpr (Flat<T>) {
      require(size <= rest_.size() / sizeof(T), "a list is cut");
      values.resize(size);
      raw(values.data(), size * sizeof(T));
    } else {
      values.reserve(std::min<std::size_t>(size, 1 + rest_.size() * most_growth / sizeof(T)));
      for (std::uint32_t i = 0; i < size; ++i) get(values.emplace_back());
    }
  }
  template <typename T, std::size_t n>
  void get(std::array<T, n>& values) {
    for (T& value : values) get(value);
  }
  template <typename T>
  void get(std::optional<T>& value) {
    bool there = false;
    get(there);
    value.reset();
    if (there) get(value.emplace());
  }
  template <typename T>
  void get(Rare<T>& value) {
    bool there = false;
    get(there);
    value.reset();
    if (there) get(value.emplace());
  }
  template <typename A, typename B>
  void get(std::pair<A, B>& pair) {
    (*this)(pair.first, pair.second);
  }
  void get(std::map<std::string, std::string>& entries) {
    entries.clear();
    for (std::uint32_t left = count(); left > 0; --left) {
      std::string key;
      std::string value;
      (*this)(key, value);
      entries.insert_or_assign(std::move(key), std::move(value));
    }
  }
  template <typename... Ts>
  void get(std::variant<Ts...>& value) {
    std::uint8_t index = 0;
    get(index);
    require(index < sizeof...(Ts), "a value is of no kind");
    choose<0>(value, index);
  }
  template <std::size_t I, typename... Ts>
  void choose(std::variant<Ts...>& value, std::size_t index) {
    if constexpr (I < sizeof...(Ts)) {
      if (I == index) return get(value.template emplace<I>());
      choose<I + 1>(value, index);
    }
  }

  // Of bytes or of things that take one byte each at least.
  std::uint32_t count() {
    std::uint32_t count = 0;
    get(count);
    require(count <= rest_.size(), "a list is cut");
    return count;
  }
  // At most `largest`, which is 255 or more. Nearly all take one byte.
  std::uint64_t number(std::uint64_t largest) {
    if (rest_.empty() || static_cast<unsigned char>(rest_.front()) >= 0x80) return long_number(largest);
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }
  std::uint64_t long_number(std::uint64_t largest) {
    std::uint64_t bits = 0;
    for (unsigned shift = 0;; shift += 7) {
      require(!rest_.empty(), "a section is cut");
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      require(shift < 63 || byte <= 1, "a number is too large");
      bits |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
      if (byte < 0x80) break;
    }
    require(bits <= largest, "a number is too large");
    return bits;
  }
  void raw(void* data, std::size_t size) {
    require(size <= rest_.size(), "a section is cut");
    if (size != 0) std::memcpy(data, rest_.data(), size);
    rest_.remove_prefix(size);
  }

  // Of bytes in a section to bytes in memory, about what the largest structs take.
  static constexpr std::size_t most_growth = 16;

  std::string_view rest_;
};

}  // namespace modcore::artifact
