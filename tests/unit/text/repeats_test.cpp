// Texts that say the same again.
#include "text/repeats.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "unit/text/random_text.hpp"

using namespace modcore;

namespace {

struct Shares {
  text::Tally tally;
  text::Ratio runs(std::string_view text) {
    tally.start(text.size());
    return text::repeated_runs(text, tally);
  }
  text::Ratio words(std::string_view text) {
    tally.start(text.size());
    return text::unique_words(text, tally);
  }
  text::Ratio alike(std::string_view one, std::string_view other) {
    tally.start(one.size());
    const std::int64_t here = text::add_triples(one, tally);
    const text::Ratio there = text::take_triples(other, tally);
    return {2 * there.part, here + there.whole};
  }
};

}  // namespace

TEST_CASE("runs of eight characters repeat, whatever their case and the space between") {
  Shares shares;
  CHECK(shares.runs("").whole == 0);
  CHECK(shares.runs("1234567").whole == 0);
  CHECK(shares.runs("aaaaaaaaaa").part == 2);
  CHECK(shares.runs("aaaaaaaaaa").whole == 3);
  CHECK(shares.runs("buy gold now BUY  GÖLD\nNOW").part == 3);
  CHECK(shares.runs("abcdefghijkl").part == 0);
}

TEST_CASE("pure ASCII has the runs that it has within other texts") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Shares shares;
  for (int i = 0; i < 5'000; ++i) {
    std::string text;
    for (std::size_t length = random() % 90; text.size() < length;) {
      const std::size_t letter = random() % 6;
      text += i % 2 == 0 ? "aB \t\r\n"[letter] : static_cast<char>(0x20 + random() % 0x5F);
    }
    CAPTURE(text);
    const text::Ratio alone = shares.runs(text);
    const text::Ratio with_invisible = shares.runs(text + "\u200b");
    REQUIRE(alone.part == with_invisible.part);
    REQUIRE(alone.whole == with_invisible.whole);
  }
}

TEST_CASE("runs of ASCII repeat between texts of which one is pure") {
  Shares shares;
  shares.tally.start(100);
  CHECK(text::repeated_runs("Twelve roses", shares.tally).part == 0);
  CHECK(text::repeated_runs("twelve roses \u00e9", shares.tally).part == 4);
}

TEST_CASE("words are unique once") {
  Shares shares;
  const text::Ratio ratio = shares.words("Été, ete: it's it s");
  CHECK(ratio.whole == 6);
  CHECK(ratio.part == 3);
}

TEST_CASE("a share that is measured up to a limit stands on the same side of it") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Shares shares;
  const auto side = [](text::Ratio ratio, double limit) {
    const double share = ratio.whole == 0 ? 0 : static_cast<double>(ratio.part) / static_cast<double>(ratio.whole);
    return share < limit ? -1 : share > limit ? 1 : 0;
  };
  for (int i = 0; i < 5'000; ++i) {
    std::string text;
    const std::size_t words = 1 + random() % 12;
    for (std::size_t n = random() % 60; n > 0; --n) text += std::to_string(random() % words * 7919) + (n % 5 == 0 ? "! " : " ");
    if (i % 7 == 0) text += "\u00e9";
    if (i % 3 == 0) text += test::random_text(random, 40);
    const double limit = static_cast<double>(random() % 11) / 10;
    CAPTURE(text);
    CAPTURE(limit);
    shares.tally.start(text.size());
    const text::Ratio runs = text::repeated_runs_to(text, text::count_characters(text), shares.tally, limit);
    shares.tally.start(text.size());
    const text::Ratio unique = text::unique_words_to(text, text::count_characters(text), shares.tally, limit);
    REQUIRE(runs.whole == shares.runs(text).whole);
    REQUIRE(side(runs, limit) == side(shares.runs(text), limit));
    REQUIRE(unique.whole == shares.words(text).whole);
    REQUIRE(side(unique, limit) == side(shares.words(text), limit));
  }
}

TEST_CASE("texts are alike by their triples, the same either way round") {
  Shares shares;
  const text::Ratio same = shares.alike("Free spins!", "fréé... SPINS");
  CHECK(same.part == same.whole);
  CHECK(shares.alike("roses", "").part == 0);
  CHECK(shares.alike("", "").whole == 0);
  const text::Ratio one = shares.alike("buy cheap watches", "cheap watches to buy");
  const text::Ratio other = shares.alike("cheap watches to buy", "buy cheap watches");
  CHECK(one.part == other.part);
  CHECK(one.whole == other.whole);
  CHECK(one.part > 0);
  CHECK(one.part < one.whole);
}

TEST_CASE("a tally counts, gives back, and survives more numbers than it was made for") {
  text::Tally tally;
  tally.start(2);
  CHECK(tally.add(7) == 0);
  CHECK(tally.add(7) == 1);
  CHECK(tally.take(7));
  CHECK(tally.take(7));
  CHECK_FALSE(tally.take(7));
  CHECK_FALSE(tally.take(8));
  for (std::uint64_t i = 0; i < 10'000; ++i) static_cast<void>(tally.add(i * 32));
  tally.start(2);
  CHECK(tally.add(7) == 0);
}
