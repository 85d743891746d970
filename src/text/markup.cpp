// Formatting inside a word, and characters written as entities.
#include "text/markup.hpp"

#include <algorithm>
#include <array>

namespace modcore::text {
namespace {

// Longer than any tag that people write inside a word; a bound, so that "<a<a<a"
// is linear.
constexpr std::size_t longest_tag = 160;

constexpr std::array<std::string_view, 22> breaking = {
    "blockquote", "br", "dd", "div", "dl", "dt",  "h1",    "h2", "h3", "h4", "h5",
    "h6",         "hr", "li", "ol",  "p",  "pre", "table", "td", "th", "tr", "ul"};
constexpr std::array<std::string_view, 16> bbcode = {
    "b",     "bold", "center", "color",   "colour", "font", "i",   "left",
    "right", "s",    "size",   "spoiler", "strike", "sub",  "sup", "u"};
struct Named {
  std::string_view name;
  char32_t code_point;
};
constexpr std::array named = {
    Named{"amp", '&'},    Named{"apos", '\''}, Named{"ast", '*'},    Named{"dollar", '$'},
    Named{"excl", '!'},   Named{"gt", '>'},    Named{"lrm", 0x200E}, Named{"lt", '<'},
    Named{"nbsp", 0xA0},  Named{"num", '#'},   Named{"period", '.'}, Named{"quot", '"'},
    Named{"rlm", 0x200F}, Named{"shy", 0xAD},  Named{"zwj", 0x200D}, Named{"zwnj", 0x200C},
};

constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
constexpr bool is_letter(char c) noexcept {
  return lower(c) >= 'a' && lower(c) <= 'z';
}
constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

// The name of a tag in lower case: "<STRONG" gives "strong".
struct Name {
  std::array<char, 12> bytes{};
  std::size_t size = 0;
  [[nodiscard]] std::string_view view() const noexcept { return {bytes.data(), size}; }
};

Name name_at(std::string_view text, std::size_t at) noexcept {
  Name name;
  while (at + name.size < text.size() && name.size < name.bytes.size()) {
    const char c = text[at + name.size];
    if (!is_letter(c) && !(is_digit(c) && name.size != 0)) break;
    name.bytes[name.size++] = lower(c);
  }
  return name;
}

// The place after `close`, 0 if it does not come soon or `open` comes first.
std::size_t after_close(std::string_view text, std::size_t at, char open, char close) noexcept {
  const std::size_t until = std::min(text.size(), at + longest_tag);
  for (; at < until && text[at] != open && text[at] != '\n'; ++at) {
    if (text[at] == close) return at + 1;
  }
  return 0;
}

int digit_value(char c, int base) noexcept {
  if (is_digit(c)) return c - '0';
  const char letter = lower(c);
  return base == 16 && letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

// "&#102;" and "&#x66;"; browsers do without the semicolon.
Entity numeric_entity(std::string_view text, std::size_t at) noexcept {
  std::size_t end = at + 2;
  const int base = end < text.size() && lower(text[end]) == 'x' ? 16 : 10;
  if (base == 16) ++end;
  const std::size_t first = end;
  char32_t value = 0;
  for (; end < text.size() && end - first < 8; ++end) {
    const int digit = digit_value(text[end], base);
    if (digit < 0) break;
    value = value * static_cast<char32_t>(base) + static_cast<char32_t>(digit);
  }
  const bool scalar = value != 0 && value < 0x110000 && (value < 0xD800 || value > 0xDFFF);
  if (end == first || !scalar) return {};
  if (end < text.size() && text[end] == ';') ++end;
  return {value, static_cast<std::uint32_t>(end - at)};
}

Tag comment_at(std::string_view text, std::size_t at) noexcept {
  const std::size_t end =
      text.substr(0, std::min(text.size(), at + longest_tag)).find("-->", at + 4);
  return {static_cast<std::uint32_t>(end == std::string_view::npos ? 0 : end + 3 - at), false};
}

}  // namespace

Entity entity_at(std::string_view text, std::size_t at) noexcept {
  if (at + 3 > text.size() || text[at] != '&') return {};
  if (text[at + 1] == '#') return numeric_entity(text, at);
  const Name name = name_at(text, at + 1);
  const std::size_t end = at + 1 + name.size;
  if (end >= text.size() || text[end] != ';') return {};
  const auto* const found = std::find_if(
      named.begin(), named.end(), [&](const Named& entry) { return entry.name == name.view(); });
  if (found == named.end()) return {};
  return {found->code_point, static_cast<std::uint32_t>(end + 1 - at)};
}

Tag tag_at(std::string_view text, std::size_t at) noexcept {
  const char open = text[at];
  if (text.substr(at, 4) == "<!--") return comment_at(text, at);
  if (at + 3 > text.size() || (open != '<' && open != '[')) return {};
  const std::size_t name_begin = at + (text[at + 1] == '/' ? 2 : 1);
  const Name name = name_at(text, name_begin);
  const std::size_t after = name_begin + name.size;
  if (name.size == 0 || after >= text.size()) return {};
  const char next = text[after];
  if (open == '[') {
    const bool known = std::find(bbcode.begin(), bbcode.end(), name.view()) != bbcode.end();
    if (!known || (next != ']' && next != '=')) return {};
    const std::size_t end = after_close(text, after, '[', ']');
    return {static_cast<std::uint32_t>(end == 0 ? 0 : end - at), false};
  }
  if (next != '>' && next != '/' && next != ' ') return {};
  const std::size_t end = after_close(text, after, '<', '>');
  if (end == 0) return {};
  const bool breaks = std::find(breaking.begin(), breaking.end(), name.view()) != breaking.end();
  return {static_cast<std::uint32_t>(end - at), breaks};
}

}  // namespace modcore::text
