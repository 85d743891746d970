// What each level of folding holds to be the same.
#include "text/fold.hpp"

#include <doctest/doctest.h>

#include <random>

#include "support/utf8.hpp"
#include "text/ascii_fold.hpp"
#include "text/hangul.hpp"
#include "unit/text/random_text.hpp"
#include "text/unicode_tables.hpp"

using namespace modcore;
using text::Level;

namespace {

std::string utf8_of(char32_t code_point) {
  std::string bytes;
  utf8::append(bytes, code_point);
  return bytes;
}

std::string accents(std::string_view text) { return text::fold(text, Level::accents); }

template <class Each>
int for_all_code_points(Each each) {
  int visited = 0;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    each(c);
    ++visited;
  }
  return visited;
}

}  // namespace

TEST_CASE("accents, case and typography do not matter at accents") {
  CHECK(accents("Łódź ØRE đak STRAẞE œuvre Æther ışık") == "lodz ore dak strasse oeuvre aether isik");
  CHECK(accents("ｆｕｌｌ－ｗｉｄｔｈ１２３") == "full-width123");
  CHECK(accents("ﬁﬂﬃ ﬆ") == "fiflffi st");
  CHECK(accents("“quoted” ‘it’s’ «ça» – —") == "\"quoted\" 'it's' \"ca\" - -");
  CHECK(accents("k\u200Bi\u00ADl\u2060l\uFE0F") == "kill");
  CHECK(accents("e\u0301\u0327 ffe\u0308") == "e ffe");
  CHECK(accents("\u212A \u017F \u0130 \u1E9E \u0345") == "k s i ss \u03B9");
}

TEST_CASE("look-alikes and letters drawn for effect stay apart at accents") {
  CHECK(accents("𝐛𝐨𝐥𝐝") == "𝐛𝐨𝐥𝐝");
  CHECK(accents("ⓐ²ªⅷ") == "ⓐ²ªⅷ");
  CHECK(accents("раураl") != "paypal");
}

TEST_CASE("marks that are parts of letters stay") {
  CHECK(accents("हिन्दी") == "हिन्दी");
  CHECK(accents("ไทยดี้") == "ไทยดี้");
  CHECK(accents("ばか") == text::fold("ばか", Level::exact));
  CHECK(accents("أهلا") == text::fold("أهلا", Level::exact));
}

TEST_CASE("Hebrew and Arabic points do not matter, in whatever order they were typed") {
  CHECK(accents("שָׁלוֹם") == "שלום");
  CHECK(accents("مُحَمَّد") == "محمد");
}

TEST_CASE("white space is one kind, line breaks are another") {
  CHECK(accents("a\tb\u00A0c\u3000d\u2003e") == "a b c d e");
  CHECK(accents("a\nb\rc\u2028d\u0085e\vf\fg") == "a\nb\nc\nd\ne\nf\ng");
}

TEST_CASE("exact is canonical equivalence and nothing else") {
  CHECK(text::fold("\u00E9", Level::exact) == text::fold("e\u0301", Level::exact));
  CHECK(text::fold("a\u0323\u0307", Level::exact) == text::fold("a\u0307\u0323", Level::exact));
  CHECK(text::fold("각", Level::exact) == "\u1100\u1161\u11A8");
  CHECK(text::fold("가", Level::exact) == "\u1100\u1161");
  CHECK(text::fold("A\u200B", Level::exact) == "A\u200B");
}

TEST_CASE("case is a canonical caseless match") {
  CHECK(text::fold("STRAẞE", Level::case_) == "strasse");
  CHECK(text::fold("ΑΣ", Level::case_) == text::fold("ας", Level::case_));
  CHECK(text::fold("\u03B1\u0345\u0301", Level::case_) ==
        text::fold("\u03B1\u0301\u0345", Level::case_));
  CHECK(text::fold("ABC", Level::case_) == "abc");
}

TEST_CASE("each maximal ill-formed subpart becomes one U+FFFD") {
  CHECK(text::repair("a\xF0\x9F\x98z") == "a\uFFFDz");
  CHECK(text::repair("\xC0\x80\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
  CHECK(text::repair("\xE2\x82") == "\uFFFD");
  CHECK(text::repair("well formed ✓") == "well formed ✓");
  CHECK(accents("A\xFF" "B") == "a\uFFFDb");
}

TEST_CASE("the accents fold of a fold is itself, for every code point") {
  std::size_t wrong = 0;
  CHECK(for_all_code_points([&](char32_t c) {
          const std::string once = accents(utf8_of(c));
          wrong += accents(once) != once ? 1U : 0U;
        }) == 1112064);
  CHECK(wrong == 0);
}

TEST_CASE("what is equal at a stricter level is equal at accents, for every code point") {
  std::size_t wrong = 0;
  for_all_code_points([&](char32_t c) {
    const std::string one = utf8_of(c);
    const std::string folded = accents(one);
    wrong += accents(text::fold(one, Level::exact)) != folded ? 1U : 0U;
    wrong += accents(text::fold(one, Level::case_)) != folded ? 1U : 0U;
  });
  CHECK(wrong == 0);
}

TEST_CASE("no fold is longer than the tables promise") {
  std::size_t longest = 0;
  for_all_code_points([&](char32_t c) { longest = std::max(longest, accents(utf8_of(c)).size()); });
  CHECK(longest <= text::unicode::max_fold_length);
  CHECK(longest > 12);
}

TEST_CASE("the accents fold of a text is that of its code points one after the other") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 3000; ++i) {
    const std::string text = test::random_text(random, 60);
    std::string joined;
    for (std::size_t at = 0; at < text.size();) {
      const auto next = utf8::decode(text, at);
      joined += accents(std::string_view(text).substr(at, next.length));
      at += next.length;
    }
    REQUIRE(accents(text) == joined);
  }
}

TEST_CASE("words are made of letters, marks and digits") {
  for (const char32_t c : U"aZ5éж語ा٣ⁿ") {
    if (c != 0) CHECK(text::is_word(c));
  }
  for (const char32_t c : U"_'-² .ⓐ😀�") {
    if (c != 0) CHECK_FALSE(text::is_word(c));
  }
  CHECK_FALSE(text::is_word(0x110000));
}

TEST_CASE("scripts without spaces are known") {
  for (const char32_t c : U"語ひカไលမーｶ") {
    if (c != 0) CHECK(text::is_unspaced(c));
  }
  for (const char32_t c : U"aж한अ7.") {
    if (c != 0) CHECK_FALSE(text::is_unspaced(c));
  }
}

TEST_CASE("ASCII folds as the short table says") {
  for (std::size_t c = 0; c < text::ascii_fold.size(); ++c) {
    CAPTURE(c);
    const std::string folded = text::fold(std::string(1, static_cast<char>(c)), text::Level::accents);
    CHECK(folded == (text::ascii_fold[c] == 0 ? std::string() : std::string(1, text::ascii_fold[c])));
  }
}
