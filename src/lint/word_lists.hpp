// Ordinary words: the commonest of English, French and Polish, and those of files
// that somebody names.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/rule_set.hpp"

namespace modcore::lint {

// One word a line, commonest first.
struct EmbeddedWords {
  std::string_view language;
  std::string_view lines;
};
[[nodiscard]] std::span<const EmbeddedWords> embedded_words() noexcept;

// A file of words, in UTF-8: one a line, or a dictionary of hunspell's.
struct WordFile {
  std::string name;      // as people know it
  std::string language;  // a tag; empty if it is not known
  bool dictionary = false;  // all words of a language, rare ones as well
  std::string text;
};

struct WordList {
  enum class Kind : std::uint8_t { commonest, given, dictionary };
  Kind kind = Kind::commonest;
  std::string language;
  std::string name;  // for people: "English", "plants.txt"
  std::vector<std::string_view> words;
};

// What a line of a word file says; empty if it is no word. `art/S` and `art 1234` are
// the word `art`.
[[nodiscard]] std::string_view word_of_line(std::string_view line);

// The commonest words of the policy's languages (without a policy of all three), and
// what the files add to them, each word once for a language. Refers to the files.
[[nodiscard]] std::vector<WordList> word_lists(const ir::RuleSet& rules, std::span<const WordFile> files);

// "English", or the tag itself.
[[nodiscard]] std::string language_name(std::string_view tag);

}  // namespace modcore::lint
