// Own words, quotes and code of a body.
#include "text/zones.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "support/utf8.hpp"
#include "unit/text/random_text.hpp"

using namespace modcore;
using text::Range;
using text::Zones;

namespace {

using Parts = std::vector<std::string>;

Parts parts(std::string_view body, const std::vector<Range>& zone) {
  Parts found;
  for (const Range range : zone)
    found.emplace_back(body.substr(range.begin, range.end - range.begin));
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
  check_zones("> a\r\nb\r> c", {.own = {"b\r"}, .quote = {"a\r\n", "c"}});
}

TEST_CASE("a > with nothing behind it quotes nothing") {
  check_zones(">\n>", {.own = {">\n>"}});
  check_zones(">\nbuy this", {.own = {">\nbuy this"}});
  check_zones("> \n > >\r\nbuy this", {.own = {"> \n > >\r\nbuy this"}});
  check_zones("> a\n>\nb", {.own = {"b"}, .quote = {"a\n", "\n"}});
}

TEST_CASE("a line of a quote does not pull the next one in") {
  check_zones("> a\nbuy this", {.own = {"buy this"}, .quote = {"a\n"}});
}

TEST_CASE("a spoiler is neither a quote nor code") {
  check_zones(">!secret!< shown", {.own = {">!secret!< shown"}});
  check_zones("||secret|| [spoiler]x[/spoiler] <details>y</details>",
              {.own = {"||secret|| [spoiler]x[/spoiler] <details>y</details>"}});
  check_zones("> >!secret!<", {.quote = {">!secret!<"}});
}

TEST_CASE("quote tags enclose a quote, nested too") {
  check_zones("a [quote]b[/quote] c", {.own = {"a ", " c"}, .quote = {"b"}});
  check_zones("[QUOTE]b\n\nc[/Quote]d", {.own = {"d"}, .quote = {"b\n\nc"}});
  check_zones("[quote=\"Jane, post: 3\"]b[/quote]", {.quote = {"Jane, post: 3", "b"}});
  check_zones("[quote author=Jane link=x]b[/quote]", {.quote = {"author=Jane link=x", "b"}});
  check_zones("[quote]a[quote=Jo]b[/quote]c[/quote]d",
              {.own = {"d"}, .quote = {"a[quote=Jo]b[/quote]c"}});
  check_zones("<blockquote cite='x'><p>a</p></blockquote>b <q>c</q>",
              {.own = {"b "}, .quote = {"cite='x", "<p>a</p>", "c"}});
  check_zones("<blockquote>a<q>b</q></blockquote>c", {.own = {"c"}, .quote = {"a<q>b</q>"}});
  check_zones("[quote]a<q>b[/quote]c</q>d", {.own = {"d"}, .quote = {"a<q>b[/quote]c"}});
}

TEST_CASE("code tags enclose code up to the first that closes") {
  check_zones("a [code]b[/code] c[/code]", {.own = {"a ", " c[/code]"}, .code = {"b"}});
  check_zones("[code=cpp]b[code]c[/code]d", {.own = {"d"}, .code = {"cpp", "b[code]c"}});
  check_zones("<pre class=\"x\"><code>a</code></pre>b",
              {.own = {"b"}, .code = {"class=\"x", "<code>a</code>"}});
  check_zones("[code][quote][/code] a [/quote]", {.own = {" a [/quote]"}, .code = {"[quote]"}});
  check_zones("[quote][code][/quote][/code]", {.own = {"[quote]"}, .code = {"[/quote]"}});
}

TEST_CASE("a tag that is not closed is ordinary text") {
  for (const std::string_view text :
       {"[quote]buy this", "[code] buy this", "<blockquote>buy this", "<pre>\nbuy this", "<q>buy",
        "a [/quote] b", "[quote=\"Jane]buy[/quote", "[quote\n]buy this[/quote]",
        "[/quote]buy this[quote]", "<code/>buy</code>", "[quoted]buy[/quoted]", "< q>buy</q>",
        "<q>buy< /q>", "<q cite=\"buy</q>", "\\[quote]buy[/quote]",
        "<blockquote\nx>buy</blockquote>", "[code]buy[/quote]", "<q>buy</blockquote>"}) {
    check_zones(text, {.own = {std::string(text)}});
  }
  check_zones("[quote]buy [quote]this[/quote] now",
              {.own = {"[quote]buy ", " now"}, .quote = {"this"}});
}

TEST_CASE("lines indented after a blank line are code") {
  check_zones("a\n\n    b\n    c\n\nd", {.own = {"a\n\n", "\nd"}, .code = {"b\n    c\n"}});
  check_zones("a\n\n\tb\n\n  \tc\n\n", {.own = {"a\n\n", "\n"}, .code = {"b\n\n  \tc\n"}});
  check_zones("a\n    b", {.own = {"a\n    b"}});
  check_zones("    a\nb", {.own = {"    a\nb"}});
  check_zones("a\n\n   b", {.own = {"a\n\n   b"}});
  check_zones("a\n\n    b\nc", {.own = {"a\n\n", "c"}, .code = {"b\n"}});
}

TEST_CASE("what is indented below a list or a verse belongs to it") {
  check_zones("a\n  verse\n    verse\n\n    verse",
              {.own = {"a\n  verse\n    verse\n\n    verse"}});
  check_zones("- a\n\n    b", {.own = {"- a\n\n    b"}});
  check_zones("1. a\n\n    b\n\nc\n\n    d", {.own = {"1. a\n\n    b\n\nc\n\n"}, .code = {"d"}});
}

TEST_CASE("the line by which a mail program announces a quote is quoted with it") {
  check_zones(
      "On Mon, 3 Mar 2025 at 10:22 AM, Jane van der Berg <jane@example.org> wrote:\n> a\nb",
      {.own = {"b"},
       .quote = {"On Mon, 3 Mar 2025 at 10:22 AM, Jane van der Berg <jane@example.org> wrote:\n",
                 "a\n"}});
  check_zones(
      "Le lun. 3 mars 2025 à 10:22, Jeanne Dupré <j@example.org> a écrit\u00A0:\n\n> a",
      {.own = {"\n"},
       .quote = {"Le lun. 3 mars 2025 à 10:22, Jeanne Dupré <j@example.org> a écrit\u00A0:\n",
                 "a"}});
  check_zones("W dniu 3.03.2025 o 10:22, Łucja Nowak pisze:\n> a\n",
              {.quote = {"W dniu 3.03.2025 o 10:22, Łucja Nowak pisze:\n", "a\n"}});
  check_zones("pon., 3 mar 2025\nDnia 3 marca 2025 r. Jan\nKowalski napisał(a):\n> a",
              {.own = {"pon., 3 mar 2025\n"},
               .quote = {"Dnia 3 marca 2025 r. Jan\nKowalski napisał(a):\n", "a"}});
  check_zones("me\n-----Original Message-----\nyou",
              {.own = {"me\n", "you"}, .quote = {"-----Original Message-----\n"}});
  check_zones("----- Wiadomość oryginalna -----\na",
              {.own = {"a"}, .quote = {"----- Wiadomość oryginalna -----\n"}});
}

TEST_CASE("an announcement typed by hand hides nothing") {
  for (const std::string_view text :
       {"On 3 Mar 2025 Jane wrote:\nbuy this", "On 3 Mar 2025 Jane wrote:\n>\nbuy this",
        "-----Original Message----- buy this", "-----Buy this-----\nnow",
        "On 3 Mar 2025 Jane wrote: buy\n\nthis"}) {
    check_zones(text, {.own = {std::string(text)}});
  }
  for (const std::string_view line :
       {"On buy at Jane's wrote:\n", "On 3 Mar buy cheap coins at our shop wrote:\n",
        "On 3 Mar see https://a.example wrote:\n", "On 3 Mar a.example wrote:\n",
        "On 3 Mar call 555x1234 wrote:\n"}) {
    check_zones(std::string(line) + "> a", {.own = {std::string(line)}, .quote = {"a"}});
  }
}

TEST_CASE("a closed fence is code") {
  check_zones("a\n```\ncode\n```\nb", {.own = {"a\n", "b"}, .code = {"code\n"}});
  check_zones("~~~~ cpp\na ~~~\n~~~\n~~~~~ \nb", {.own = {"b"}, .code = {"cpp", "a ~~~\n~~~\n"}});
  check_zones("```\n> code\n```", {.code = {"> code\n"}});
  check_zones("```\n```\nx", {.own = {"x"}});
}

TEST_CASE("an unclosed marker is ordinary text") {
  check_zones("a\n```\nb", {.own = {"a\n```\nb"}});
  check_zones("````\nb\n```", {.own = {"````\nb\n```"}});
  check_zones("a `b", {.own = {"a `b"}});
  check_zones("a `b\n\nc` d", {.own = {"a `b\n\nc` d"}});
  check_zones("a ``b` c", {.own = {"a ``b` c"}});
  check_zones(R"(a \`b` c)", {.own = {R"(a \`b` c)"}});
  check_zones(R"(a \\`b` c)", {.own = {R"(a \\)", " c"}, .code = {"b"}});
  check_zones(R"(a \``b` c)", {.own = {R"(a \)", " c"}, .code = {"b"}});
  check_zones(R"(a `b\` c)", {.own = {"a ", " c"}, .code = {R"(b\)"}});
  check_zones("```\n[code]\n```\na [/code]", {.own = {"a [/code]"}, .code = {"[code]\n"}});
  check_zones("a `b\n```\nc`\n```\n", {.own = {"a `b\n"}, .code = {"c`\n"}});
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

// A gap between zones holds nothing but markers: signs, and the names of tags.
bool is_markers(std::string gap) {
  std::transform(gap.begin(), gap.end(), gap.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c; });
  for (const std::string_view name : {"blockquote", "quote", "code", "pre", "q"}) {
    for (auto at = gap.find(name); at != std::string::npos; at = gap.find(name))
      gap.erase(at, name.size());
  }
  return gap.find_first_not_of("`~> \t\r\n[]</=\"'") == std::string::npos;
}

// Whether the quick look lets all bodies through that have marks of zones.
bool signs_show_zones(const std::string& body) {
  text::Signs signs;
  for (const char c : body) signs.add(text::signs_of(c));
  const bool may_hold = text::may_hold_zones(body, signs);
  if (may_hold && !text::may_hold_zones(body)) return false;
  static text::ZoneMarks finder;
  const auto& marks = finder.find(body);
  return may_hold || std::none_of(marks.begin(), marks.end(), [](const text::ZoneMark& mark) {
    using Kind = text::ZoneMark::Kind;
    const bool lines = mark.kind == Kind::quote_line || mark.kind == Kind::header || mark.kind == Kind::indented;
    return lines || mark.closer != text::ZoneMark::none;
  });
}

TEST_CASE("zones are ordered and disjoint, lie on characters, and only markers lie between them") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  static constexpr std::string_view pieces[] = {"`",
                                                "``",
                                                "```",
                                                "\n",
                                                "\n\n",
                                                "> ",
                                                ">",
                                                "~~~",
                                                "ab",
                                                " ",
                                                "\r",
                                                "\t",
                                                "\xFF",
                                                "é",
                                                "```\n",
                                                "\r\n",
                                                "[quote]",
                                                "[/quote]",
                                                "[quote=Jo]",
                                                "[QUOTE=\"é\"]",
                                                "[code]",
                                                "[/code]",
                                                "<blockquote>",
                                                "</blockquote>",
                                                "<q>",
                                                "</q>",
                                                "<pre class=x>",
                                                "</pre>",
                                                "<code>",
                                                "</code>",
                                                "\n\n    ",
                                                "\n\t",
                                                "- ",
                                                "\\",
                                                "[",
                                                "<",
                                                "On 3 Mar 2025 Jo wrote:\n> ",
                                                "\n-----Original Message-----\n",
                                                "\n```cpp\n",
                                                "\xF0\x9F"};
  Zones zones;
  std::size_t quotes = 0;
  std::size_t codes = 0;
  for (int i = 0; i < 100'000; ++i) {
    std::string body;
    for (auto n = random() % 25; n > 0; --n) body += pieces[random() % std::size(pieces)];
    CAPTURE(body);
    text::find_zones(body, zones);
    if (!signs_show_zones(body)) REQUIRE_MESSAGE(false, "signs hide a zone");
    quotes += zones.quote.size();
    codes += zones.code.size();
    std::vector<Range> all = zones.own;
    all.insert(all.end(), zones.quote.begin(), zones.quote.end());
    all.insert(all.end(), zones.code.begin(), zones.code.end());
    std::sort(all.begin(), all.end(), [](Range a, Range b) { return a.begin < b.begin; });
    std::uint32_t at = 0;
    const auto size = static_cast<std::uint32_t>(body.size());
    all.push_back({size, size});
    bool ordered = true;
    bool covered = true;
    bool on_characters = true;
    for (const Range range : all) {
      ordered = ordered && range.begin >= at && (range.begin < range.end || range.begin == size) &&
                range.end <= size;
      if (!ordered) break;
      covered = covered && (range.begin == at || is_markers(body.substr(at, range.begin - at)));
      on_characters = on_characters && utf8::floor_boundary(body, range.begin) == range.begin &&
                      utf8::floor_boundary(body, range.end) == range.end;
      at = range.end;
    }
    if (!(ordered && covered && on_characters))
      REQUIRE_MESSAGE(false, ordered, covered, on_characters);
  }
  CHECK(quotes > 10'000);
  CHECK(codes > 10'000);
}

TEST_CASE("any bytes are split") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Zones zones;
  for (int i = 0; i < 20'000; ++i) {
    std::string body;
    for (auto n = random() % 60; n > 0; --n) {
      body += random() % 4 == 0 ? static_cast<char>(random()) : "`~>[]</ \n\tqe"[random() % 12];
    }
    REQUIRE(signs_show_zones(body));
    for (auto n = random() % 12; n > 0 && !body.empty(); --n) body[random() % body.size()] = 'a';
    REQUIRE(signs_show_zones(body));
    text::find_zones(body, zones);
    std::uint32_t at = 0;
    for (const Range range : zones.own) {
      REQUIRE((range.begin >= at && range.begin < range.end && range.end <= body.size()));
      at = range.end;
    }
  }
}

// Quadratic time would take hours here: the time limit of the test run ends it.
TEST_CASE("ten megabytes of markers are split in linear time") {
  constexpr std::size_t size = 10'000'000;
  std::string shrinking;
  for (std::size_t n = 4000; n > 2; --n) shrinking += std::string(n, '`') + "\n";
  std::vector<std::string> bodies = {shrinking, std::string(size, '`')};
  for (const std::string_view piece : {"` `` ",
                                       ">\n",
                                       "> a\n",
                                       "\r",
                                       "```\n",
                                       "~~~ x\n",
                                       "`a\n\n",
                                       "[quote]",
                                       "[/quote]",
                                       "[quote][/quote]",
                                       "[quote=\"",
                                       "[quote=",
                                       "[quote x",
                                       "<q ",
                                       "<q>",
                                       "<q cite=\"",
                                       "<pre>",
                                       "<pre></pre>",
                                       "[code][quote]",
                                       "((((",
                                       "\n\n    a",
                                       "\n    ",
                                       "On 3 Mar ",
                                       "On 3 Mar 2025 Jo wrote:\n",
                                       "On 3 Mar 2025 Jo wrote:\n> a\n",
                                       "-----",
                                       "-----Original Message-----\n",
                                       "\\`",
                                       "[quote]<q>",
                                       "[/quote]</q>"}) {
    std::string body;
    while (body.size() < size) body += piece;
    bodies.push_back(std::move(body));
  }
  Zones zones;
  for (const std::string& body : bodies) text::find_zones(body, zones);
  CHECK(bodies.size() == 32);
}
