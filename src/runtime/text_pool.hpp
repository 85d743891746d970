// Texts that live as long as one post: folded attributes, normalised hosts.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace modcore::runtime {

// Keeps its memory from post to post, so that it stops allocating.
class TextPool {
 public:
  void clear() noexcept { texts_used_ = sets_used_ = 0; }

  // An empty text; its address stays until clear().
  [[nodiscard]] std::string& text() {
    if (texts_used_ == texts_.size()) texts_.emplace_back();
    std::string& text = texts_[texts_used_++];
    text.clear();
    return text;
  }

  [[nodiscard]] std::vector<std::string_view>& set() {
    if (sets_used_ == sets_.size()) sets_.emplace_back();
    std::vector<std::string_view>& set = sets_[sets_used_++];
    set.clear();
    return set;
  }

  // The text folded to Level::case_: itself if it is lower-case ASCII already.
  [[nodiscard]] std::string_view folded(std::string_view text);

 private:
  std::deque<std::string> texts_;
  std::deque<std::vector<std::string_view>> sets_;
  std::size_t texts_used_ = 0;
  std::size_t sets_used_ = 0;
};

}  // namespace modcore::runtime
