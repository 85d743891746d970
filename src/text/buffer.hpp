// A growing row of bytes that is never cleared: what std::string would zero
// first is overwritten anyway.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace modcore::text {

class Buffer {
 public:
  void clear() noexcept { size_ = 0; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::string_view view() const noexcept { return {bytes_.get(), size_}; }

  // Where the next bytes go; at least `room` of them may be written before advance().
  [[nodiscard]] char* reserve(std::size_t room) {
    if (capacity_ - size_ < room) grow(room);
    return bytes_.get() + size_;
  }
  void advance(std::size_t written) noexcept { size_ += written; }
  void append(std::string_view text) {
    if (text.empty()) return;
    std::memcpy(reserve(text.size()), text.data(), text.size());
    advance(text.size());
  }
  void push_back(char byte) {
    *reserve(1) = byte;
    advance(1);
  }

 private:
  void grow(std::size_t room) {
    const std::size_t capacity = std::max({capacity_ * 2, size_ + room, std::size_t{256}});
    auto bytes = std::unique_ptr<char[]>(new char[capacity]);
    if (size_ != 0) std::memcpy(bytes.get(), bytes_.get(), size_);
    bytes_ = std::move(bytes);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace modcore::text
