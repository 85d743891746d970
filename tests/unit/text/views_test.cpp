// The views of a piece, and that every place in them leads back to the original.
#include "text/views.hpp"

#include <doctest/doctest.h>

#include <random>

#include "runtime/regex_program.hpp"
#include "support/utf8.hpp"
#include "text/fold.hpp"
#include "unit/text/random_text.hpp"

using namespace modcore;
using text::Range;
using text::View;
using text::Views;

namespace {

std::uint32_t offset(std::size_t value) { return static_cast<std::uint32_t>(value); }

// The character boundaries of a valid text, its end included.
std::vector<std::uint32_t> boundaries(std::string_view text) {
  std::vector<std::uint32_t> found;
  for (std::size_t at = 0; at < text.size(); at += utf8::decode(text, at).length) {
    found.push_back(offset(at));
  }
  found.push_back(offset(text.size()));
  return found;
}

// What the words view is by definition, written the slow way.
std::string slow_words(std::string_view fold) {
  std::string words = " ";
  for (std::size_t at = 0; at < fold.size();) {
    const auto next = utf8::decode(fold, at);
    if (text::is_word(next.code_point)) {
      words += fold.substr(at, next.length);
    } else if (words.back() != ' ') {
      words += ' ';
    }
    at += next.length;
  }
  if (words.back() != ' ') words += ' ';
  return words == " " ? "" : words;
}

}  // namespace

bool is_separator_of_pcre2(const std::string& text) {
  static const auto separator = runtime::RegexProgram::compile("\\A\\W\\z", true);
  static runtime::RegexRunner runner;
  return runner.search(*separator.program, text, 0, 0).outcome == runtime::RegexRunner::Search::Outcome::found;
}

TEST_CASE("words view has one separator between words and at both ends") {
  Views views;
  views.build("Kill -- YOURSELF, l'été!");
  CHECK(views.get(View::words) == " kill yourself l ete ");
  views.build("one");
  CHECK(views.get(View::words) == " one ");
  for (const std::string_view none : {"", "...", " \n", "\u200B", "\u0000"}) {
    views.build(none);
    CHECK(views.get(View::words).empty());
    CHECK(views.tokens().empty());
  }
}

TEST_CASE("a token reaches over the marks and invisible characters of its last letter") {
  Views views;
  const std::string text = "A caf\u00E9 cafe\u0301\u200B!";
  views.build(text);
  REQUIRE(views.tokens().size() == 3);
  CHECK(slice(text, views.tokens()[1].original) == "caf\u00E9");
  CHECK(slice(text, views.tokens()[2].original) == "cafe\u0301\u200B");
  CHECK(slice(views.get(View::words), views.tokens()[2].words) == "cafe");
}

TEST_CASE("digits of every script are one kind") {
  Views views;
  const std::string text = "tel. 12-٣４ x5";
  views.build(text);
  CHECK(views.get(View::digits) == "12345");
  CHECK(slice(text, views.original_range(View::digits, {1, 4})) == "2-٣４");
}

TEST_CASE("digits are found wherever they stand in a long text") {
  Views views;
  for (std::size_t length = 0; length < 70; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      std::string text(length, '/');  // beside 0 in ASCII
      text[at] = at % 2 == 0 ? '9' : '0';
      text += at % 3 == 0 ? "\u0663:" : ":";
      views.build(text);
      CHECK(views.get(View::digits) == std::string(1, text[at]) + (at % 3 == 0 ? "3" : ""));
    }
  }
}

TEST_CASE("what a text spells is its letters and digits, whatever stands between") {
  Views views;
  views.build("B_i.T c-\u00d6 1\u200b\u00a0n!");
  CHECK(views.get(View::spelled) == "bitco1n");
  CHECK(text::spelled("b i\u0442t") == "bit");
  CHECK(text::spelled("").empty());
}

// Tables that are newer than PCRE2's know letters that it takes for no word characters.
TEST_CASE("what PCRE2 takes for a separator spells nothing") {
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string character;
    utf8::append(character, c);
    const bool letters = !text::spelled(text::fold(character, text::Level::accents)).empty();
    if (!letters || text::may_spell_otherwise(character)) continue;
    if (is_separator_of_pcre2(character)) FAIL_CHECK(static_cast<std::uint32_t>(c));
  }
  CHECK(is_separator_of_pcre2("-"));
  CHECK_FALSE(is_separator_of_pcre2("a"));
}

TEST_CASE("a reused view forgets the text before") {
  Views views;
  views.build("\xFF 123 one two three");
  static_cast<void>(views.tokens());
  static_cast<void>(views.get(View::repaired));
  static_cast<void>(views.get(View::digits));
  views.build("abc 9");
  CHECK(views.get(View::repaired) == "abc 9");
  CHECK(views.get(View::digits) == "9");
  CHECK(views.tokens().size() == 2);
  CHECK(views.ascii());
  CHECK(views.original_range(View::repaired, {0, 3}) == Range{0, 3});
}

