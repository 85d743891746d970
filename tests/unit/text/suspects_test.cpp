// Where a word can stand in disguise, and what is passed by.
#include "text/suspects.hpp"

#include <doctest/doctest.h>

#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "support/seed.hpp"

namespace modcore::text {
namespace {

std::string found(std::string_view text) {
  std::vector<Range> suspects;
  find_suspects(text, suspects);
  std::string out;
  for (const Range range : suspects) {
    if (!out.empty()) out += '|';
    out += text.substr(range.begin, range.end - range.begin);
  }
  return out;
}

TEST_CASE("plain words are no suspects") {
  CHECK(found("The quick brown fox, \"jumps\" over: the dog? I say; a dog... Yes!!").empty());
  CHECK(found("don't you're he'll I've d'accord l'heure").empty());
  CHECK(found("I saw a dog and a cat").empty());
}

TEST_CASE("what could be a word in disguise is one") {
  CHECK(found("so b1tcoin is f.ree and rnoney") == "b1tcoin|f.ree|rnoney");
  CHECK(found("say f r e e now") == "f r e e");
  CHECK(found("say f. r, e! e now") == "f. r, e! e");
  CHECK(found("heyyy buIIshit caslno fu'ck") == "heyyy|buIIshit|caslno|fu'ck");
  CHECK(found("hello!a hi") == "hello!a");
}

TEST_CASE("a row of letters is found wherever it stands") {
  for (std::size_t before = 0; before < 200; ++before) {
    const std::string text = std::string(before, 'x') + " o k, word  f r e e word";
    CAPTURE(before);
    const std::string all = found(text);
    CHECK(all.ends_with("f r e e"));
  }
}

TEST_CASE("passing plain text in blocks changes nothing") {
  static constexpr std::string_view pieces[] = {
      " ",    " ",    " ",    " ",     "\n",   "  ",   "\t",      "word", "Word", "a",   "I",   "i",
      "b",    "xy",   "rn",   "cl",    "vv",   "uu",   "l",       "L",    "ll",   "III", "ooo", "sl",
      ".",    ",",    "...",  "?",     "!",    "!!",   "\"",      "'",    "'s",   "'t",  ":",   ";",
      "7",    "@",    "$",    "*",     "-",    "(",    ")",       "é",    "ж",    "<b>", "&amp;",
      "\x80", "http://", "\u2003", "\u200B", "longerwordthanothers", "and", "the", "girls", "SHlT"};
  std::mt19937_64 random(test::announced_seed());
  std::vector<Range> quick, close;
  std::size_t suspects = 0;
  for (int round = 0; round < 100'000; ++round) {
    std::string text;
    for (std::size_t i = random() % 60; i > 0; --i) {
      // Mostly words and spaces, so that blocks are plain more often than not.
      const bool plain = random() % 4 != 0;
      text += plain ? (random() % 2 == 0 ? " plain" : " text ") : pieces[random() % std::size(pieces)];
    }
    quick.clear();
    close.clear();
    find_suspects(text, quick);
    find_suspects_closely(text, close);
    suspects += close.size();
    bool same = quick.size() == close.size();
    for (std::size_t i = 0; same && i < quick.size(); ++i) {
      same = quick[i].begin == close[i].begin && quick[i].end == close[i].end;
    }
    CAPTURE(text);
    REQUIRE(same);
  }
  CHECK(suspects > 100'000);
}

}  // namespace
}  // namespace modcore::text
