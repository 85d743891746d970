// Own words, quotes and code of a body.
#include "text/zones.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>

#include "unit/text/random_text.hpp"

using namespace modcore;
using text::Range;
using text::Zones;

namespace {

using Parts = std::vector<std::string>;

Parts parts(std::string_view body, const std::vector<Range>& zone) {
  Parts found;
  for (const Range range : zone) found.emplace_back(body.substr(range.begin, range.end - range.begin));
  return found;
}

struct Expected {
  Parts own, quote, code;
};

void check_zones(std::string_view body, const Expected& expected) {
  CAPTURE(body);
  Zones zones;
  text::find_zones(body, zones);
  CHECK(parts(body, zones.own) == expected.own);
  CHECK(parts(body, zones.quote) == expected.quote);
  CHECK(parts(body, zones.code) == expected.code);
}

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

}  // namespace

TEST_CASE("a body without markers is its author's own") {
  check_zones("", {});
  check_zones("one\ntwo", {.own = {"one\ntwo"}});
  check_zones("a > b ~ c", {.own = {"a > b ~ c"}});
}

TEST_CASE("a line that begins with > is a quote") {
  check_zones("> he said\nno", {.own = {"no"}, .quote = {"he said\n"}});
  check_zones("a\n   >b\n    > c", {.own = {"a\n", "    > c"}, .quote = {"b\n"}});
  check_zones("> > deep\n>> er", {.quote = {"deep\n", "er"}});
  check_zones(">\n>", {.quote = {"\n"}});
  check_zones("> a\r\nb\r> c", {.own = {"b\r"}, .quote = {"a\r\n", "c"}});
}

TEST_CASE("a closed fence is code") {
  check_zones("a\n```\ncode\n```\nb", {.own = {"a\n", "b"}, .code = {"code\n"}});
  check_zones("~~~~ cpp\na ~~~\n~~~\n~~~~~ \nb", {.own = {"b"}, .code = {"a ~~~\n~~~\n"}});
  check_zones("```\n> code\n```", {.code = {"> code\n"}});
  check_zones("```\n```\nx", {.own = {"x"}});
}

TEST_CASE("an unclosed marker is ordinary text") {
  check_zones("a\n```\nb", {.own = {"a\n```\nb"}});
  check_zones("````\nb\n```", {.own = {"````\nb\n```"}});
  check_zones("a `b", {.own = {"a `b"}});
  check_zones("a `b\n\nc` d", {.own = {"a `b\n\nc` d"}});
  check_zones("a ``b` c", {.own = {"a ``b` c"}});
}

TEST_CASE("inline code closes with as many backticks in the same paragraph") {
  check_zones("a `b` c", {.own = {"a ", " c"}, .code = {"b"}});
  check_zones("``b ` c``", {.code = {"b ` c"}});
  check_zones("a `b\nc` d", {.own = {"a ", " d"}, .code = {"b\nc"}});
  check_zones("a `b\n> q\nc` d", {.own = {"a `b\n", "c` d"}, .quote = {"q\n"}});
  check_zones("`a` `b", {.own = {" `b"}, .code = {"a"}});
}

TEST_CASE("code inside a quote is quote") {
  check_zones("> `a` b\n> ```\n> c\n> ```", {.quote = {"`a` b\n", "```\n", "c\n", "```"}});
}

TEST_CASE("zones are ordered and disjoint and only markers lie between them") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  static constexpr std::string_view pieces[] = {"`",  "``", "```", "\n", "\n\n", "> ", ">",  "~~~",
                                                "ab", " ",  "\r",  "\t", "\xFF", "é",  "```\n", "\r\n"};
  Zones zones;
  for (int i = 0; i < 20000; ++i) {
    std::string body;
    for (auto n = random() % 25; n > 0; --n) body += pieces[random() % std::size(pieces)];
    CAPTURE(body);
    text::find_zones(body, zones);
    std::vector<Range> all = zones.own;
    all.insert(all.end(), zones.quote.begin(), zones.quote.end());
    all.insert(all.end(), zones.code.begin(), zones.code.end());
    std::sort(all.begin(), all.end(), [](Range a, Range b) { return a.begin < b.begin; });
    std::uint32_t at = 0;
    all.push_back({static_cast<std::uint32_t>(body.size()), static_cast<std::uint32_t>(body.size())});
    for (const Range range : all) {
      REQUIRE(range.begin >= at);
      REQUIRE((range.begin < range.end || range.begin == body.size()));
      const std::string gap = body.substr(at, range.begin - at);
      // The line of an opening fence may name a language.
      const bool fence = gap.find("```") != std::string::npos || gap.find("~~~") != std::string::npos;
      REQUIRE((fence || gap.find_first_not_of("`> ") == std::string::npos));
      at = range.end;
    }
  }
}

// Quadratic time would take hours here: the time limit of the test run ends it.
TEST_CASE("ten megabytes of markers are split in linear time") {
  constexpr std::size_t size = 10'000'000;
  std::string shrinking;
  for (std::size_t n = 4000; n > 2; --n) shrinking += std::string(n, '`') + "\n";
  Zones zones;
  int texts = 0;
  for (const std::string& body :
       {repeated("`", size), repeated("` `` ", size), repeated(">\n", size), repeated("\r", size),
        repeated("```\n", size), repeated("~~~ x\n", size), repeated("`a\n\n", size), shrinking}) {
    text::find_zones(body, zones);
    ++texts;
  }
  CHECK(texts == 8);
}
