// Links in running text: where they stand and where they lead.
#include "text/links.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "unit/text/random_text.hpp"

using namespace modcore;
using text::Link;
using text::Links;
using text::Range;

namespace {

using Parts = std::vector<std::string>;

// What `each` makes of the links that count.
template <class Each>
Parts counted(std::string_view text, Each each) {
  Links links;
  text::find_links(text, links);
  Parts parts;
  for (const Link& link : links) {
    if (!link.doubtful) parts.emplace_back(each(link));
  }
  return parts;
}

Parts written(std::string_view text) {
  return counted(text, [&](const Link& link) {
    return text.substr(link.range.begin, link.range.end - link.range.begin);
  });
}

Parts hosts(std::string_view text) {
  return counted(text, [](const Link& link) { return link.host; });
}

// The hosts of links that may be something else.
Parts doubtful(std::string_view text) {
  Links links;
  text::find_links(text, links);
  Parts parts;
  for (const Link& link : links) {
    if (link.doubtful) parts.emplace_back(link.host);
  }
  return parts;
}

Parts spelled(std::string_view text) {
  Links links;
  text::find_spelled_links(text, links);
  Parts parts;
  for (const Link& link : links) {
    CHECK(link.disguised);
    CHECK(link.doubtful);
    parts.emplace_back(link.host);
  }
  return parts;
}

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

}  // namespace

TEST_CASE("hosts between dots are links, each of them") {
  CHECK(hosts("see...a.com...b.org..-c.net_..") == Parts{"a.com", "b.org", "c.net"});
  CHECK(hosts("a.com。zz.b.org。qq") == Parts{"a.com", "zz.b.org"});
  CHECK(written("a.com...b.org/x...c.net") == Parts{"a.com", "b.org/x...c.net"});
}

TEST_CASE("links with a scheme give their host and path") {
  Links one;
  text::find_links("see HTTPS://user@WWW.Example.COM:8080/A/b?c=d#e, ok", one);
  REQUIRE(one.size() == 1);
  CHECK(one[0].host == "www.example.com");
  CHECK(one[0].path == "/A/b?c=d#e");
  CHECK(one[0].range == Range{4, 47});
  CHECK(hosts("http://localhost/x") == Parts{"localhost"});
  CHECK(written("https:// http://: http://@ http:///x ://a").empty());
  text::find_links("https://a.example?q=1", one);
  CHECK(one[0].path.empty());
}

TEST_CASE("a bare domain is a link if its ending is a public suffix") {
  CHECK(written("go to example.com or www.shop.co.uk/x.") ==
        Parts{"example.com", "www.shop.co.uk/x"});
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
  CHECK(written("https://en.wikipedia.org/wiki/A_(b)!") ==
        Parts{"https://en.wikipedia.org/wiki/A_(b)"});
  CHECK(written("[text](https://a.com/x) and <https://b.com/y>") ==
        Parts{"https://a.com/x", "https://b.com/y"});
  CHECK(written("[https://a.com/x](https://b.com/y)") ==
        Parts{"https://a.com/x", "https://b.com/y"});
  CHECK(written("\"a.com/x?y=z\", https://b.com/z...") == Parts{"a.com/x?y=z", "https://b.com/z"});
  CHECK(written("https://a.com/é~🔥") == Parts{"https://a.com/é"});
  CHECK(written("https://a.com🔥") == Parts{"https://a.com"});
}

TEST_CASE("a link in a script without spaces ends where the script changes") {
  CHECK(written("请看example.com谢谢") == Parts{"example.com"});
  CHECK(written("请看https://example.com。谢谢") == Parts{"https://example.com"});
  CHECK(written("例子.中国") == Parts{"例子.中国"});
}

TEST_CASE("a link leads where a browser goes") {
  CHECK(hosts("https://paypal.com@evil.example/") == Parts{"evil.example"});
  CHECK(hosts("https://paypal.com:443@evil.example:80/") == Parts{"evil.example"});
  CHECK(hosts(R"(https://evil.example\@paypal.com)") == Parts{"evil.example"});
  CHECK(hosts("https://evil.example/@paypal.com") == Parts{"evil.example"});
  CHECK(hosts("http:/evil.com http:\\\\evil.org http:///evil.net/x") ==
        Parts{"evil.com", "evil.org", "evil.net"});
  CHECK(hosts("https://ex%61mple%2Ecom/ https://%e4%be%8b.com") == Parts{"example.com", "例.com"});
  CHECK(written("the scheme http:/ alone, http:\\ too").empty());
}

