// The markers in a body that may open or close a zone.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace modcore::text {

enum class ZoneTag : std::uint8_t { bb_quote, blockquote, q, bb_code, code, pre };
inline constexpr std::size_t zone_tags = 6;
[[nodiscard]] constexpr bool is_quote(ZoneTag tag) noexcept {
  return tag <= ZoneTag::q;
}

struct ZoneMark {
  enum class Kind : std::uint8_t {
    fence,      // a whole line; opens code if it has a closer
    backticks,  // opens code if it has a closer
    open_tag,   // opens a quote or code if it has a closer
    close_tag,
    quote_line,  // a line behind its ">"; the range is that of the markers
    header,      // lines of a mail program; all quote
    indented,    // lines of code
  };
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  Kind kind{};
  ZoneTag tag{};
  Range range;
  Range argument;               // what it says besides: "cpp", "Jane"; may be empty
  std::uint32_t closer = none;  // index of the mark that closes it
  std::uint32_t end = 0;        // of a quote line, header or block: where it ends
};

// Finds the marks of one body, each with its closer. Keeps its memory.
class ZoneMarks {
 public:
  // The marks in the order of the text. Openers inside code have no closer.
  const std::vector<ZoneMark>& find(std::string_view body);

 private:
  friend class MarkFinder;

  struct FenceLine {
    Range line;
    Range info;
    std::uint32_t length = 0;
    std::uint32_t closer = ZoneMark::none;  // index of the line that closes it
    std::uint32_t mark = ZoneMark::none;    // index of its mark
    char character = 0;
    bool can_open = false;
    bool can_close = false;
    bool closes = false;
  };
  // Of a run of backticks that is a mark.
  struct Run {
    std::uint32_t mark = 0;
    std::uint32_t paragraph = 0;
    std::uint32_t length = 0;  // as a closer
    std::uint32_t opens = 0;   // as an opener: a backslash takes the first away
  };

  std::vector<ZoneMark> marks_;
  std::vector<FenceLine> fences_;
  std::vector<Run> runs_;
  std::vector<std::uint32_t> nearest_;
  std::array<std::vector<std::uint32_t>, zone_tags> open_;
};

}  // namespace modcore::text
