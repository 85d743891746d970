// What the text functions count.
#include "text/statistics.hpp"

#include <doctest/doctest.h>

#include <random>
#include <utility>

#include "text/views.hpp"
#include "unit/text/random_text.hpp"

using namespace modcore;

TEST_CASE("lengths are code points, ill-formed parts count one each") {
  CHECK(text::code_points("") == 0);
  CHECK(text::code_points("aé語😀") == 4);
  CHECK(text::code_points("\xFF\xF0\x9F\x98") == 2);
}

TEST_CASE("lines that hold nothing are not counted") {
  CHECK(text::count_lines("") == 0);
  CHECK(text::count_lines("\n\r\n") == 0);
  CHECK(text::count_lines("a\r\nb\rc\n\nd") == 4);
}

TEST_CASE("the words that are counted are the tokens of the views") {
  CHECK(text::count_words("l'été, kill\u200Byourself 12") == 4);
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  text::Views views;
  for (int i = 0; i < 5000; ++i) {
    const std::string text = test::random_text(random, 30);
    CAPTURE(text);
    views.build(text);
    REQUIRE(text::count_words(text) == static_cast<std::int64_t>(views.tokens().size()));
  }
}

TEST_CASE("only cased letters have a share in capitals") {
  CHECK(text::caps_ratio("ABc 12 語").part == 2);
  CHECK(text::caps_ratio("ABc 12 語").whole == 3);
  CHECK(text::caps_ratio("ŁÓDŹ").part == 4);
}

TEST_CASE("white space has no share in digits") {
  CHECK(text::digit_ratio("a1 ٣\t").part == 2);
  CHECK(text::digit_ratio("a1 ٣\t").whole == 3);
}

TEST_CASE("a run repeats one character whatever its case") {
  CHECK(text::repeat_run("") == 0);
  CHECK(text::repeat_run("abc") == 1);
  CHECK(text::repeat_run("heLLLlo") == 4);
  CHECK(text::repeat_run("a    b") == 1);
  CHECK(text::repeat_run("!! !!") == 2);
  CHECK(text::repeat_run("!\u200B!\u200B!") == 3);
  CHECK(text::repeat_run("ééé") == text::repeat_run("e\u0301e\u0301e\u0301"));
}

TEST_CASE("pure ASCII is counted as other texts are") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  const auto apart = [](text::Ratio with, text::Ratio alone) {
    return std::pair(with.part - alone.part, with.whole - alone.whole);
  };
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t length = random() % 70; text.size() < length;) {
      // Mostly what is printable; runs of words and of spaces.
      const bool any = random() % 50 == 0;
      const std::size_t letter = random() % 4;
      text += any ? static_cast<char>(random() % 0x80)
                  : i % 2 == 0 ? "aB 9"[letter] : static_cast<char>(0x20 + random() % 0x5F);
    }
    CAPTURE(text);
    const std::string other = text + " \u00e9";  // one word, one small letter
    REQUIRE(text::count_words(text) == text::count_words(other) - 1);
    REQUIRE(apart(text::caps_ratio(other), text::caps_ratio(text)) == std::pair(std::int64_t{0}, std::int64_t{1}));
    REQUIRE(apart(text::digit_ratio(other), text::digit_ratio(text)) == std::pair(std::int64_t{0}, std::int64_t{1}));
    REQUIRE(apart(text::symbol_ratio(other), text::symbol_ratio(text)) == std::pair(std::int64_t{0}, std::int64_t{1}));
    REQUIRE(text::marks_run(text) == text::marks_run(other));
    std::vector<text::Range> buffer;
    REQUIRE(text::count_invisible(text, buffer) == text::count_invisible(other, buffer));
  }
}