TEST_CASE("an address is one host however it is written") {
  for (const std::string_view link :
       {"http://127.0.0.1/", "http://127.1", "http://2130706433:80/x", "http://0x7f000001",
        "http://0X7F.0.0.1", "http://0177.0.0.01", "http://017700000001/", "http://127.0.0.1./",
        "http://１２７.0.0.1/", "https://a@127.0.0.1"}) {
    CAPTURE(link);
    CHECK(hosts(link) == Parts{"127.0.0.1"});
  }
  CHECK(hosts("http://[::1]:80/x http://[2001:DB8:0:0::1] http://[::ffff:1.2.3.4]/") ==
        Parts{"[::1]", "[2001:db8::1]", "[::ffff:1.2.3.4]"});
  CHECK(written("http://[::1 http://[x] http://[] http://1.2.3.4.5/ http://256.1.1.1 http://09.1")
            .empty());
  CHECK(written("version 1.2.3.4, section 127.0.0.1").empty());
}

TEST_CASE("wide letters and dots and what nobody sees do not change a host") {
  CHECK(hosts("ｅｘａｍｐｌｅ．ｃｏｍ and HTTPS://ｅｘａｍｐｌｅ。ｃｏｍ/x") ==
        Parts{"example.com", "example.com"});
  CHECK(hosts("exam\u200Bple\u00AD.c\u00ADo\u200Bm") == Parts{"example.com"});
  CHECK(hosts("żółw.pl dąb.ćma słowo.Następne") == Parts{"żółw.pl"});
  CHECK(written("a.com\u200B\u200B next") == Parts{"a.com"});
  CHECK(hosts("ⓔⓧⓐⓜⓟⓛⓔ.com").empty());  // not letters to us, though a browser maps them
  CHECK(hosts("https://example。com 看example.com。OK") == Parts{"example.com", "example.com"});
}

TEST_CASE("a disguised link is a link") {
  CHECK(hosts("hxxp://evil.example/x hXXps://evil.example") ==
        Parts{"evil.example", "evil.example"});
  CHECK(hosts("evil[.]com evil(.)com evil{.}com evil<.>com") ==
        Parts{"evil.com", "evil.com", "evil.com", "evil.com"});
  CHECK(hosts("evil[dot]com, evil (DOT) com/x, evil ( dot ) com") ==
        Parts{"evil.com", "evil.com", "evil.com"});
  CHECK(hosts("evil(point)fr evil[kropka]pl") == Parts{"evil.fr", "evil.pl"});
  CHECK(written("see hxxps[:]//evil[.]example[.]com/x, ok") ==
        Parts{"hxxps[:]//evil[.]example[.]com/x"});
  CHECK(hosts("http[:]//evil[.]example http[://]evil.example") ==
        Parts{"evil.example", "evil.example"});
  CHECK(hosts("evil&#46;com &#104;ttp&#x3A;//evil.example e&#118;il&period;org") ==
        Parts{"evil.com", "evil.example", "evil.org"});
  CHECK(hosts("https://a.com/?x=1&#38;y=2 so&#46; it is") == Parts{"a.com"});
  CHECK(written("a [.] list (dot) of {.} things").empty());
  CHECK(written("hxxp is a scheme: hxxp://").empty());
}

TEST_CASE("a disguise does not count characters twice nor hide a plain link") {
  CHECK(hosts("example.com[.]au") == Parts{"example.com"});
  CHECK(doubtful("example.com[.]au") == Parts{"example.com.au"});
  CHECK(hosts("a.com (.) b.com") == Parts{"a.com", "b.com"});
  CHECK(hosts("hxxp://evil.com/x") == Parts{"evil.com"});
}

TEST_CASE("a dot that is a word makes a doubtful link") {
  CHECK(spelled("visit evil dot com now") == Parts{"evil.com"});
  CHECK(spelled("evil point fr, EVIL Kropka PL, www dot evil dot co dot uk") ==
        Parts{"evil.fr", "evil.pl", "www.evil.co.uk"});
  CHECK(spelled("the dot com bubble") == Parts{"the.com"});
  CHECK(spelled("a dot on the i, point par point, kropka w kropkę").empty());
  CHECK(spelled("evil.com evil[.]com").empty());
  CHECK(written("visit evil dot com now").empty());
}

TEST_CASE("an address that is its own shown text is one link") {
  CHECK(hosts("[https://a.com/x](https://a.com/x)") == Parts{"a.com"});
  CHECK(
      hosts("<a href=\"https://a.com\" rel='nofollow'>a.com</a> [url=https://a.com]a.com[/url]") ==
      Parts{"a.com", "a.com"});
  CHECK(hosts("[https://a.com](https://a.com/x)") == Parts{"a.com", "a.com"});
  CHECK(hosts("a.com a.com") == Parts{"a.com", "a.com"});
}

