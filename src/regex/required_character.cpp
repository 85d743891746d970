#include "regex/required_character.hpp"

#include <string_view>

namespace modcore::regex {
namespace {

// ASCII characters of the fold that every match has; `beyond_ascii` stands for all others.
AsciiSet all_required(const Node& node) {
  AsciiSet all;
  switch (node.kind) {
    case Node::Kind::character: {
      char32_t c = node.code_point;
      if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
      // The long s and the Kelvin sign have a case in ASCII.
      if (c >= 0x80 && c != 0x17F && c != 0x212A) all.set(static_cast<std::size_t>(beyond_ascii));
      if (c > ' ' && c < 0x7F) all.set(c);
      return all;
    }
    case Node::Kind::sequence:
      for (const Node& child : node.children) all |= all_required(child);
      return all;
    case Node::Kind::alternation:
      all.set();
      for (const Node& child : node.children) all &= all_required(child);
      return all;
    case Node::Kind::repeat: return node.min > 0 ? all_required(node.children.front()) : all;
    default: return all;
  }
}

}  // namespace

char required_character(const Node& root) { return required_characters(root).front(); }

std::array<char, 2> required_characters(const Node& root) {
  // From rare to common.
  static constexpr std::string_view order =
      "\x7f^`~{}|\\[]<>%$+=&#@*_;()/\"!?:qzjx7965840321kvwybgfmpdcuhlrsntioae,-'.";
  const AsciiSet all = all_required(root);
  std::array<char, 2> rarest{};
  std::size_t count = 0;
  for (const char c : order) {
    if (all[static_cast<std::size_t>(c)]) rarest[count++] = c;
    if (count == rarest.size()) break;
  }
  return rarest;
}

bool is_rare_character(char c) noexcept {
  return c == beyond_ascii || (c != 0 && std::string_view("^`~{}|\\[]<>%$+=&#@*").find(c) != std::string_view::npos);
}

}  // namespace modcore::regex
