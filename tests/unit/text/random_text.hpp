// Random texts that meet every path of folding: ASCII runs, accents, marks,
// invisible characters, wide letters and ill-formed bytes.
#pragma once

#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

#include "support/utf8.hpp"

namespace modcore::test {

inline std::uint64_t fresh_seed() { return std::random_device{}(); }

inline std::string random_piece(std::mt19937_64& random) {
  static constexpr std::string_view common[] = {
      "the ",   "Spam",   ", ",       " ",        "\n",     "\r\n",         "...",      "é",
      "Ł",      "ß",      "æ",        "e\u0301",  "\u0301", "\u0323",       "\u200B",   "\u200D",
      "\uFE0F", "ﬁ",      "Ｋ",       "ﷺ",        "語",     "한",           "ж",        "😀",
      "👨‍👩‍👧",    "’",      "–",        "\xFF",     "\xC0",   "\xF0\x9F\x98", "\xED\xA0", "\x80",
      "7",      "٣",      "\u00A0",   "\u2028",   "ि",      "क",            "\u3099",   "abcdefghij",
      "ŉ",      "\u0345", "A_b",      "c++",      "@me",    "#tag",         "http://",  "a.example"};
  if (random() % 8 == 0) {
    std::string one;
    utf8::append(one, static_cast<char32_t>(random() % 0x110000));
    return one;
  }
  if (random() % 32 == 0) return std::string(1, static_cast<char>(random()));
  return std::string(common[random() % std::size(common)]);
}

inline std::string random_text(std::mt19937_64& random, std::size_t pieces) {
  std::string text;
  for (std::size_t i = random() % pieces; i > 0; --i) text += random_piece(random);
  return text;
}

}  // namespace modcore::test
