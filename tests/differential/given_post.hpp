// A random post as a host would pass it.
#pragma once

#include <string_view>
#include <vector>

#include <modcore/post.hpp>

#include "differential/random_rules.hpp"

namespace differential {

// Refers to the random post, which must outlive it; never moves.
class GivenPost {
 public:
  explicit GivenPost(const Post& post);
  GivenPost(const GivenPost&) = delete;
  GivenPost& operator=(const GivenPost&) = delete;

  [[nodiscard]] const modcore::Post& post() const noexcept { return given_; }

 private:
  modcore::Post given_;
  std::vector<std::string_view> roles_;
  std::vector<modcore::Attribute> fields_;
};

}  // namespace differential
