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
  if (last < 128) return;
  others = may_number = may_word = true;
  only_numbers = false;
  list(first == last ? first : 0);
}

// Zero stands for more than can be listed.
void CharSet::list(char32_t c) {
  if (c == 0 || listed == most_listed) {
    all_listed = false;
  } else {
    beyond[listed++] = c;
  }
}

void CharSet::add(const CharSet& set) {
  only_numbers = (only_numbers || !others) && (set.only_numbers || !set.others);
  may |= set.may;
  must |= set.must;
  others = others || set.others;
  may_number = may_number || set.may_number;
  must_number = must_number || set.must_number;
  may_word = may_word || set.may_word;
  must_word = must_word || set.must_word;
  all_listed = all_listed && set.all_listed;
  for (std::size_t i = 0; i < set.listed; ++i) list(set.beyond[i]);
}

void CharSet::add_cases(char32_t first, char32_t last) {
  add(first, last);
  const auto add_both = [this](char32_t lower) {
    add(lower, lower);
    add(lower - 'a' + 'A', lower - 'a' + 'A');
  };
  if (first == last) {
    const char32_t lower = first >= 'A' && first <= 'Z' ? first - 'A' + 'a' : first;
    if (lower >= 'a' && lower <= 'z') add_both(lower);
  }
  for (char32_t lower = 'a'; first != last && lower <= 'z'; ++lower) {
    const char32_t upper = lower - 'a' + 'A';
    if ((first <= lower && lower <= last) || (first <= upper && upper <= last)) add_both(lower);
  }
  if (first <= kelvin_sign && kelvin_sign <= last) add_both('k');
  if (first <= long_s && long_s <= last) add_both('s');
  if (!may['k'] && !may['s']) return;
  others = true;
  only_numbers = false;
}

CharSet CharSet::complement() const {
  // Hardly any class holds all characters beyond ASCII, so its complement may too.
  CharSet set;
  set.may = ~must;
  set.must = ~may;
  set.others = true;
  set.may_number = !must_number;
  set.must_number = !may_number;
  set.may_word = !must_word;
  set.must_word = !may_word;
  set.all_listed = false;
  return set;
}

bool is_letter(char32_t c) noexcept {
  constexpr char32_t times = 0xD7, divided = 0xF7;
  if (c < 0x250) return c >= 0xC0 && c != times && c != divided && c != long_s;
  const auto between = [c](char32_t first, char32_t last) { return first <= c && c <= last; };
  const bool cyrillic = between(0x400, 0x481);
  const bool kana = between(0x3041, 0x3096) || between(0x30A1, 0x30FA);
  const bool han = between(0x4E00, 0x9FA5);
  return cyrillic || kana || han || between(0xAC00, 0xD7A3);
}

CharSet any_character() { return CharSet{}.complement(); }

CharSet unknown_set() {
  CharSet set = any_character();
  set.must = {};
  set.must_number = set.must_word = false;
  return set;
}

CharSet known_set(const AsciiSet& ascii, bool numbers, Words words) {
  CharSet set;
  set.may = set.must = ascii;
  set.others = true;
  set.may_number = set.must_number = numbers;
  set.may_word = words != Words::none;
  set.must_word = words == Words::all;
  set.all_listed = false;
  return set;
}

namespace {

// \d leaves out numbers that are no decimal digits, such as fractions.
CharSet digits() {
  CharSet set = known_set(range('0', '9'), true, Words::some);
  set.must_number = false;
  set.only_numbers = true;
  return set;
}

}  // namespace

CharSet class_escape(char letter) {
  switch (letter) {
    case 'd': return digits();
    case 'w': return known_set(letters() | range('0', '9') | range('_', '_'), true, Words::all);
    case 's': return known_set(spaces(), false, Words::none);
    case 'h': return known_set(range(' ', ' ') | range('\t', '\t'), false, Words::none);
    case 'v': return known_set(range('\n', '\r'), false, Words::none);
    default: return unknown_set();
  }
}

CharSet posix_class(std::string_view name) {
  if (name == "alpha") return known_set(letters(), false, Words::some);
  if (name == "digit") return digits();
  if (name == "alnum") return known_set(letters() | range('0', '9'), true, Words::some);
  if (name == "word") return class_escape('w');
  if (name == "space") return class_escape('s');
  if (name == "blank") return class_escape('h');
  if (name == "xdigit") {
    CharSet set = digits();
    set.add(known_set(range('a', 'f') | range('A', 'F'), false, Words::some));
    return set;
  }
  return unknown_set();
}

}  // namespace modcore::regex
