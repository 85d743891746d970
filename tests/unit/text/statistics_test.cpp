// What the text functions count.
#include "text/statistics.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <utility>

#include "support/utf8.hpp"
#include "text/census.hpp"
#include "text/entities.hpp"
#include "text/fold.hpp"
#include "text/repeats.hpp"
#include "text/views.hpp"
#include "unit/text/random_text.hpp"

using namespace modcore;

namespace {

std::int64_t count_words(std::string_view text) { return text::count_characters(text).words; }

}  // namespace

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

// What compile/sleep.cpp counts on.
TEST_CASE("a character has at most twice as many words as bytes") {
  CHECK(count_words("\uFDFA") == 4);
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c == 0xD800) c = 0xE000;
    std::string text;
    utf8::append(text, c);
    CAPTURE(static_cast<std::uint32_t>(c));
    REQUIRE(count_words(text) <= static_cast<std::int64_t>(2 * text.size()));
  }
}

TEST_CASE("the words that are counted are the tokens of the views") {
  CHECK(count_words("l'été, kill\u200Byourself 12") == 4);
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  text::Views views;
  for (int i = 0; i < 5000; ++i) {
    const std::string text = test::random_text(random, 30);
    CAPTURE(text);
    views.build(text);
    REQUIRE(count_words(text) == static_cast<std::int64_t>(views.tokens().size()));
  }
}

TEST_CASE("only cased letters have a share in capitals") {
  CHECK(text::count_characters("ABc 12 語").capitals == 2);
  CHECK(text::count_characters("ABc 12 語").letters == 3);
  CHECK(text::count_characters("ŁÓDŹ").capitals == 4);
}

TEST_CASE("white space has no share in digits") {
  CHECK(text::count_characters("a1 ٣\t").digits == 2);
  CHECK(text::count_characters("a1 ٣\t").unspaced == 3);
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
    const text::Census alone = text::count_characters(text);
    const text::Census with = text::count_characters(other);
    REQUIRE(with.unspaced == alone.unspaced + 1);
    REQUIRE(with.letters == alone.letters + 1);
    REQUIRE(with.capitals == alone.capitals);
    REQUIRE(with.digits == alone.digits);
    REQUIRE(with.symbols == alone.symbols);
    REQUIRE(with.invisible == alone.invisible);
    REQUIRE(with.folded == alone.folded + 1);
    REQUIRE(with.words == alone.words + 1);
    REQUIRE(text::marks_run(text) == text::marks_run(other));
    std::vector<text::Range> buffer;
    REQUIRE(text::count_invisible(text, buffer) == text::count_invisible(other, buffer));
  }
}

TEST_CASE("what a census misses does not stand in the text") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  std::vector<text::Range> found;
  text::Tally tally;
  int emoji = 0, marks = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = test::random_text(random, 20) + (i % 3 == 0 ? "1\uFE0F\u20E3" : "");
    CAPTURE(text);
    const text::Census census = text::count_characters(text);
    text::find_emoji(text, found);
    emoji += found.empty() ? 0 : 1;
    marks += text::marks_run(text) > 0 ? 1 : 0;
    REQUIRE((found.empty() || census.may_hold_emoji()));
    REQUIRE((text::marks_run(text) == 0 || census.has(text::unicode::mark)));
    REQUIRE((text::count_invisible(text, found) == 0 || census.invisible > 0));
    tally.start(text.size() * 20);
    REQUIRE(text::repeated_runs(text, tally).whole == std::max<std::int64_t>(0, census.folded - 7));
  }
  CHECK(emoji > 100);
  CHECK(marks > 100);
}
