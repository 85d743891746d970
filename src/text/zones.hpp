// Which parts of a body are the author's own words, a quote, or code.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/range.hpp"
#include "text/signs.hpp"
#include "text/zone_marks.hpp"

namespace modcore::text {

// Ranges in order, without overlap, none of them empty. Together with the bare
// markers between them (">", backticks, "[quote=", "<pre>") they cover the body:
// what a marker says besides, such as a name, belongs to its zone. A line's end
// belongs to the zone of its line.
struct Zones {
  std::vector<Range> own;
  std::vector<Range> quote;
  std::vector<Range> code;

  void clear() noexcept {
    own.clear();
    quote.clear();
    code.clear();
  }

  ZoneMarks marks;  // a buffer of find_zones(), kept to be used again
};

// Quotes are lines that begin with ">" (after up to three spaces), what "[quote]",
// "<blockquote>" and "<q>" enclose, and the line by which a mail program announces
// what follows. Code is what fences of three or more backticks or tildes, inline
// backticks, "[code]", "<code>" and "<pre>" enclose, and lines indented by four
// spaces or a tab after a blank line, unless below a list or other indented text.
// The marker that comes first wins; code inside a quote is quote. Whatever is not
// closed is ordinary text. Linear, and allocates nothing once the vectors of `out`
// have grown.
void find_zones(std::string_view body, Zones& out);

// Whether a body that shows these signs may hold a quote or code.
[[nodiscard]] bool may_hold_zones(std::string_view body, Signs signs = every_sign) noexcept;

}  // namespace modcore::text
