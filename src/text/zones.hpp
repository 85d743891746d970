// Which parts of a body are the author's own words, a quote, or code.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace modcore::text {

// Ranges in order, without overlap, none of them empty; together with the
// markers between them (">", backticks, fences) they cover the body. A line's
// end belongs to its zone.
struct Zones {
  std::vector<Range> own;
  std::vector<Range> quote;
  std::vector<Range> code;

  // Buffers of find_zones(), kept to be used again.
  struct FenceLine {
    Range line;
    std::uint32_t length = 0;
    std::uint32_t closer = 0;  // index of the line that closes it, or none
    char character = 0;
    bool can_open = false;
    bool can_close = false;
  };
  struct BacktickRun {
    Range range;
    std::uint32_t paragraph = 0;
    std::uint32_t closer = 0;  // index of the run that closes it, or none
  };
  std::vector<FenceLine> fences;
  std::vector<BacktickRun> runs;
  std::vector<std::uint32_t> nearest;
};

// Quotes: lines that begin with `>` (after up to three spaces). Code: fences of
// three or more backticks or tildes, and inline backticks closed by as many in
// the same paragraph; an unclosed marker is ordinary text, an unclosed fence
// too. Code inside a quote is quote. Linear, and allocates nothing once the
// vectors of `out` have grown.
void find_zones(std::string_view body, Zones& out);

}  // namespace modcore::text
