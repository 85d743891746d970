// Thousands of regexes that are searched for together, against looking for each alone.
#include <doctest/doctest.h>

#include <random>
#include <set>
#include <string>

#include <modcore/modcore.hpp>

namespace {

using namespace modcore;

constexpr std::size_t rule_count = 3'000;
constexpr std::size_t post_count = 300;

// Of few letters, so that texts overlap and are found often.
std::string random_text(std::mt19937& random, std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i) text += "abcdef"[random() % 6];
  return text;
}

std::set<std::string> random_texts(std::mt19937& random) {
  std::set<std::string> texts;
  while (texts.size() < rule_count) texts.insert(random_text(random, 4 + random() % 5));
  return texts;
}

// The rule of each text bears its name.
std::string rules_of(const std::set<std::string>& texts) {
  std::string rules = "modcore: 1\ncategory: spam\nrules:\n";
  for (const std::string& text : texts) {
    rules += "  - id: spam." + text + "\n    regex: ['" + text + "']\n    verdict: flag\n";
  }
  return rules;
}

std::set<std::string> fired_by(Scanner& scanner, const std::string& post) {
  std::set<std::string> fired;
  for (const FiredRule& rule : scanner.scan({.body = post}).fired) fired.insert(rule.rule.substr(5));
  return fired;
}

}  // namespace

TEST_CASE("of thousands of regexes those fire whose text stands in the post") {
  std::mt19937 random(20261125);
  const std::set<std::string> texts = random_texts(random);
  const std::string rules = rules_of(texts);
  const Source source{"many.rules.yaml", rules};
  const CompileResult result = compile({&source, 1});
  REQUIRE_MESSAGE(result, render(result.diagnostics));
  Scanner scanner(*result.engine);
  std::size_t found = 0;
  for (std::size_t i = 0; i < post_count; ++i) {
    const std::string post = random_text(random, random() % 90);
    std::set<std::string> expected;
    for (const std::string& text : texts) {
      if (post.find(text) != std::string::npos) expected.insert(text);
    }
    CHECK(fired_by(scanner, post) == expected);
    found += expected.size();
  }
  CHECK(found > post_count);
}
