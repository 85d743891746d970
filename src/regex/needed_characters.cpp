#include "regex/needed_characters.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "support/utf8.hpp"

namespace modcore::regex {
namespace {

constexpr std::size_t beyond_ascii = 127;

AsciiSet everything() { return ~AsciiSet{}; }

// From rare to common, so that the place is a measure; what is missing is the rarest.
constexpr std::uint32_t weight_of(std::size_t c) {
  constexpr std::string_view order = "^`~{}|\\[]<>%$+=&#@*_;()/\"!?:qzjx79658403-21kvwybgfmpdcuhlrsntioae,'.";
  const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : static_cast<char>(c);
  const std::size_t place = order.find(lower);
  if (c == ' ' || c == '\n') return 1'000;
  return c == beyond_ascii ? 20 : place == std::string_view::npos ? 1 : static_cast<std::uint32_t>(place);
}

constexpr auto weights = [] {
  std::array<std::uint32_t, 128> all{};
  for (std::size_t c = 0; c < all.size(); ++c) all[c] = weight_of(c);
  return all;
}();

std::uint32_t weight(const AsciiSet& set) {
  std::uint32_t sum = 0;
  for (std::size_t c = 0; c < set.size(); ++c) sum += set[c] ? weights[c] : 0;
  return sum;
}

AsciiSet of_set(const CharSet& set) {
  AsciiSet all = set.may;
  if (set.others) all.set(beyond_ascii);
  return all;
}

AsciiSet of_character(const Node& node) {
  // Most by far; those with a case beyond ASCII are left to what follows.
  const char32_t c = node.code_point;
  if (c < 0x80 && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z')) return AsciiSet{}.set(c);
  return of_set(set_of_character(node));
}

AsciiSet of_sequence(const Node& node) {
  AsciiSet best = everything();
  std::uint32_t least = weight(best);
  for (const Node& child : node.children) {
    const AsciiSet one = needed_characters(child);
    const std::uint32_t its = weight(one);
    if (its >= least) continue;
    best = one;
    least = its;
  }
  return best;
}

}  // namespace

AsciiSet needed_characters(const Node& root) {
  switch (root.kind) {
    case Node::Kind::character: return of_character(root);
    case Node::Kind::set: return of_set(root.set);
    case Node::Kind::sequence: return of_sequence(root);
    case Node::Kind::alternation: {
      AsciiSet any;
      for (const Node& child : root.children) any |= needed_characters(child);
      return any;
    }
    case Node::Kind::repeat: return root.min > 0 ? needed_characters(root.children.front()) : everything();
    default: return everything();
  }
}

namespace {

bool takes_any(const CharSet& set, const Characters& characters) {
  if ((set.may & characters.ascii).any()) return true;
  return set.others && (characters.others || (characters.letters && set.may_letter()));
}

}  // namespace

Characters characters_of(std::string_view text) {
  Characters characters;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Decoded decoded = utf8::decode(text, at);
    const char32_t c = decoded.code_point;
    if (c < 0x80) {
      characters.ascii.set(c);
    } else {
      (is_letter(c) ? characters.letters : characters.others) = true;
    }
    at += decoded.length;
  }
  return characters;
}

bool may_consist_of(const Node& root, const Characters& characters) {
  const auto may = [&](const Node& node) { return may_consist_of(node, characters); };
  switch (root.kind) {
    case Node::Kind::character: return takes_any(set_of_character(root), characters);
    case Node::Kind::set: return takes_any(root.set, characters);
    case Node::Kind::sequence: return std::all_of(root.children.begin(), root.children.end(), may);
    case Node::Kind::alternation: return std::any_of(root.children.begin(), root.children.end(), may);
    case Node::Kind::repeat: return root.min == 0 || may(root.children.front());
    default: return true;
  }
}

}  // namespace modcore::regex
