// No word of a dictionary is taken for a swear word in disguise.
#include <doctest/doctest.h>

#include <cstddef>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <modcore/modcore.hpp>

namespace modcore::test {
namespace {

std::vector<std::string> swear_words() {
  std::ifstream in(MODCORE_SOURCE_DIR "/tests/data/swear_words.txt");
  std::vector<std::string> words;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream row(line);
    for (std::string word; row >> word;) words.push_back(word);
  }
  return words;
}

Engine engine_for(const std::vector<std::string>& words) {
  std::string rules =
      "modcore: 1\ncategory: harassment\nrules:\n  - id: harassment.swearing\n    verdict: flag\n"
      "    patterns:\n      main:\n        tolerance: obfuscated\n        words:\n";
  for (const std::string& word : words) rules += "          - \"" + word + "\"\n";
  const Source source{"swearing.rules.yaml", rules};
  const CompileResult compiled = compile({&source, 1});
  REQUIRE(compiled.engine);
  return *compiled.engine;
}

// How many words of the dictionary are found although they are not swear words as
// they stand.
std::size_t mistaken(Scanner& scanner, const std::string& dictionary) {
  std::ifstream in("/usr/share/dict/" + dictionary);
  REQUIRE_MESSAGE(in.is_open(), dictionary);
  std::size_t words = 0, plain = 0, mistaken = 0;
  for (std::string word; std::getline(in, word); ++words) {
    const Decision decision = scanner.scan({.body = word});
    for (const FiredRule& rule : decision.fired) {
      for (const Evidence& evidence : rule.evidence) {
        if (evidence.tolerance != Tolerance::obfuscated) {
          ++plain;
        } else {
          std::cout << word << " is taken for " << evidence.item << "\n";
          ++mistaken;
        }
      }
    }
  }
  std::cout << dictionary << ": " << words << " words, " << plain << " plain, " << mistaken
            << " mistaken\n";
  CHECK(words > 100'000);
  CHECK(plain > 50);
  return mistaken;
}

TEST_CASE("no word of an English, French or Polish dictionary is taken for a swear word") {
  const std::vector<std::string> words = swear_words();
  CHECK(words.size() > 400);
  Scanner scanner(engine_for(words));
  CHECK(mistaken(scanner, "american-english-large") == 0);
  CHECK(mistaken(scanner, "french") == 0);
  CHECK(mistaken(scanner, "polish") == 0);
}

}  // namespace
}  // namespace modcore::test
