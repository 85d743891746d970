// Which of the traits that rules need one post has, each found when it is asked for.
#pragma once

#include "program/needs.hpp"
#include "runtime/post_text.hpp"

namespace modcore::runtime {

class PostTraits {
 public:
  // The text must outlive it.
  explicit PostTraits(PostText& text) : text_(text) {}

  void start_post() noexcept { known_ = present_ = 0; }

  [[nodiscard]] bool any(program::Traits wanted) {
    for (program::Traits left = wanted; left != 0; left = static_cast<program::Traits>(left & (left - 1))) {
      const auto bit = static_cast<program::Traits>(left & -left);
      if ((known_ & bit) == 0) find(bit);
      if ((present_ & bit) != 0) return true;
    }
    return false;
  }

 private:
  void find(program::Traits bit);
  [[nodiscard]] bool stands_in(program::Traits bit, PieceId piece);

  PostText& text_;
  program::Traits known_ = 0, present_ = 0;
};

}  // namespace modcore::runtime
