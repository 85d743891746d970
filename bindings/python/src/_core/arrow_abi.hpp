// The Arrow C data interface, as its specification gives it, and owners for it.
// https://arrow.apache.org/docs/format/CDataInterface.html
#pragma once

#include <cstdint>
#include <utility>

extern "C" {
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};
struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};
struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema*);
  int (*get_next)(ArrowArrayStream*, ArrowArray*);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};
}

namespace modcore::python {

inline constexpr std::int64_t arrow_nullable = 2;

// Releases what it holds; moves leave an empty one.
template <typename T>
class ArrowOwner {
 public:
  ArrowOwner() noexcept = default;
  ~ArrowOwner() {
    if (value.release != nullptr) value.release(&value);
  }
  ArrowOwner(ArrowOwner&& other) noexcept : value(std::exchange(other.value, T{})) {}
  ArrowOwner& operator=(ArrowOwner&& other) noexcept {
    std::swap(value, other.value);
    return *this;
  }
  T value{};
};

}  // namespace modcore::python
