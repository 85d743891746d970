// Links, mentions, hashtags and emoji in running text.
#include "text/entities.hpp"

#include <doctest/doctest.h>

#include <random>

#include "text/punycode.hpp"
#include "unit/text/random_text.hpp"

using namespace modcore;
using text::Link;
using text::Range;

namespace {

using Parts = std::vector<std::string>;

std::vector<Link> links(std::string_view text) {
  std::vector<Link> found;
  text::find_links(text, found);
  return found;
}

Parts written(std::string_view text) {
  Parts parts;
  for (const Link& link : links(text)) {
    parts.emplace_back(text.substr(link.range.begin, link.range.end - link.range.begin));
  }
  return parts;
}

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

TEST_CASE("links with a scheme give their host and path") {
  const auto one = links("see HTTPS://user@WWW.Example.COM:8080/A/b?c=d#e, ok");
  REQUIRE(one.size() == 1);
  CHECK(one[0].host == "www.example.com");
  CHECK(one[0].path == "/A/b?c=d#e");
  CHECK(one[0].scheme);
  CHECK(one[0].range == Range{4, 47});
  CHECK(links("http://localhost/x")[0].host == "localhost");
  CHECK(links("http://1.2.3.4/x")[0].host == "1.2.3.4");
  CHECK(links("https://paypal.com@evil.example/")[0].host == "evil.example");
  CHECK(links("https://a.example?q=1")[0].path.empty());
  CHECK(links("https:// http://: http://@ http:///x ://a").empty());
}

TEST_CASE("a bare domain is a link if its ending is a public suffix") {
  CHECK(written("go to example.com or www.shop.co.uk/x.") == Parts{"example.com", "www.shop.co.uk/x"});
  CHECK(written("EXAMPLE.COM") == Parts{"EXAMPLE.COM"});
  CHECK(written("примеры: пример.рф, и") == Parts{"пример.рф"});
  CHECK(written("foo.txt 3.14 e.g. i.e. co.uk a..b v1.2.3 Mr.Smith").empty());
  CHECK(written("It works.So good, Done.To be sure.You see").empty());
  CHECK(written("Example.Com or example.COM") == Parts{"Example.Com", "example.COM"});
  CHECK(written("so...example.com...yes") == Parts{"example.com"});
  CHECK(written("ftp://example.com/x") == Parts{"example.com/x"});
  CHECK(written("docs/index.pl src\\main.rs").empty());
  CHECK(written("_example.com_ **a.com**") == Parts{"example.com", "a.com"});
  CHECK(written("my.github.io") == Parts{"my.github.io"});
}

TEST_CASE("the parts of an e-mail address are no links") {
  CHECK(written("me@example.com first.last@example.com a+b@mail.example.org").empty());
  CHECK(written("@example.com") == Parts{"example.com"});
}

TEST_CASE("punctuation and brackets around a link do not belong to it") {
  CHECK(written("(see https://a.com/x)") == Parts{"https://a.com/x"});
  CHECK(written("https://en.wikipedia.org/wiki/A_(b)!") == Parts{"https://en.wikipedia.org/wiki/A_(b)"});
  CHECK(written("[text](https://a.com/x) and <https://b.com/y>") ==
        Parts{"https://a.com/x", "https://b.com/y"});
  CHECK(written("[https://a.com/x](https://b.com/y)") == Parts{"https://a.com/x", "https://b.com/y"});
  CHECK(written("\"a.com/x?y=z\", https://b.com/z...") == Parts{"a.com/x?y=z", "https://b.com/z"});
  CHECK(written("https://a.com/é~🔥") == Parts{"https://a.com/é"});
  CHECK(written("https://a.com🔥") == Parts{"https://a.com"});
}

TEST_CASE("a link in a script without spaces ends where the script changes") {
  CHECK(written("请看example.com谢谢") == Parts{"example.com"});
  CHECK(written("请看https://example.com。谢谢") == Parts{"https://example.com"});
  CHECK(written("例子.中国") == Parts{"例子.中国"});
}

TEST_CASE("a host has one spelling") {
  CHECK(text::normalise_host("WWW.Exämple.COM.") == text::normalise_host("www.xn--exmple-cua.com"));
  CHECK(text::normalise_host("www.exa\u0308mple.com") == text::normalise_host("www.exämple.com"));
  CHECK(text::normalise_host("XN--E1AFMKFD.xn--p1ai") == "пример.рф");
  CHECK(text::normalise_host("a。b．c") == "a.b.c");
  CHECK(text::normalise_host("xn--99999999999") == "xn--99999999999");
  CHECK(text::normalise_host("xn--abc-.com") == "xn--abc-.com");
  for (const std::string_view bad : {"", ".", "a..b", ".a", "a b", "*.a", "a/b", "\xFF.com", "a\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(text::normalise_host(bad));
  }
  CHECK_FALSE(text::normalise_host(std::string(5000, 'a')));
}

TEST_CASE("punycode decodes the samples of RFC 3492") {
  const std::pair<std::string_view, std::string_view> samples[] = {
      {"egbpdaj6bu4bxfgehfvwxn", "ليهمابتكلموشعربي؟"},
      {"ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"},
      {"Proprostnemluvesky-uyb24dma41a", "Pročprostěnemluvíčesky"},
      {"4dbcagdahymbxekheh6e0a7fei0b", "למההםפשוטלאמדבריםעברית"},
      {"PorqunopuedensimplementehablarenEspaol-fmd56a", "PorquénopuedensimplementehablarenEspañol"},
      {"3B-ww4c5e180e575a65lsy2b", "3年B組金八先生"},
      {"-> $1.00 <--", "-> $1.00 <-"}};
  int checked = 0;
  for (const auto& [encoded, decoded] : samples) {
    CHECK(text::decode_punycode(encoded) == decoded);
    ++checked;
  }
  CHECK(checked == 7);
  for (const std::string_view bad : {"", "é", "a-!", "99999999999999"}) {
    CAPTURE(bad);
    CHECK_FALSE(text::decode_punycode(bad));
  }
}

TEST_CASE("a host lies under itself and its parents") {
  CHECK(text::host_under("a.b.com", "b.com"));
  CHECK(text::host_under("b.com", "b.com"));
  CHECK_FALSE(text::host_under("ab.com", "b.com"));
  CHECK_FALSE(text::host_under("com", "b.com"));
  CHECK_FALSE(text::host_under("b.com", ""));
}

TEST_CASE("the registrable domain follows the public suffix list") {
  CHECK(text::registrable_domain("a.b.co.uk") == "b.co.uk");
  CHECK(text::registrable_domain("x.my.github.io") == "my.github.io");
  CHECK(text::registrable_domain("co.uk") == "co.uk");
  CHECK(text::registrable_domain("localhost") == "localhost");
  CHECK(text::registrable_domain("10.1.2.3") == "10.1.2.3");
}

TEST_CASE("a mention is a name after an @ that follows no word") {
  CHECK(found(text::find_mentions, "@ann hi @bob_2! (@łucja) @c.d. @-x me@mail.com x/@y") ==
        Parts{"@ann", "@bob_2", "@łucja", "@c.d"});
  CHECK(found(text::find_mentions, "@ @@dan @") == Parts{"@dan"});
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
    for (const Link& link : links(text)) ranges.push_back(link.range);
    check(text, ranges);
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
       {"(", "@", "a.a.", "http://", "http://@", "a.com/((((", "https://a.com/", "#", "##a", "@a.",
        "😀\u200D", "\U000E0061", "xn--a.", "..", "http://a", "a@b.com", "[](", "\xFF", "例a"}) {
    const std::string text = repeated(piece, size);
    std::vector<Range> ranges;
    static_cast<void>(links(text));
    text::find_mentions(text, ranges);
    text::find_hashtags(text, ranges);
    text::find_emoji(text, ranges);
    CAPTURE(piece);
    ++texts;
  }
  CHECK(texts == 19);
}
