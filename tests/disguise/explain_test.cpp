// Whatever was found in disguise is explained: each character of it, and as the word that
// the rule looks for.
#include <doctest/doctest.h>

#include <algorithm>
#include <modcore/modcore.hpp>
#include <string>

#include "disguise/planted_rules.hpp"
#include "disguise/random_post.hpp"
#include "support/seed.hpp"
#include "text/fold.hpp"

using namespace modcore;

namespace {

// Without spaces, as rows of letters have it.
std::string plain(std::string_view item) {
  std::string letters = text::fold(item, text::Level::accents);
  std::erase(letters, ' ');
  return letters;
}

void check_characters(const std::string& body, const DisguisedWord& word) {
  CAPTURE(word.text);
  std::string read;
  std::size_t covered = 0;
  for (const ReadCharacter& character : word.characters) {
    REQUIRE(character.begin >= word.begin);
    REQUIRE(character.end <= word.end);
    REQUIRE(body.substr(character.begin, character.end - character.begin) == character.text);
    read += character.letter;
    covered += character.text.size();
  }
  REQUIRE(read == word.word);
  REQUIRE(covered == word.text.size());
  REQUIRE(std::ranges::any_of(word.characters, [](const ReadCharacter& character) {
    return !character.how.empty();
  }));
}

}  // namespace

TEST_CASE("every match that needed a disguise is explained to its last character") {
  test::Generator random(test::announced_seed());
  Scanner scanner(test::compile_planted_items());
  const auto items = test::planted_items();
  const auto kinds = disguise_kinds();
  int explained = 0;
  for (int i = 0; i < 4000; ++i) {
    const std::size_t item = random() % items.size();
    const std::string planted = mutate(items[item], kinds[random() % kinds.size()], random()).text;
    const test::RandomPost post = test::random_post(planted, random);
    CAPTURE(post.body);
    const Explanation explanation = scanner.explain({.body = post.body});
    for (const DisguisedWord& word : explanation.disguises) {
      check_characters(post.body, word);
      REQUIRE(plain(word.item).find(word.word) != std::string::npos);
      ++explained;
    }
    for (const FiredRule& rule : explanation.decision.fired) {
      for (const Evidence& one : rule.evidence) {
        if (one.tolerance != Tolerance::obfuscated) continue;
        CAPTURE(one.text);
        REQUIRE(std::ranges::any_of(explanation.disguises, [&](const DisguisedWord& word) {
          return word.pattern == one.pattern && word.begin >= one.begin && word.end <= one.end;
        }));
      }
    }
  }
  CHECK(explained >= 2000);
}
