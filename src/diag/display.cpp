// Widths follow the blocks of UAX #11 that are wide throughout; a terminal agrees
// on these, and a caret that is one column off in rarer text does no harm.
#include "diag/display.hpp"

#include <algorithm>
#include <array>

namespace modcore::diag {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

constexpr std::array zero_width{
    Range{0x0300, 0x036F},   Range{0x0483, 0x0489},  Range{0x0591, 0x05BD}, Range{0x064B, 0x065F},
    Range{0x1AB0, 0x1AFF},   Range{0x1DC0, 0x1DFF},  Range{0x200B, 0x200D}, Range{0x2060, 0x2064},
    Range{0x20D0, 0x20FF},   Range{0xFE00, 0xFE0F},  Range{0xFE20, 0xFE2F}, Range{0xFEFF, 0xFEFF},
    Range{0xE0020, 0xE007F}, Range{0xE0100, 0xE01EF}};

constexpr std::array double_width{
    Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0x33FF},
    Range{0x3400, 0x4DBF},   Range{0x4E00, 0x9FFF},   Range{0xA000, 0xA4CF},
    Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},
    Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},   Range{0x1F300, 0x1F64F},
    Range{0x1F680, 0x1F6FF}, Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};

template <std::size_t N>
bool in_any(const std::array<Range, N>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](Range range) { return c >= range.first && c <= range.last; });
}

bool disturbs_terminal(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool direction = c == 0x061C || c == 0x200E || c == 0x200F ||
                         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  const bool line_break = c == 0x2028 || c == 0x2029;
  return control || direction || line_break;
}

std::size_t length_of_sequence(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

struct Decoded {
  char32_t code_point = 0xFFFD;
  std::size_t length = 1;
};

// Good enough to show: overlong forms and surrogates are not told apart.
Decoded decode(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = length_of_sequence(lead);
  if (length == 0 || length > text.size()) return {};
  char32_t c = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) != 0x80U) return {};
    c = (c << 6U) | (byte & 0x3FU);
  }
  return {c, length};
}

Cell cell_of(std::string_view bytes, char32_t c) {
  if (c == '\t') return {" ", 1};
  if (c == 0xFFFD || disturbs_terminal(c)) return {"\xEF\xBF\xBD", 1};
  if (in_any(zero_width, c)) return {std::string(bytes), 0};
  return {std::string(bytes), in_any(double_width, c) ? std::size_t{2} : std::size_t{1}};
}

}  // namespace

std::vector<Cell> cells_of(std::string_view line) {
  std::vector<Cell> cells;
  while (!line.empty()) {
    const Decoded decoded = decode(line);
    cells.push_back(cell_of(line.substr(0, decoded.length), decoded.code_point));
    line.remove_prefix(decoded.length);
  }
  return cells;
}

std::size_t width_of(const std::vector<Cell>& cells, std::size_t begin, std::size_t end) {
  std::size_t width = 0;
  for (std::size_t i = begin; i < end && i < cells.size(); ++i) width += cells[i].width;
  return width;
}

std::string text_of(const std::vector<Cell>& cells, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end && i < cells.size(); ++i) text += cells[i].text;
  return text;
}

}  // namespace modcore::diag
