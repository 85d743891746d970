// How rare a text is in ordinary posts.
#include "regex/rarity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <unordered_map>

namespace modcore::regex {
namespace {

constexpr std::size_t kinds = 27;  // a separator, then a to z
// In fifths of a bit, from English, French and Polish posts: each letter, and each
// letter behind each other one.
constexpr std::array<std::uint8_t, kinds> letter_bits = {
    12, 19, 32, 26, 26, 17, 34, 31, 28, 21, 35, 33, 24, 27, 21, 20, 27, 41, 22, 21, 21, 24, 34, 30, 42, 29, 31};
constexpr std::uint8_t pair_bits[kinds][kinds] = {
    {59, 18, 25, 21, 20, 23, 27, 27, 27, 22, 27, 31, 22, 22, 24, 24, 20, 32, 27, 19, 19, 26, 29, 23, 49, 30, 30},
    {12, 48, 30, 22, 26, 46, 37, 29, 38, 19, 33, 28, 18, 24, 15, 47, 27, 47, 18, 21, 18, 26, 26, 31, 49, 28, 32},
    {21, 16, 35, 36, 41, 12, 51, 59, 44, 15, 43, 43, 17, 46, 38, 14, 40, 55, 20, 29, 29, 18, 52, 54, 52, 19, 55},
    {17, 16, 55, 32, 46, 15, 57, 56, 13, 18, 30, 26, 26, 47, 44, 13, 55, 54, 28, 36, 23, 27, 48, 54, 65, 29, 19},
    {9, 18, 47, 42, 38, 10, 54, 44, 48, 20, 49, 39, 31, 40, 28, 17, 41, 68, 25, 28, 49, 23, 48, 40, 61, 28, 21},
    {7, 27, 39, 26, 25, 28, 39, 32, 47, 37, 33, 34, 24, 25, 17, 41, 32, 51, 17, 17, 23, 28, 34, 36, 34, 38, 29},
    {13, 15, 50, 49, 57, 17, 20, 46, 60, 14, 60, 52, 28, 52, 50, 13, 47, 60, 15, 38, 26, 22, 57, 52, 60, 43, 60},
    {11, 18, 41, 60, 32, 13, 54, 36, 22, 21, 60, 53, 24, 41, 24, 13, 50, 63, 18, 31, 24, 23, 54, 46, 56, 40, 50},
    {13, 12, 53, 42, 42, 9, 57, 49, 46, 16, 60, 44, 34, 36, 37, 15, 51, 65, 33, 39, 26, 28, 57, 42, 55, 33, 60},
    {14, 23, 37, 23, 28, 14, 30, 30, 58, 43, 47, 33, 20, 26, 14, 24, 37, 37, 23, 17, 18, 41, 30, 41, 41, 50, 35},
    {13, 12, 45, 39, 37, 8, 56, 49, 46, 24, 54, 45, 47, 36, 29, 16, 47, 59, 40, 28, 48, 17, 56, 44, 59, 59, 56},
    {10, 15, 41, 36, 50, 17, 51, 49, 40, 14, 61, 38, 26, 47, 25, 15, 45, 61, 24, 24, 23, 21, 58, 38, 61, 37, 39},
    {13, 14, 43, 42, 29, 11, 40, 45, 53, 17, 62, 34, 16, 42, 33, 18, 39, 39, 44, 28, 29, 23, 45, 44, 67, 23, 48},
    {13, 13, 28, 43, 58, 10, 55, 50, 62, 16, 67, 49, 41, 24, 34, 16, 23, 67, 41, 28, 40, 26, 50, 52, 55, 23, 67},
    {11, 19, 55, 25, 18, 16, 36, 20, 51, 17, 43, 31, 39, 51, 27, 20, 58, 45, 46, 21, 15, 31, 34, 47, 52, 26, 51},
    {15, 43, 26, 30, 24, 40, 28, 33, 43, 24, 37, 28, 24, 21, 14, 28, 27, 55, 17, 23, 23, 14, 34, 20, 42, 35, 32},
    {19, 14, 63, 41, 44, 15, 54, 58, 28, 21, 66, 49, 17, 36, 43, 12, 21, 66, 13, 31, 29, 27, 63, 58, 60, 33, 56},
    {28, 35, 48, 53, 53, 50, 53, 53, 53, 39, 53, 53, 50, 53, 53, 53, 43, 53, 53, 53, 48, 0, 53, 53, 43, 53, 53},
    {11, 17, 44, 30, 26, 11, 45, 32, 54, 20, 64, 35, 34, 30, 29, 17, 41, 45, 29, 24, 24, 30, 36, 39, 72, 26, 23},
    {7, 23, 54, 28, 49, 17, 45, 40, 28, 20, 48, 29, 32, 34, 37, 20, 27, 43, 44, 24, 15, 25, 63, 37, 64, 36, 27},
    {8, 20, 50, 39, 49, 14, 52, 61, 16, 20, 73, 39, 39, 43, 40, 16, 45, 73, 20, 28, 29, 26, 52, 35, 38, 28, 53},
    {12, 30, 31, 27, 29, 19, 40, 32, 45, 22, 29, 35, 24, 29, 18, 41, 26, 62, 13, 16, 19, 50, 30, 44, 29, 40, 34},
    {26, 17, 48, 52, 39, 6, 60, 60, 57, 14, 60, 60, 48, 49, 46, 10, 52, 55, 26, 53, 48, 36, 51, 60, 55, 41, 60},
    {12, 13, 47, 32, 41, 16, 56, 64, 20, 13, 57, 34, 33, 53, 26, 17, 40, 50, 32, 25, 40, 40, 64, 28, 53, 21, 38},
    {7, 26, 52, 24, 44, 25, 49, 47, 37, 23, 42, 52, 49, 35, 47, 36, 21, 52, 47, 44, 11, 35, 41, 52, 18, 31, 52},
    {6, 30, 33, 20, 34, 22, 43, 38, 55, 34, 33, 31, 26, 22, 28, 14, 32, 64, 38, 22, 27, 41, 59, 29, 62, 54, 32},
    {12, 14, 34, 28, 31, 12, 58, 36, 58, 18, 37, 30, 29, 33, 21, 23, 35, 63, 37, 40, 36, 28, 63, 29, 63, 15, 37},
};
constexpr double fifths = 5;
constexpr double other_bits = 6.5;  // of any other byte
constexpr double digit_bits = 4;
constexpr int fifths_of_digit = 25, fifths_of_mark = 28, fifths_of_wide_byte = 15;
// A word in the share 2^-n of posts stands at 2^-(n + 7) of their places.
constexpr double places_bits = 7;
constexpr double usual_word_bits = 14;

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
std::size_t kind_of(char c) { return is_letter(c) ? static_cast<std::size_t>(c - 'a') + 1 : 0; }

// The commonest words, folded, by the power of two of their share of posts.
const std::unordered_map<std::string_view, int>& common_words() {
  static const auto* const words = [] {
    struct Class {
      int bits;
      std::string_view words;
    };
    constexpr Class classes[] = {
#include "regex/common_words.inc"
    };
    auto* all = new std::unordered_map<std::string_view, int>;
    for (const Class& one : classes) {
      for (std::size_t begin = 0; begin < one.words.size();) {
        const std::size_t end = std::min(one.words.find(' ', begin), one.words.size());
        all->emplace(one.words.substr(begin, end - begin), one.bits);
        begin = end + 1;
      }
    }
    return all;
  }();
  return *words;
}

// Of letters behind a separator or behind nothing that is known.
double bits_of_letters(std::string_view letters, bool behind_separator) {
  double bits = behind_separator ? pair_bits[0][kind_of(letters.front())] : letter_bits[kind_of(letters.front())];
  for (std::size_t i = 1; i < letters.size(); ++i) {
    bits += pair_bits[kind_of(letters[i - 1])][kind_of(letters[i])];
  }
  bits /= fifths;
  // Pairs make words of a language far too rare.
  bits = std::min(bits, usual_word_bits + (bits - usual_word_bits) / 4);
  constexpr std::size_t longest_common = 16;
  if (letters.size() > longest_common) return bits;
  const auto& words = common_words();
  const auto known = words.find(letters);
  return known == words.end() ? bits : std::min(bits, known->second + places_bits);
}

}  // namespace

double rarity(std::string_view text) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  std::string lower;
  if (std::any_of(text.begin(), text.end(), is_capital)) {
    lower = text;
    for (char& c : lower) c = is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
    text = lower;
  }
  double bits = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_letter(text[at])) {
      const bool digit = text[at] >= '0' && text[at] <= '9';
      // A space beside a letter is told by the pairs of letters.
      bits += text[at] == ' ' ? 1.0 : digit ? digit_bits : other_bits;
      ++at;
      continue;
    }
    const auto end = static_cast<std::size_t>(
        std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_letter) -
        text.begin());
    bits += bits_of_letters(text.substr(at, end - at), at > 0 && text[at - 1] == ' ');
    at = end;
  }
  return bits;
}

double rarity_of_part(std::string_view folded) noexcept {
  int sum = 0;  // in fifths of a bit
  std::optional<std::size_t> last;  // nothing is known of what stands before
  for (const char c : folded) {
    const bool paired = c == ' ' || is_letter(c);
    if (paired) {
      const std::size_t kind = kind_of(c);
      sum += last ? pair_bits[*last][kind] : letter_bits[kind];
    } else if (c >= '0' && c <= '9') {
      sum += fifths_of_digit;
    } else {
      sum += static_cast<unsigned char>(c) < 0x80 ? fifths_of_mark : fifths_of_wide_byte;
    }
    last = paired ? std::optional(kind_of(c)) : std::nullopt;
  }
  return sum / fifths;
}

double occurrences(double bits) { return std::exp2(places_bits - bits); }

}  // namespace modcore::regex
