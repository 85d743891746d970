// Random posts with a disguised word or phrase in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>

namespace modcore::test {

using Generator = std::mt19937_64;

// The items that the posts hold and the rules look for: words and phrases, each
// word of three letters and more.
[[nodiscard]] std::span<const std::string_view> planted_items();

// A second adversary, which shares nothing with mutate(): fewer disguises, drawn
// with a broader brush. Each hides every word of the item.
[[nodiscard]] std::size_t brush_count();
[[nodiscard]] std::string_view brush_name(std::size_t brush);
[[nodiscard]] std::string brushed(std::string_view item, std::size_t brush, Generator& random);

// Words of three languages, emoji, marks, ill-formed bytes, CR LF and invisible
// characters, with `planted` somewhere among them; `at` tells where.
struct RandomPost {
  std::string body;
  std::size_t at = 0;
};
[[nodiscard]] RandomPost random_post(std::string_view planted, Generator& random);

}  // namespace modcore::test
