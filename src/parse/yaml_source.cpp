// yaml-cpp lets invalid UTF-8 pass, ends a file at U+0004 and knows no line that
// ends in CR alone, so it sees none of them.
#include "parse/yaml_source.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "support/utf8.hpp"

namespace modcore::parse {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr int most_control_reports = 20;  // a binary file is not listed byte by byte

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// YAML 1.2 section 5.1 forbids these in any file.
bool is_forbidden(char32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F ||
         (c >= 0x80 && c < 0xA0 && c != 0x85);
}

// U+200C and U+200D are missing on purpose: emoji and Persian need them.
bool is_deceptive(char32_t c) {
  return c == 0x061C || c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || c == 0x2028 || c == 0x2029 || c == 0x85;
}

bool looks_like_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

bool check_utf8(const YamlSource& source, diag::Sink& sink) {
  if (looks_like_utf16(source.original)) {
    sink.report(diag::not_utf8, source.span(0, 2), {"it begins like UTF-16"});
    return false;
  }
  for (std::size_t i = 0; i < source.original.size();) {
    const utf8::Decoded decoded = utf8::decode(source.original, i);
    if (!decoded.valid) {
      const auto byte = static_cast<unsigned char>(source.original[i]);
      const auto at = static_cast<std::uint32_t>(i);
      sink.report(diag::not_utf8, source.span(at, at + 1),
                  {fmt::format("the byte 0x{:02X} belongs to no character", byte)});
      return false;
    }
    i += decoded.length;
  }
  return true;
}

// No text file has a NUL; what else is in such a file need not be listed.
bool check_binary(const YamlSource& source, diag::Sink& sink) {
  const std::size_t nul = source.original.find('\0');
  if (nul == std::string_view::npos) return true;
  const auto at = static_cast<std::uint32_t>(nul);
  sink.report(diag::control_character, source.span(at, at + 1), {"U+0000"})
      .severity(Severity::error)
      .help("this seems to be no text file");
  return false;
}

void check_controls(YamlSource& source, diag::Sink& sink) {
  int reports = 0;
  for (std::size_t i = 0; i < source.original.size();) {
    const utf8::Decoded decoded = utf8::decode(source.original, i);
    const auto at = static_cast<std::uint32_t>(i);
    const bool forbidden = is_forbidden(decoded.code_point);
    if ((forbidden || is_deceptive(decoded.code_point)) && reports++ < most_control_reports) {
      auto report =
          sink.report(diag::control_character, source.span(at, at + decoded.length),
                      {fmt::format("U+{:04X}", static_cast<std::uint32_t>(decoded.code_point))});
      if (forbidden) report.severity(Severity::error);
    }
    if (forbidden) std::fill_n(source.text.begin() + at, decoded.length, ' ');
    i += decoded.length;
  }
}

void end_lines(std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) text[i] = '\n';
  }
}

}  // namespace

std::uint32_t YamlSource::line_begin(std::uint32_t byte) const {
  if (byte == 0) return 0;
  const std::size_t line_break = text.rfind('\n', byte - 1);
  return line_break == std::string::npos ? 0 : static_cast<std::uint32_t>(line_break + 1);
}

std::uint32_t YamlSource::line_end(std::uint32_t byte) const {
  const std::size_t line_break = std::min(text.find('\n', byte), text.size());
  const bool cr = line_break > byte && text[line_break - 1] == '\r';
  return static_cast<std::uint32_t>(cr ? line_break - 1 : line_break);
}

bool YamlSource::same_line(std::uint32_t a, std::uint32_t b) const {
  return line_begin(a) == line_begin(b);
}

std::uint32_t YamlSource::value_end(std::uint32_t begin, bool in_brackets) const {
  const std::uint32_t last = line_end(begin);
  std::uint32_t end = begin;
  int depth = 0;
  for (; end < last; ++end) {
    const char c = text[end];
    if (c == '#' && end > begin && is_blank(text[end - 1])) break;
    if (!in_brackets) continue;
    if (depth <= 0 && (c == ',' || c == ']' || c == '}')) break;
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
  }
  while (end > begin + 1 && is_blank(text[end - 1])) --end;
  return end;
}

// By the line alone, which is enough to find where an element ends.
bool YamlSource::in_brackets(std::uint32_t byte) const {
  int depth = 0;
  for (std::uint32_t i = line_begin(byte); i < byte && i < text.size(); ++i) {
    if (text[i] == '[' || text[i] == '{') ++depth;
    if (text[i] == ']' || text[i] == '}') --depth;
  }
  return depth > 0;
}

void YamlSource::overwrite(std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t i = begin; i < end && i < text.size(); ++i) {
    if (text[i] != '\n' && text[i] != '\r') text[i] = '_';
  }
  overwritten.push_back({id, begin, end});
}

std::string quoted(std::string_view text) {
  if (text.find_first_of("\"\\") == std::string_view::npos) return fmt::format("\"{}\"", text);
  std::string inside;
  for (const char c : text) {
    inside += c;
    if (c == '\'') inside += c;
  }
  return "'" + inside + "'";
}

bool clean(YamlSource& source, diag::Sink& sink) {
  if (source.original.starts_with(byte_order_mark)) {
    source.original.remove_prefix(byte_order_mark.size());
    source.offset = static_cast<std::uint32_t>(byte_order_mark.size());
  }
  source.text = source.original;
  if (!check_utf8(source, sink) || !check_binary(source, sink)) return false;
  check_controls(source, sink);
  end_lines(source.text);
  return true;
}

}  // namespace modcore::parse
