// Links whose text names another domain than they lead to.
#include "text/misleading_links.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "unit/text/random_text.hpp"

using namespace modcore;
using text::Range;

namespace {

using Parts = std::vector<std::string>;

Parts misleading(std::string_view text) {
  std::vector<Range> ranges;
  text::find_misleading_links(text, ranges);
  Parts parts;
  for (const Range range : ranges)
    parts.emplace_back(text.substr(range.begin, range.end - range.begin));
  return parts;
}

bool misleads(std::string_view text) {
  CAPTURE(text);
  return misleading(text).size() == 1;
}

}  // namespace

TEST_CASE("a link misleads if its text names another domain") {
  CHECK(misleads("[paypal.com](https://evil.example)"));
  CHECK(misleads("[https://paypal.com/login](<https://evil.example/x> \"t\")"));
  CHECK(misleads("[go to paypal.com now](http://1.2.3.4/)"));
  CHECK(misleads("[paypal.com](https://paypal.com@evil.example)"));
  CHECK(misleads("[paypal.com](https://paypal.com.evil.example/)"));
  CHECK(misleads("[**pay**pal.com](https://evil.example)"));
  CHECK(misleads("<a class=\"x\" target=_blank href='https://evil.example'><b>paypal</b>.com</a>"));
  CHECK(misleads("<A HREF=https://evil.example>paypal.com</A>"));
  CHECK(misleads("<a href=\"https:&#47;&#47;evil.example\">paypal&#46;com</a>"));
  CHECK(misleads("<a href=//evil.example/x>paypal.com</a>"));
  CHECK(misleads("[url=https://evil.example]paypal.com[/url]"));
  CHECK(misleads("[URL=\"https://evil.example\"]paypal.com[/URL]"));
  CHECK(misleads("<https://evil.example|paypal.com>"));
  CHECK(misleads("[раураl.com](https://paypal.com)"));  // Cyrillic
}

TEST_CASE("a link with a label leads where the label is defined") {
  CHECK(misleads("[paypal.com][1]\n\n[1]: https://evil.example"));
  CHECK(misleads("[paypal.com][]\n\n[paypal.com]: https://evil.example \"t\""));
  CHECK(misleads("see [PayPal.com]\n\n[paypal.com]: <https://evil.example>"));
  CHECK_FALSE(misleads("[paypal.com][2]\n\n[1]: https://evil.example"));
  CHECK_FALSE(misleads("[the shop][1]\n\n[1]: https://evil.example"));
  CHECK_FALSE(misleads("[evil.example][1]\n\n[1]: https://evil.example"));
}

TEST_CASE("plain words and hosts of the same site do not mislead") {
  CHECK_FALSE(misleads("[click here](https://evil.example)"));
  CHECK_FALSE(misleads("[example.com](https://www.example.com/x)"));
  CHECK_FALSE(misleads("[www.example.co.uk](https://shop.example.co.uk)"));
  CHECK_FALSE(misleads("<a href='https://a.example.com'>https://b.example.com/y</a>"));
  CHECK_FALSE(misleads("[readme.md](https://git.example)"));
  CHECK_FALSE(misleads("[me@example.com](https://evil.example)"));
  CHECK_FALSE(misleads("[example.com](/local/page) [example.com](mailto:x@evil.example)"));
  CHECK_FALSE(misleads("[https://exa\u200Bmple.com](https://example.com)"));
  CHECK_FALSE(misleads("<https://example.com> example.com (https://other.example)"));
}

TEST_CASE("what only looks like a link is none") {
  CHECK_FALSE(misleads("[paypal.com] (https://evil.example)"));
  CHECK_FALSE(misleads("\\[paypal.com](https://evil.example)"));
  CHECK_FALSE(misleads("[paypal.com](https://evil.example"));
  CHECK_FALSE(misleads("<a href='https://evil.example'>paypal.com"));
  CHECK_FALSE(misleads("<a href='https://evil.example>paypal.com</a>"));
  CHECK_FALSE(misleads("![paypal.com](https://evil.example/x.png)"));
  CHECK_FALSE(misleads("[![x](https://img.example/x.png)](https://evil.example)"));
  CHECK(misleads("[paypal.com ![x](https://img.example/x.png)](https://evil.example)"));
  CHECK(misleading("[a [paypal.com](https://evil.example) b") ==
        Parts{"[paypal.com](https://evil.example)"});
}

TEST_CASE("misleading links are ordered and inside the text, on any bytes") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  static constexpr std::string_view pieces[] = {"[",
                                                "]",
                                                "](",
                                                ")",
                                                "](https://a.com)",
                                                "][",
                                                "[1]",
                                                "\n[1]: https://b.com\n",
                                                "<a href=",
                                                "'",
                                                "\"",
                                                ">",
                                                "</a>",
                                                "c.com",
                                                "https://d.org",
                                                "[url=",
                                                "[/url]",
                                                "|",
                                                "<https://e.com|",
                                                "!",
                                                "\\",
                                                " ",
                                                "x"};
  std::vector<Range> ranges;
  std::size_t total = 0;
  for (int i = 0; i < 30000; ++i) {
    std::string text = test::random_text(random, 4);
    for (auto n = random() % 16; n > 0; --n) text += pieces[random() % std::size(pieces)];
    CAPTURE(text);
    text::find_misleading_links(text, ranges);
    for (const Range range : ranges) {
      REQUIRE(range.begin < range.end);
      REQUIRE(range.end <= text.size());
      ++total;
    }
  }
  CHECK(total > 100);
}

// Quadratic time would take hours here: the time limit of the test run ends it.
TEST_CASE("misleading links are searched for in linear time") {
  std::vector<Range> ranges;
  int texts = 0;
  for (const std::string_view piece : {"[",
                                       "]",
                                       "](",
                                       "[](",
                                       "[a](",
                                       "<a ",
                                       "<a href='",
                                       "<a href=x>",
                                       "<a href=x></a>",
                                       "[url=",
                                       "[url=a]",
                                       "[URL=a]",
                                       "[url=a][/url]",
                                       "<http|",
                                       "<http|a>",
                                       "[a]: b\n",
                                       "[a][",
                                       "[a]",
                                       "[[a]]",
                                       "((((",
                                       "\\"}) {
    std::string text = "[a]: https://b.com\n";
    while (text.size() < 1U << 20U) text += piece;
    text += "[/url]</a>";
    text::find_misleading_links(text, ranges);
    ++texts;
  }
  CHECK(texts == 21);
}