TEST_CASE("markup around a link does not belong to it") {
  CHECK(written(
            "[url]https://a.com/x[/url] [url=https://b.com/y]z[/url] [spoiler]c.com/z[/spoiler]") ==
        Parts{"https://a.com/x", "https://b.com/y", "c.com/z"});
  CHECK(written("<a class=x href='https://a.com/x'>y</a> <A HREF=https://b.com/y>z</A>") ==
        Parts{"https://a.com/x", "https://b.com/y"});
  CHECK(written("||https://a.com/x|| >!https://b.com/y!< **https://c.com/z**") ==
        Parts{"https://a.com/x", "https://b.com/y", "https://c.com/z"});
  CHECK(written("[x]: https://a.com/x \"t\"\n[a](b.com \"t\") <https://c.com?a[]=1>") ==
        Parts{"https://a.com/x", "b.com", "https://c.com?a[]=1"});
}

TEST_CASE("honest text is no link") {
  CHECK(written("e.g. i.e. node.js file.txt 3.5 v1.2.3 Mr.Smith end.Start …pl 12.30 np. m.in. tzn.")
            .empty());
  CHECK(written("a readme.md, script.sh, main.rs, x.py, pictures.zip").empty());
  CHECK(written("I miss her.love her, nice.how are you, the good old days.so what").empty());
  CHECK(written("a nice person.how are you, we left.now what").empty());
  CHECK(doubtful("readme.md her.love m.in") == Parts{"readme.md", "her.love", "m.in"});
  CHECK(written(
            "https://readme.md www.readme.md readme.md/x her.love:80 docs.readme.md site.co.il") ==
        Parts{"https://readme.md", "www.readme.md", "readme.md/x", "her.love:80", "docs.readme.md",
              "site.co.il"});
  CHECK(written("allegro.pl lemonde.fr t.me/x amazon.it face.net") ==
        Parts{"allegro.pl", "lemonde.fr", "t.me/x", "amazon.it", "face.net"});
}

TEST_CASE(
    "links are ordered and inside the text, and those that count do not overlap, on any bytes") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  static constexpr std::string_view pieces[] = {
      "a",  ".com", ".",      "[.]",      "(dot)", " dot ", "hxxp://", "http://", "https://x.org",
      "](", "[",    ")",      "<a href=", ">",     "@",     "/",       "\\",      "%41",
      "．", "。",   "\u200B", "例",       "[::1]", ":80",   " ",       "0x7f"};
  Links links;
  std::size_t total = 0;
  for (int i = 0; i < 30000; ++i) {
    std::string text = test::random_text(random, 10);
    for (auto n = random() % 20; n > 0; --n) text += pieces[random() % std::size(pieces)];
    CAPTURE(text);
    for (const auto find : {text::find_links, text::find_spelled_links}) {
      find(text, links);
      std::uint32_t begin = 0;
      std::uint32_t end = 0;
      for (const Link& link : links) {
        REQUIRE(link.range.begin >= begin);
        REQUIRE(link.range.begin < link.range.end);
        REQUIRE(link.range.end <= text.size());
        REQUIRE_FALSE(link.host.empty());
        begin = link.range.begin;
        if (link.doubtful) continue;
        REQUIRE(link.range.begin >= end);
        end = link.range.end;
        ++total;
      }
    }
  }
  CHECK(total > 10000);
}

// Quadratic time would take hours here: the time limit of the test run ends it.
TEST_CASE("links are searched for in linear time") {
  constexpr std::size_t size = 1U << 20U;
  Links links;
  int texts = 0;
  for (const std::string_view piece : {"(",
                                       "@",
                                       "a.a.",
                                       "http://",
                                       "http://@",
                                       "a.com/((((",
                                       "https://a.com/",
                                       "@a.",
                                       "xn--a.",
                                       "..",
                                       "http://a",
                                       "a@b.com",
                                       "[](",
                                       "\xFF",
                                       "例a",
                                       "a\u200B",
                                       "．",
                                       "a。",
                                       "[.]",
                                       "a[.]",
                                       " dot ",
                                       "a dot com ",
                                       "hxxp",
                                       "hxxp:",
                                       "&#46;",
                                       "a&#46;",
                                       "( ",
                                       "a.in ",
                                       "zoo.zone ",
                                       "http://[",
                                       "http://%41",
                                       "http:\\",
                                       "a.com...",
                                       "a.com。",
                                       "a.com..b。",
                                       "\uFE0F．",
                                       "a[.]com...",
                                       "http://a.com..."}) {
    const std::string text = repeated(piece, size);
    text::find_links(text, links);
    text::find_spelled_links(text, links);
    ++texts;
  }
  CHECK(texts == 38);
}