TEST_CASE("a range of the repaired view leads to the ill-formed bytes and back") {
  Views views;
  const std::string text = "a\xFF" "b\xF0\x9F" "é";
  views.build(text);
  CHECK(views.get(View::repaired) == "a\uFFFDb\uFFFDé");
  CHECK(views.original_range(View::repaired, {1, 4}) == Range{1, 2});
  CHECK(views.original_range(View::repaired, {5, 10}) == Range{3, 7});
  CHECK(views.repaired_range({1, 2}) == Range{1, 4});
  CHECK(views.repaired_range({3, 7}) == Range{5, 10});
}

TEST_CASE("a range that cuts a character is widened to it") {
  Views views;
  const std::string text = "x語y";
  views.build(text);
  CHECK(slice(text, views.original_range(View::fold, {2, 3})) == "語");
  CHECK(slice(text, views.original_range(View::repaired, {2, 3})) == "語");
  views.build("ßx");
  CHECK(views.original_range(View::fold, {1, 2}) == Range{0, 2});
}

TEST_CASE("the folded original range of a range of the fold is that range") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Views views;
  int checked = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string text = test::random_text(random, 30);
    CAPTURE(text);
    views.build(text);
    const std::string fold(views.get(View::fold));
    REQUIRE(fold == text::fold(text, text::Level::accents));
    REQUIRE(views.get(View::words) == slow_words(fold));
    REQUIRE(views.get(View::repaired) == text::repair(text));
    const auto places = boundaries(fold);
    const std::size_t first = random() % places.size();
    const std::size_t last = first + random() % (places.size() - first);
    const Range range{places[first], places[last]};
    const Range original = views.original_range(View::fold, range);
    REQUIRE(original.begin <= original.end);
    REQUIRE(original.end <= text.size());
    const std::string again = text::fold(slice(text, original), text::Level::accents);
    // A character that folds to several is taken whole.
    REQUIRE(again.find(slice(fold, range)) != std::string::npos);
    if (first < last) {
      const std::string head = text::fold(text.substr(0, original.begin), text::Level::accents);
      const std::string tail = text::fold(text.substr(original.end), text::Level::accents);
      REQUIRE(head + again + tail == fold);
      REQUIRE(head.size() <= range.begin);
      REQUIRE(tail.size() <= fold.size() - range.end);
      ++checked;
    }
  }
  CHECK(checked > 5000);
}

TEST_CASE("a token is the same word in the words view, the fold and the original") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Views views;
  std::size_t tokens = 0;
  for (int i = 0; i < 5000; ++i) {
    const std::string text = test::random_text(random, 40);
    CAPTURE(text);
    views.build(text);
    for (const text::Token& token : views.tokens()) {
      const std::string word(slice(views.get(View::words), token.words));
      REQUIRE(slice(views.get(View::fold), token.fold) == word);
      const std::string again = text::fold(slice(text, token.original), text::Level::accents);
      REQUIRE(again.find(word) != std::string::npos);
      REQUIRE(views.original_range(View::words, token.words) == token.original);
      ++tokens;
    }
  }
  CHECK(tokens > 10000);
}

TEST_CASE("repaired ranges lead back to what they stand for") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Views views;
  for (int i = 0; i < 5000; ++i) {
    const std::string text = test::random_text(random, 20);
    CAPTURE(text);
    views.build(text);
    const std::string repaired(views.get(View::repaired));
    const auto places = boundaries(repaired);
    const std::size_t first = random() % places.size();
    const std::size_t last = first + random() % (places.size() - first);
    if (first == last) continue;
    const Range range{places[first], places[last]};
    const Range original = views.original_range(View::repaired, range);
    REQUIRE(text::repair(slice(text, original)) == slice(repaired, range));
    REQUIRE(views.repaired_range(original) == range);
  }
}

// Quadratic time would take hours here: the time limit of the test run ends it.
TEST_CASE("megabytes of any one thing are folded in linear time and memory") {
  constexpr std::size_t size = 4'000'000;
  Views views;
  int texts = 0;
  for (const std::string_view piece : {"a", "A.", "\u0301", "\u200B", "\xFF", "é", "語", "ﷺ", "한", "..",
                                       " ", "1", "\n", "ŉ", "\U000E0061"}) {
    std::string text;
    while (text.size() < size) text += piece;
    views.build(text);
    const std::size_t tokens = views.tokens().size();
    const std::size_t digits = views.get(View::digits).size();
    CHECK(tokens + digits <= 2 * text.size());
    CHECK(views.get(View::repaired).size() <= 3 * text.size());
    const auto end = offset(views.get(View::fold).size());
    CHECK(views.original_range(View::fold, {end / 2, end}).end == text.size());
    ++texts;
  }
  CHECK(texts == 15);
}

TEST_CASE("the signs of a piece are those of its ASCII characters, whatever stands between") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Views views;
  for (int round = 0; round < 2000; ++round) {
    const std::string original = test::random_text(random, 30);
    text::Signs expected;
    for (const char c : original) expected.add(text::signs_of(c));
    views.build(original);
    CAPTURE(original);
    CHECK(views.signs() == expected);
  }
}
