// Colours, and texts of strangers made safe to show.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace modcore::cli {

enum class Ink { plain, dim, bold, red, yellow, green, magenta, mark };

// Paints with ANSI colours, or not at all.
class Palette {
 public:
  explicit Palette(bool color) : color_(color) {}
  [[nodiscard]] bool color() const noexcept { return color_; }
  [[nodiscard]] std::string paint(Ink ink, std::string_view text) const;

 private:
  bool color_;
};

enum class ColorWhen { automatic, always, never };

// Whether to write colours to this file descriptor: `automatic` means to a
// terminal, unless NO_COLOR is set or the terminal is dumb.
[[nodiscard]] bool wants_color(ColorWhen when, int descriptor);

// The text with everything that could command a terminal or turn the reading
// direction written out: "\x1B", "<U+202E>". Invalid UTF-8 becomes U+FFFD, line
// ends become " / ".
[[nodiscard]] std::string printable(std::string_view text);

// The number of columns that a printable text takes, near enough to align by:
// one each code point, none for marks and joiners, two for wide letters and emoji.
[[nodiscard]] std::size_t columns(std::string_view text);
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);

// At most `most` code points, with "..." if something was cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most);

// A half-open range of bytes in a text.
struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The text, printable, with these ranges marked: in colour, or in brackets. Of a
// long text only the surroundings of the ranges are shown. Ranges may overlap
// and be in any order.
[[nodiscard]] std::string highlighted(std::string_view text, std::vector<ByteRange> ranges,
                                      const Palette& palette);

}  // namespace modcore::cli
