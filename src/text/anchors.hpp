// Links that show one text and lead somewhere else.
#pragma once

#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace modcore::text {

struct Anchor {
  Range range;              // from its first bracket on, with target and shown text
  std::string_view shown;   // what a reader sees, with its formatting
  std::string_view target;  // as written
};

// "[shown](target)", "[shown][label]" and "[label]" with "[label]: target" anywhere,
// "<a href=target>shown</a>", "[url=target]shown[/url]", "<target|shown>". Of what
// holds another, such as an image, only what stands before it is shown. Unclosed
// ones are none. Linear.
[[nodiscard]] std::vector<Anchor> find_anchors(std::string_view text);

// Whether there may be one: false for most texts, without looking for them.
[[nodiscard]] bool may_hold_anchors(std::string_view text) noexcept;

}  // namespace modcore::text
