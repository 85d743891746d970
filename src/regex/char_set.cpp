#include "regex/char_set.hpp"

#include <algorithm>

namespace modcore::regex {
namespace {

constexpr char32_t kelvin_sign = 0x212A;
constexpr char32_t long_s = 0x017F;

AsciiSet range(char first, char last) {
  AsciiSet set;
  for (char c = first; c <= last; ++c) set.set(static_cast<std::size_t>(c));
  return set;
}

AsciiSet letters() { return range('a', 'z') | range('A', 'Z'); }
AsciiSet spaces() { return range('\t', '\r') | range(' ', ' '); }

}  // namespace

void CharSet::add(char32_t first, char32_t last) {
  for (char32_t c = first; c <= last && c < 128; ++c) {
    may.set(c);
    must.set(c);
  }
  if (last >= 128) others = true;
}

void CharSet::add(const CharSet& set) {
  may |= set.may;
  must |= set.must;
  others = others || set.others;
}

void CharSet::add_cases(char32_t first, char32_t last) {
  add(first, last);
  const auto add_both = [this](char32_t lower) {
    add(lower, lower);
    add(lower - 'a' + 'A', lower - 'a' + 'A');
  };
  for (char32_t lower = 'a'; lower <= 'z'; ++lower) {
    const char32_t upper = lower - 'a' + 'A';
    if ((first <= lower && lower <= last) || (first <= upper && upper <= last)) add_both(lower);
  }
  if (first <= kelvin_sign && kelvin_sign <= last) add_both('k');
  if (first <= long_s && long_s <= last) add_both('s');
  if (may['k'] || may['s']) others = true;
}

CharSet CharSet::complement() const {
  // Hardly any class holds all characters beyond ASCII, so its complement may too.
  return {~must, ~may, true};
}

CharSet any_character() { return {~AsciiSet{}, ~AsciiSet{}, true}; }

CharSet unknown_set() { return {~AsciiSet{}, AsciiSet{}, true}; }

CharSet known_set(const AsciiSet& ascii) { return {ascii, ascii, true}; }

CharSet class_escape(char letter) {
  switch (letter) {
    case 'd': return known_set(range('0', '9'));
    case 'w': return known_set(letters() | range('0', '9') | range('_', '_'));
    case 's': return known_set(spaces());
    case 'h': return known_set(range(' ', ' ') | range('\t', '\t'));
    case 'v': return known_set(range('\n', '\r'));
    default: return unknown_set();
  }
}

CharSet posix_class(std::string_view name) {
  if (name == "alpha") return known_set(letters());
  if (name == "digit") return known_set(range('0', '9'));
  if (name == "alnum") return known_set(letters() | range('0', '9'));
  if (name == "word") return class_escape('w');
  if (name == "space") return class_escape('s');
  if (name == "blank") return class_escape('h');
  if (name == "xdigit") return known_set(range('0', '9') | range('a', 'f') | range('A', 'F'));
  return unknown_set();
}

}  // namespace modcore::regex
