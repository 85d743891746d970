// The way back from a transformed text to its original: sparse, since nearly
// all characters keep their length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace modcore::text {

// Positions of the view and of the original run in step until the next mark.
// A stretch between two marks whose two lengths differ is one character (or
// characters that vanished) and has no inside.
class OffsetMap {
 public:
  void clear() noexcept { marks_.clear(); }

  // A character of the original, at `original`, of another length in the view.
  void changed(std::size_t view, std::size_t view_length, std::size_t original,
               std::size_t original_length) {
    if (marks_.empty()) marks_.push_back({0, 0});
    mark(view, original);
    mark(view + view_length, original + original_length);
  }

  // To be called once after the last change, with the sizes of both.
  void finish(std::size_t view_size, std::string_view original) noexcept {
    view_size_ = view_size;
    original_ = original;
  }

  // Whether all offsets are the same, given that all characters are ASCII.
  [[nodiscard]] bool keeps_offsets() const noexcept {
    return marks_.empty() && view_size_ == original_.size();
  }

  // Widened to whole characters, with the vanished ones that follow.
  [[nodiscard]] Range to_original(Range view) const noexcept;
  [[nodiscard]] Range to_view(Range original) const noexcept;

 private:
  struct Mark {
    std::uint32_t view = 0;
    std::uint32_t original = 0;
    bool operator==(const Mark&) const = default;
  };

  void mark(std::size_t view, std::size_t original) {
    const Mark next{static_cast<std::uint32_t>(view), static_cast<std::uint32_t>(original)};
    if (marks_.back() == next) return;
    // Of vanished characters in a row, the first and the last place suffice.
    const std::size_t count = marks_.size();
    if (count >= 2 && marks_[count - 1].view == next.view && marks_[count - 2].view == next.view) {
      marks_.back() = next;
    } else {
      marks_.push_back(next);
    }
  }

  [[nodiscard]] Mark mark_after(std::size_t index) const noexcept;
  [[nodiscard]] std::uint32_t original_begin(std::uint32_t view) const noexcept;
  [[nodiscard]] std::uint32_t original_end(std::uint32_t view) const noexcept;

  std::vector<Mark> marks_;
  std::size_t view_size_ = 0;
  std::string_view original_;
};

}  // namespace modcore::text
