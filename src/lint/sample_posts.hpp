// Ordinary posts in several languages, on which the cost of patterns is measured.
#pragma once

#include <span>
#include <string_view>

namespace modcore::lint {

[[nodiscard]] std::span<const std::string_view> sample_posts() noexcept;

}  // namespace modcore::lint
