// What mutate() makes of a text, and what it leaves alone.
#include <doctest/doctest.h>

#include <modcore/tooling.hpp>
#include <set>
#include <string>

#include "support/seed.hpp"
#include "support/utf8.hpp"
#include "text/fold.hpp"
#include "tooling/random.hpp"

using namespace modcore;

TEST_CASE("every kind disguises each word of three letters and more, and no shorter one") {
  for (const DisguiseKind kind : disguise_kinds()) {
    CAPTURE(to_string(kind));
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      const Mutation made = mutate("be it so: (casino) is 12", kind, seed);
      CAPTURE(made.text);
      REQUIRE(made.words == 1);
      REQUIRE(made.text.starts_with("be it so: ("));
      REQUIRE(made.text.ends_with(") is 12"));
      REQUIRE(made.text != "be it so: (casino) is 12");
      REQUIRE(utf8::is_valid(made.text));
    }
  }
}

TEST_CASE("the same seed gives the same text, and a few seeds many texts") {
  for (const DisguiseKind kind : disguise_kinds()) {
    CAPTURE(to_string(kind));
    std::set<std::string> texts;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      texts.insert(mutate("kasyno online", kind, seed).text);
      CHECK(mutate("kasyno online", kind, seed).text == mutate("kasyno online", kind, seed).text);
    }
    CHECK(texts.size() >= 8);
  }
}

TEST_CASE("the disguises of a seed do not change from platform to platform") {
  CHECK(tooling::Random(1).next() == 0x910A2DEC89025CC1U);
  CHECK(mutate("free casino", DisguiseKind::leet, 1).text == "fr33 ca$!no");
  CHECK(mutate("free casino", DisguiseKind::punctuation, 1).text == "f~r~e~e c.a.s.i-n.o");
  CHECK(mutate("free casino", DisguiseKind::homoglyph, 1).text == "fr\u0435e 🇨🇦🇸🇮🇳🇴");
}

TEST_CASE("case, accents and zero-width characters change nothing that the folds keep") {
  const std::string text = "Zażółć gęślą jaźń, l'été à Nîmes";
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const auto made = [&](DisguiseKind kind) { return mutate(text, kind, seed).text; };
    CHECK(text::fold(made(DisguiseKind::letter_case), text::Level::case_) ==
          text::fold(text, text::Level::case_));
    for (const DisguiseKind kind : {DisguiseKind::accents, DisguiseKind::zero_width}) {
      CHECK(text::fold(made(kind), text::Level::accents) == text::fold(text, text::Level::accents));
    }
  }
}

TEST_CASE("links, names, tags and scripts without spaces stay as they are") {
  for (const DisguiseKind kind : disguise_kinds()) {
    CAPTURE(to_string(kind));
    const std::string text = "https://casino.example/bonus @casino #casino 無料カジノ 12345 \xFF";
    const Mutation made = mutate(text, kind, 7);
    CHECK(made.text == text);
    CHECK(made.words == 0);
  }
}

TEST_CASE("spaced-out words are told from one another by wider spaces") {
  const Mutation made = mutate("a free casino now", DisguiseKind::spacing, 3);
  CHECK(made.words == 3);
  CHECK(made.text == "a   f\u2009r\u2009e\u2009e   c a s i n o   n o w");
}

TEST_CASE("any bytes are legal") {
  tooling::Random random(test::announced_seed());
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::size_t n = random.below(30); n > 0; --n) {
      if (random.one_in(2)) text += static_cast<char>(random.below(256));
      else utf8::append(text, static_cast<char32_t>(random.below(0x2500)));
    }
    const DisguiseKind kind = random.pick(disguise_kinds());
    const Mutation made = mutate(text, kind, random.next());
    if (made.words == 0) REQUIRE(made.text == text);
  }
}

TEST_CASE("the longest word is disguised in linear time") {
  const std::string word(400'000, 'a');
  for (const DisguiseKind kind : disguise_kinds()) CHECK(mutate(word, kind, 1).words == 1);
}

TEST_CASE("kinds have the names by which rules call them") {
  for (const DisguiseKind kind : disguise_kinds()) CHECK(disguise_kind(to_string(kind)) == kind);
  CHECK(disguise_kind("zero-width") == DisguiseKind::zero_width);
  CHECK_FALSE(disguise_kind("l33t"));
}
