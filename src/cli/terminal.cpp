#include "cli/terminal.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include <fmt/format.h>
#include <unistd.h>

namespace modcore::cli {
namespace {

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 1;  // bytes
  bool valid = true;
};

// Decodes the first code point; an ill-formed byte stands for itself.
CodePoint decode(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {0xFFFD, 1, false};
  char32_t value = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {0xFFFD, 1, false};
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < smallest[length] || value > 0x10FFFF || surrogate) return {0xFFFD, 1, false};
  return {value, length, true};
}

struct CodeRange {
  char32_t first;
  char32_t last;
};

bool is_in(char32_t value, const auto& ranges) {
  return std::ranges::any_of(
      ranges, [value](CodeRange r) { return value >= r.first && value <= r.last; });
}

// C1 controls, direction controls, invisible separators and tags. The joiners
// U+200C and U+200D stay: emoji and several scripts are written with them.
bool is_deceptive(char32_t value) {
  static constexpr CodeRange ranges[] = {
      {0x80, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},   {0x180E, 0x180E}, {0x200B, 0x200B},
      {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB},
      {0xE0000, 0xE0FFF}};
  return is_in(value, ranges);
}

bool is_line_end(char32_t value) { return value == '\n' || value == '\r'; }

void append_printable(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const CodePoint c = decode(text);
    if (is_line_end(c.value)) {
      const bool pair = c.value == '\r' && text.size() > 1 && text[1] == '\n';
      if (!pair) out += " / ";
    } else if (c.value == '\t') {
      out += ' ';
    } else if (c.value < 0x20 || c.value == 0x7F) {
      out += fmt::format("\\x{:02X}", static_cast<unsigned>(c.value));
    } else if (is_deceptive(c.value)) {
      out += fmt::format("<U+{:04X}>", static_cast<unsigned>(c.value));
    } else if (!c.valid) {
      out += "\xEF\xBF\xBD";
    } else {
      out += text.substr(0, c.length);
    }
    text.remove_prefix(c.length);
  }
}

std::string_view escape(Ink ink) {
  switch (ink) {
    case Ink::plain: return "";
    case Ink::dim: return "\x1b[2m";
    case Ink::bold: return "\x1b[1m";
    case Ink::red: return "\x1b[1;31m";
    case Ink::yellow: return "\x1b[1;33m";
    case Ink::green: return "\x1b[32m";
    case Ink::magenta: return "\x1b[1;35m";
    case Ink::mark: return "\x1b[1;4;33m";
  }
  return "";
}

std::vector<ByteRange> merged(std::vector<ByteRange> ranges, std::size_t size) {
  std::ranges::sort(ranges, {}, &ByteRange::begin);
  std::vector<ByteRange> out;
  for (ByteRange range : ranges) {
    range.end = std::min(range.end, size);
    if (range.begin >= range.end) continue;
    if (!out.empty() && range.begin <= out.back().end) {
      out.back().end = std::max(out.back().end, range.end);
    } else {
      out.push_back(range);
    }
  }
  return out;
}

bool is_inside_character(std::string_view text, std::size_t index) {
  return index < text.size() && (static_cast<unsigned char>(text[index]) & 0xC0U) == 0x80U;
}

constexpr std::size_t whole_text = 600;   // bytes that are shown whole
constexpr std::size_t surroundings = 80;  // bytes shown around a range of a longer text
constexpr std::size_t most_windows = 6;
constexpr std::size_t longest_window = 800;

// The parts of the text that are worth showing.
std::vector<ByteRange> windows(std::string_view text, const std::vector<ByteRange>& ranges) {
  if (text.size() <= whole_text) return {{0, text.size()}};
  if (ranges.empty()) return {{0, whole_text / 2}};
  std::vector<ByteRange> around;
  for (const ByteRange& range : ranges) {
    const std::size_t end = std::min(range.end, range.begin + longest_window);
    around.push_back({range.begin > surroundings ? range.begin - surroundings : 0,
                      end + surroundings});
  }
  around = merged(std::move(around), text.size());
  if (around.size() > most_windows) around.resize(most_windows);
  return around;
}

void append_window(std::string& out, std::string_view text, ByteRange window,
                   const std::vector<ByteRange>& ranges, const Palette& palette) {
  std::size_t at = window.begin;
  for (const ByteRange& range : ranges) {
    const std::size_t begin = std::max(range.begin, at);
    const std::size_t end = std::min(range.end, window.end);
    if (begin >= end) continue;
    append_printable(out, text.substr(at, begin - at));
    const std::string inside = printable(text.substr(begin, end - begin));
    out += palette.color() ? palette.paint(Ink::mark, inside) : '[' + inside + ']';
    at = end;
  }
  append_printable(out, text.substr(at, window.end - at));
}

}  // namespace

std::string Palette::paint(Ink ink, std::string_view text) const {
  const std::string_view start = color_ ? escape(ink) : "";
  if (start.empty()) return std::string(text);
  return fmt::format("{}{}\x1b[0m", start, text);
}

bool wants_color(ColorWhen when, int descriptor) {
  if (when != ColorWhen::automatic) return when == ColorWhen::always;
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* terminal = std::getenv("TERM");
  if (terminal != nullptr && std::string_view(terminal) == "dumb") return false;
  return isatty(descriptor) == 1;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_printable(out, text);
  return out;
}

std::size_t columns(std::string_view text) {
  static constexpr CodeRange none[] = {
      {0x300, 0x36F}, {0x200C, 0x200D}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}};
  static constexpr CodeRange wide[] = {{0x1100, 0x115F},   {0x2E80, 0xA4CF},   {0xAC00, 0xD7A3},
                                       {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
                                       {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};
  std::size_t width = 0;
  while (!text.empty()) {
    const CodePoint c = decode(text);
    width += is_in(c.value, none) ? 0U : is_in(c.value, wide) ? 2U : 1U;
    text.remove_prefix(c.length);
  }
  return width;
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = columns(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string shortened(std::string_view text, std::size_t most) {
  std::string_view rest = text;
  for (std::size_t i = 0; i < most && !rest.empty(); ++i) rest.remove_prefix(decode(rest).length);
  if (rest.empty()) return std::string(text);
  return std::string(text.substr(0, text.size() - rest.size())) + "...";
}

std::string highlighted(std::string_view text, std::vector<ByteRange> ranges,
                        const Palette& palette) {
  ranges = merged(std::move(ranges), text.size());
  const std::string gap = palette.paint(Ink::dim, " ... ");
  std::string out;
  std::size_t shown = 0;
  for (ByteRange window : windows(text, ranges)) {
    while (window.begin > 0 && is_inside_character(text, window.begin)) --window.begin;
    while (is_inside_character(text, window.end)) ++window.end;
    if (window.begin > shown) out += gap;
    append_window(out, text, window, ranges, palette);
    shown = window.end;
  }
  return shown < text.size() ? out + gap : out;
}

}  // namespace modcore::cli
