#include "cli/disguises_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace modcore::cli {
namespace {

constexpr std::size_t longest_text = 120;

// Equal characters that were read alike stand on one line.
struct Reading {
  std::string text;
  std::size_t times = 0;
};

std::string line_of(const ReadCharacter& character) {
  const std::string text = shortened(printable(character.text), longest_text);
  const std::string meaning =
      character.letter.empty() ? "is left out" : "is " + printable(character.letter);
  return fmt::format("\"{}\" {} ({})", text, meaning, fmt::join(character.how, ", "));
}

std::vector<Reading> readings_of(const DisguisedWord& word) {
  std::vector<Reading> readings;
  for (const ReadCharacter& character : word.characters) {
    if (character.how.empty()) continue;
    const std::string text = line_of(character);
    const auto same = std::ranges::find(readings, text, &Reading::text);
    if (same != readings.end()) ++same->times;
    else readings.push_back({text, 1});
  }
  return readings;
}

}  // namespace

std::string render_disguises(const std::vector<DisguisedWord>& words, const Palette& palette) {
  if (words.empty()) return {};
  std::string out = palette.paint(Ink::bold, "what was read in disguise") + '\n';
  for (const DisguisedWord& word : words) {
    out += fmt::format("  \"{}\" is {}{}\n", shortened(printable(word.text), longest_text),
                       printable(word.word),
                       palette.paint(Ink::dim, fmt::format(", in {} {}-{}, for ${} \"{}\"",
                                                           printable(word.field), word.begin, word.end,
                                                           printable(word.pattern), printable(word.item))));
    for (const Reading& reading : readings_of(word)) {
      out += "    " + reading.text;
      if (reading.times > 1) out += fmt::format(", {} times", reading.times);
      out += '\n';
    }
  }
  return out;
}

}  // namespace modcore::cli
