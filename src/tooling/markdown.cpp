#include "tooling/markdown.hpp"

#include <algorithm>

#include "support/utf8.hpp"

namespace modcore::tooling {

std::string markdown_text(std::string_view text) {
  static constexpr std::string_view special = "\\`*_{}[]<>()#+!|~@&";
  std::string out;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      out += ' ';
      continue;
    }
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string markdown_code(std::string_view text, std::size_t most) {
  std::string out;
  std::size_t count = 0;
  std::size_t ticks = 0;
  std::size_t run = 0;
  for (std::size_t at = 0; at < text.size() && count < most; ++count) {
    const utf8::Decoded decoded = utf8::decode(text, at);
    const char32_t c = decoded.code_point;
    const bool turns = c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    utf8::append(out, c < 0x20 || c == 0x7F || turns ? U' ' : c);
    run = c == U'`' ? run + 1 : 0;
    ticks = std::max(ticks, run);
    at += decoded.length;
    if (count + 1 == most && at < text.size()) out += "…";
  }
  // In a table a bar would end the cell, even in code.
  for (std::size_t at = out.find('|'); at != std::string::npos; at = out.find('|', at + 2)) out.insert(at, 1, '\\');
  const std::string fence(ticks + 1, '`');
  return fence + (ticks > 0 ? " " : "") + out + (ticks > 0 ? " " : "") + fence;
}

std::string markdown_excerpt(const BacktestExample& example) {
  return markdown_code(example.title.empty() ? example.body : example.title + " · " + example.body);
}

}  // namespace modcore::tooling
