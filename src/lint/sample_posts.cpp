#include "lint/sample_posts.hpp"

namespace modcore::lint {

std::span<const std::string_view> sample_posts() noexcept {
  static constexpr std::string_view posts[] = {
#include "lint/sample_posts.inc"
  };
  return posts;
}

}  // namespace modcore::lint
