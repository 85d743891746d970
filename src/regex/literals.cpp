#include "regex/literals.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "support/utf8.hpp"

namespace modcore::regex {
namespace {

constexpr std::size_t min_characters = 3;  // or two that are rarer than three ASCII letters:
constexpr std::size_t min_bytes = 6;
// Longer literals tell no more, and repeats could make them grow without end.
constexpr std::size_t max_bytes = 64;

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// What is known of the text that a node takes.
struct Known {
  std::optional<std::string> exact;  // always this
  std::string prefix;                // begins with this
  std::string suffix;                // ends with this
  std::string best;                  // contains this
};

void improve(std::string& best, const std::string& candidate) {
  if (characters(candidate) < min_characters && candidate.size() < min_bytes) return;
  if (best.empty() || rarity(candidate) > rarity(best)) best = candidate;
}

Known exactly(std::string text) {
  Known known;
  known.prefix = text;
  known.suffix = text;
  improve(known.best, text);
  known.exact = std::move(text);
  return known;
}

std::string first_bytes(std::string text) {
  std::size_t end = std::min(text.size(), max_bytes);
  while (end < text.size() && utf8::is_continuation(text[end])) --end;
  text.resize(end);
  return text;
}

std::string last_bytes(std::string text) {
  std::size_t begin = text.size() - std::min(text.size(), max_bytes);
  while (begin < text.size() && utf8::is_continuation(text[begin])) ++begin;
  return text.substr(begin);
}

Known join(const Known& left, const Known& right) {
  Known both;
  if (left.exact && right.exact && left.exact->size() + right.exact->size() <= max_bytes) {
    both.exact = *left.exact + *right.exact;
  }
  both.prefix = first_bytes(left.exact ? *left.exact + right.prefix : left.prefix);
  both.suffix = last_bytes(right.exact ? left.suffix + *right.exact : right.suffix);
  both.best = left.best;
  improve(both.best, right.best);
  improve(both.best, first_bytes(left.suffix + right.prefix));
  improve(both.best, last_bytes(left.suffix + right.prefix));
  return both;
}

std::string common_prefix(std::string_view a, std::string_view b) {
  const auto [end, ignored] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  auto length = static_cast<std::size_t>(end - a.begin());
  while (length > 0 && length < a.size() && utf8::is_continuation(a[length])) --length;
  while (length > 0 && length < b.size() && utf8::is_continuation(b[length])) --length;
  return std::string(a.substr(0, length));
}

std::string common_suffix(std::string_view a, std::string_view b) {
  const auto [end, ignored] = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
  auto begin = a.size() - static_cast<std::size_t>(end - a.rbegin());
  while (begin < a.size() && utf8::is_continuation(a[begin])) ++begin;
  return std::string(a.substr(begin));
}

Known either(const Known& left, const Known& right) {
  Known known;
  if (left.exact && left.exact == right.exact) return left;
  known.prefix = common_prefix(left.prefix, right.prefix);
  known.suffix = common_suffix(left.suffix, right.suffix);
  if (left.best == right.best) known.best = left.best;
  improve(known.best, known.prefix);
  improve(known.best, known.suffix);
  return known;
}

Known know(const Node& node);

Known know_repeat(const Node& node) {
  const Known once = know(node.children.front());
  if (node.min == 0 || node.max == 0) return {};
  // What a few copies begin and end with and contain, any number of them does.
  const std::uint32_t copies = std::min<std::uint32_t>(node.min, 8);
  Known known = once;
  for (std::uint32_t i = 1; i < copies; ++i) known = join(known, once);
  if (node.max != copies) known.exact.reset();
  return known;
}

Known know(const Node& node) {
  switch (node.kind) {
    case Node::Kind::character: {
      if (node.caseless && !folds_with_its_cases(node.code_point)) return {};
      std::string text;
      utf8::append(text, node.code_point);
      return exactly(std::move(text));
    }
    case Node::Kind::sequence: {
      Known known = exactly({});
      for (const Node& child : node.children) known = join(known, know(child));
      return known;
    }
    case Node::Kind::alternation: {
      Known known = know(node.children.front());
      for (std::size_t i = 1; i < node.children.size(); ++i) {
        known = either(known, know(node.children[i]));
      }
      return known;
    }
    case Node::Kind::repeat: return know_repeat(node);
    case Node::Kind::set:
    case Node::Kind::unknown: return {};
    case Node::Kind::empty:
    case Node::Kind::text_begin:
    case Node::Kind::text_end:
    case Node::Kind::word_edge:
    case Node::Kind::not_word_edge:
    case Node::Kind::assertion: return exactly({});
  }
  return {};
}

// Tenths of a bit by letter a to z, from the shares of letters in English,
// French and Polish prose.
constexpr std::array<std::uint8_t, 26> letter_bits = {
    36, 62, 52, 46, 32, 58, 59, 50, 37, 66, 56, 46, 52, 39, 37, 54, 85, 40, 40, 36, 50, 62, 60, 80, 56, 66};

}  // namespace

std::string required_literal(const Node& root) { return know(root).best; }

double rarity(std::string_view folded) noexcept {
  int bits = 0;
  for (const char c : folded) {
    if (c >= 'a' && c <= 'z') {
      bits += letter_bits[static_cast<std::size_t>(c - 'a')];
    } else if (c >= 'A' && c <= 'Z') {
      bits += letter_bits[static_cast<std::size_t>(c - 'A')];
    } else {
      bits += c == ' ' ? 25 : 65;
    }
  }
  return bits / 10.0;
}

bool folds_with_its_cases(char32_t c) noexcept {
  const bool latin = c >= 0xC0 && c <= 0x17F;
  const bool cyrillic = c >= 0x400 && c <= 0x45F;
  // Hebrew, Arabic, the scripts of India, Thai and Lao; kana, Han and Hangul.
  const bool without_case = (c >= 0x590 && c < 0x1000) || (c >= 0x3040 && c < 0xA000) ||
                            (c >= 0xAC00 && c < 0xD7A4);
  return c < 0x80 || latin || cyrillic || without_case;
}

}  // namespace modcore::regex
