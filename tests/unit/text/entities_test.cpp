// Mentions, hashtags and emoji in running text.
#include "text/entities.hpp"

#include <doctest/doctest.h>

#include <random>

#include "unit/text/random_text.hpp"

using namespace modcore;
using text::Range;

namespace {

using Parts = std::vector<std::string>;

using Finder = void (*)(std::string_view, std::vector<Range>&);

Parts found(Finder find, std::string_view text) {
  std::vector<Range> ranges;
  find(text, ranges);
  Parts parts;
  for (const Range range : ranges) parts.emplace_back(text.substr(range.begin, range.end - range.begin));
  return parts;
}

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

}  // namespace

TEST_CASE("a mention is a name after an @ that follows no word") {
  CHECK(found(text::find_mentions, "@ann hi @bob_2! (@łucja) @c.d. @-x me@mail.com x/@y") ==
        Parts{"@ann", "@bob_2", "@łucja", "@c.d"});
  CHECK(found(text::find_mentions, "@ @@dan @") == Parts{"@dan"});
}

TEST_CASE("a mention of another server names the server too") {
  CHECK(found(text::find_mentions, "hi @ann@social.example, and @bob@home") == Parts{"@ann@social.example", "@bob"});
  CHECK(found(text::find_mentions, "ann@social.example first.last+x@a.b.example").empty());
}

TEST_CASE("a chat writes a mention as an id in brackets") {
  CHECK(found(text::find_mentions, "<@123> <@!45>, <@&6> <@U1A2|ann b> <@ann") ==
        Parts{"<@123>", "<@!45>", "<@&6>", "<@U1A2|ann b>", "@ann"});
  CHECK(found(text::find_mentions, "<@> <@!> <#1>").empty());
}

TEST_CASE("u/name is a mention") {
  CHECK(found(text::find_mentions, "thanks u/ann_b-2, /u/Carl and (u/dan)") ==
        Parts{"u/ann_b-2", "/u/Carl", "u/dan"});
  CHECK(found(text::find_mentions, "https://a.example/u/ann menu/bar u/ab u/ann/x 80 u/min tu/vous a=u/ann").empty());
  CHECK(found(text::find_mentions, "u/abcdefghijklmnopqrstuvwxyz").empty());
}

TEST_CASE("a hashtag holds a letter") {
  CHECK(found(text::find_hashtags, "#tag #Été2024 #1 #2nd a#b &#39; ##x /#y (#z)") ==
        Parts{"#tag", "#Été2024", "#2nd", "#z"});
}

TEST_CASE("an emoji sequence is one emoji") {
  CHECK(found(text::find_emoji, "a😀👍🏽 ❤️❤ 👩‍👩‍👧‍👦 🇵🇱 1️⃣ 🏳️‍🌈 🤷‍♂ 🏴󠁧󠁢󠁳󠁣󠁴󠁿") ==
        Parts{"😀", "👍🏽", "❤️", "❤", "👩‍👩‍👧‍👦", "🇵🇱", "1️⃣", "🏳️‍🌈", "🤷‍♂", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"});
  CHECK(found(text::find_emoji, "© ™ ↔ 1 # * 12\uFE0F 🇵").empty());
  CHECK(found(text::find_emoji, "©\uFE0F") == Parts{"©\uFE0F"});
}

TEST_CASE("skin tones and variation selectors do not matter to a plain emoji") {
  CHECK(text::plain_emoji("👍🏽") == "👍");
  CHECK(text::plain_emoji("❤️") == "❤");
  CHECK(text::plain_emoji("👩🏽‍❤️‍👩🏿") == "👩‍❤‍👩");
  CHECK(text::plain_emoji("🏽") == "🏽");
}

TEST_CASE("what is found is ordered, disjoint and inside the text, on any bytes") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  std::size_t total = 0;
  const auto check = [&](const std::string& text, const std::vector<Range>& ranges) {
    std::uint32_t at = 0;
    for (const Range range : ranges) {
      REQUIRE(range.begin >= at);
      REQUIRE(range.begin < range.end);
      REQUIRE(range.end <= text.size());
      at = range.end;
      ++total;
    }
  };
  for (int i = 0; i < 10000; ++i) {
    const std::string text = test::random_text(random, 40);
    CAPTURE(text);
    std::vector<Range> ranges;
    for (const Finder find : {text::find_mentions, text::find_hashtags, text::find_emoji}) {
      find(text, ranges);
      check(text, ranges);
    }
  }
  CHECK(total > 10000);
}

// Quadratic time would take hours here: the time limit of the test run ends it.
TEST_CASE("hostile text is searched in linear time") {
  constexpr std::size_t size = 2'000'000;
  int texts = 0;
  for (const std::string_view piece :
       {"(", "@", "u/", "/u/a", "<@", "@a@", "<@1|", "a.a.", "http://", "http://@", "a.com/((((", "https://a.com/", "#", "##a", "@a.",
        "😀\u200D", "\U000E0061", "xn--a.", "..", "http://a", "a@b.com", "[](", "\xFF", "例a"}) {
    const std::string text = repeated(piece, size);
    std::vector<Range> ranges;
    text::find_mentions(text, ranges);
    text::find_hashtags(text, ranges);
    text::find_emoji(text, ranges);
    CAPTURE(piece);
    ++texts;
  }
  CHECK(texts == 24);
}
