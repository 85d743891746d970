// What the analysis says of single regexes.
#include "regex/analysis.hpp"
#include "regex/mark.hpp"
#include "regex/needed_characters.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "regex/rarity.hpp"
#include "regex/required_character.hpp"

namespace modcore::regex {
namespace {

std::string literal(std::string_view pattern, bool case_sensitive = false) {
  std::string all;
  for (const std::string& text : analyse(pattern, case_sensitive).required.texts) {
    all += (all.empty() ? "" : "|") + text;
  }
  return all;
}

TEST_CASE("a literal regex requires itself") {
  CHECK(literal("casino") == "casino");
  CHECK(literal("\\b(?:casino\\.com)\\b") == "casino.com");
  CHECK(literal("(?#comment)casino") == "casino");
  CHECK(literal("\\Qc++\\E now") == "c++ now");
  CHECK(literal("\\x63asin\\x{6f}") == "casino");
}

TEST_CASE("the rarest of several required literals is chosen") {
  CHECK(literal("tea.*zyxqj") == "zyxqj");
  CHECK(literal("zyxqj.*tea") == "zyxqj");
}

TEST_CASE("what a match can do without is not required") {
  CHECK(literal("casino?") == "casin");
  CHECK(literal("(?:online )?casino") == "casino");
  CHECK(literal("casi(?:no)*x") == "casi");
  CHECK(literal("casino{0,3}") == "casin");
  CHECK(literal("(?:casino|poker).bonus") == "bonus");
  CHECK(literal("casino|").empty());
}

TEST_CASE("one of the alternatives is required") {
  CHECK(literal("casino one|casino two") == "casino one|casino two");
  CHECK(literal("(?:big|pig)") == "big|pig");
  CHECK(literal("(?:big|pi|tig)").empty());
  CHECK(literal("onl(?:ine|ong)") == "onl");
  CHECK(literal("(?:casino|casino)") == "casino");
}

TEST_CASE("repeats of a literal are written out") {
  CHECK(literal("(?:ab){3}") == "ababab");
  CHECK(literal("x(?:ab){2,}y") == "xabab");
  CHECK(literal("(?:ab){0}cde") == "cde");
  CHECK(literal("ca+sino") == "asino");
}

TEST_CASE("a lookaround takes no character, and what it says is not required") {
  CHECK(literal("cas(?=ino)ino") == "casino");
  CHECK(literal("(?!casino)poker") == "poker");
  CHECK(literal("(?<!casino)poker") == "poker");
  CHECK(literal("(?<=on)line") == "line");
}

TEST_CASE("classes, back-references and recursion end a literal") {
  CHECK(literal("cas[a-z]no") == "cas");
  CHECK(literal("(abc)\\1def") == "abc");
  CHECK(literal("(?<n>abc)\\k<n>").size() == 3);
  CHECK(literal("abc(?R)?def") == "abc");
  CHECK(literal("\\d{3}\\w+").empty());
}

TEST_CASE("a small class stands for each of its characters") {
  CHECK(literal("cas[i1]no") == "cas1no|casino");
  CHECK(literal("x[ab]yz") == "xayz|xbyz");
}

TEST_CASE("how far before the literal a match may begin is known") {
  const auto before = [](std::string_view pattern) {
    const RequiredLiterals required = analyse(pattern, false).required;
    return std::pair(required.before_min, required.before_max);
  };
  CHECK(before("casino") == std::pair(0U, 0U));
  CHECK(before("\\w{2,5}-casino") == std::pair(2U, 5U));
  CHECK(before("(?:online )?casino") == std::pair(0U, 7U));
  CHECK(before("\\w+casino").second == unbounded);
  CHECK(before("a\\Kcasino").second == unbounded);
}

TEST_CASE("a plain regex is a literal between word edges or not") {
  const auto plain = [](std::string_view pattern) { return analyse(pattern, false).plain; };
  CHECK(plain("\\b(?:casino)\\b").is_plain);
  CHECK(plain("\\b(?:casino)\\b").edge_before);
  CHECK(plain("casino\\b").edge_after);
  CHECK_FALSE(plain("casino\\b").edge_before);
  CHECK(plain("casino|poker").is_plain);
  CHECK_FALSE(plain("casino(?!s)").is_plain);
  CHECK_FALSE(plain("(?:big|bigger)").is_plain);
  CHECK_FALSE(plain("casino\\bs").is_plain);
  CHECK_FALSE(analyse("casino", true).plain.is_plain);
  CHECK_FALSE(plain("cas\u0130no").is_plain);  // folds to what it does not match
}

TEST_CASE("the rarest character that every match has is known") {
  const auto characters = [](std::string_view pattern) { return narrow(analyse(pattern, false)).required_characters; };
  const auto character = [&](std::string_view pattern) { return characters(pattern)[0]; };
  CHECK(character("c\\W*Y\\W*b") == 'y');
  CHECK(character("e7?a") == 'a');
  CHECK(character("(?:ex|xa)\\d") == 'x');
  CHECK(character("\u2705\u2705+a") == beyond_ascii);
  CHECK(character("\u212a") == 0);  // also an ASCII k
  CHECK(character("a|b") == 0);
  CHECK((characters("q\\W*4+x?") == std::array{'q', '4'}));
  CHECK((characters("a") == std::array{'a', '\0'}));
}

TEST_CASE("the rarest set of characters of which every match holds one is known") {
  const auto needed = [](std::string_view pattern, bool case_sensitive = false) {
    const AsciiSet set = analyse(pattern, case_sensitive).needed;
    std::string all;
    for (std::size_t c = 0; c < set.size(); ++c) {
      if (set[c]) all += c == 127 ? '~' : static_cast<char>(c);
    }
    return all;
  };
  CHECK(needed("\\w[^\"\\n]{4,}\"") == "\"");
  CHECK(needed("\\d\\s?p|per min") == "MPmp");
  CHECK(needed("(?:x\\?)+") == "?");
  CHECK(needed("k") == "Kk~");  // and the Kelvin sign
  CHECK(needed("k", true) == "k");
  CHECK(needed("\u017f") == "Ss~");
  CHECK(needed("\u00e9") == "~");
  CHECK(needed("\\d{3,6} ?(?:\u20ac|zl)") == "Zz~");
  CHECK(needed("(?=x)(?s:.)").size() == 128);
  CHECK(needed("(a)\\1!?") == "Aa");
}

TEST_CASE("digits with other characters between them are required digits") {
  const auto digits = [](std::string_view pattern) { return analyse(pattern, false).digits.digits; };
  CHECK(digits("1[\\W_]*800\\s?555") == "1800555");
  CHECK(digits("\\+?800-?\\d555") == "800");
  CHECK(digits("8\\D0").size() == 1);
  CHECK(digits("(?:8\\W?){3}0") == "8880");
}

TEST_CASE("letters with other characters between them are a required spelling") {
  const auto spelling = [](std::string_view pattern) { return narrow(analyse(pattern, false)).spelling; };
  const auto texts = [&](std::string_view pattern) { return spelling(pattern).texts; };
  using Texts = std::vector<std::string>;
  CHECK(texts("c[\\W_]*a\\W*s\\s?i-n_o") == Texts{"casino"});
  CHECK(texts("r\\W*a\\W*(?:y\\W*)?p\\W*i\\W*s\\W*t") == Texts{"rapist", "raypist"});
  CHECK(texts("c\\W*[a@]\\W*s\\W*t\\W*l\\W*e") == Texts{"castle", "cstle"});
  CHECK(texts("c.*a.*s.*i.*n.*o").empty());  // anything may stand between them
  CHECK(texts("c\\w*a\\w*s\\w*i\\w*n").empty());
  CHECK(spelling("c\\W*a\\W*s").unless.empty());
  const RequiredSpelling coded = spelling("c(?:\\W|%[\\da-f]{2})*a(?:\\W|&#?\\w+;)*t\\W*s");
  CHECK(coded.texts == Texts{"cats"});
  CHECK(coded.unless == "%&");
  CHECK(coded.behind.all());  // of `&` nothing is known
  AsciiSet digits;
  for (const char c : std::string_view("0123456789abcdefABCDEF")) digits.set(static_cast<std::size_t>(c));
  CHECK((spelling("c(?:\\W|%[\\da-f]{2})*a\\W*t\\W*s").behind == digits));
  CHECK(spelling("c(?:\\W|%[\\da-f]*)*a\\W*t\\W*s").behind.all());
  CHECK(spelling("c(?:\\W|%[^\\W_])*a\\W*t\\W*s").behind.count() == 62);
  CHECK(spelling("c(?:\\W|%[^a-z])*a\\W*t\\W*s").behind.all());  // control characters too, which vanish
  CHECK_FALSE(coded.ascii_only);
  CHECK(spelling("c[^a-z0-9]*a[^a-z0-9]*t").ascii_only);
  CHECK_FALSE(spelling("c[^\\w]*a[\\W_]*t").ascii_only);
}

TEST_CASE("a class of few letters is one of them, with and without accents") {
  CHECK(literal("d[u\u00fc]des") == "dudes|d\u00fcdes");
  CHECK(analyse("[\u00fc]b", false).plain.is_plain == false);
  CHECK(analyse("w[\u00fc]rde", false).plain.is_plain == false);
}

TEST_CASE("another literal of a match is told where it is apart from the first") {
  const auto companions = [](std::string_view pattern) { return analyse(pattern, false).companions; };
  using Texts = std::vector<std::string>;
  CHECK(companions("cheap\\W?zyxwvut") == Texts{"cheap"});
  CHECK(companions("(?:cheap|free)\\W?zyxwvut") == Texts{"cheap", "free"});
  CHECK(companions("(?:cheap)?\\W?zyxwvut").empty());
  CHECK(companions("zyxwvut\\W?zyxwvut").empty());
  CHECK(companions("zyxwvut").empty());
}

TEST_CASE("a letter whose cases fold apart ends a literal") {
  CHECK(literal("x\u0399yz").empty());       // iota: also the mark U+0345
  CHECK(literal("\u0399\u0399\u0399", true) == "\u0399\u0399\u0399");
}

TEST_CASE("options inside the pattern count") {
  CHECK(literal("(?x) cas ino # words") == "casino");
  CHECK(literal("(?x)cas\\ ino") == "cas ino");
  CHECK(literal("(?x: c a s )i n o") == "casi n o");
  CHECK(literal("(?-i:CASINO)") == "CASINO");
}

TEST_CASE("nothing is said of a pattern with backtracking verbs") {
  const Analysis analysis = analyse("a(*ACCEPT)bcdef", false);
  CHECK(analysis.problems.empty());
  CHECK(analysis.required.texts.empty());
  const Narrowing narrowing = narrow(analysis);
  CHECK(narrowing.ascii_filter.empty());
  CHECK(narrowing.utf8_filter.empty());
  CHECK(narrowing.spelling.texts.empty());
}

TEST_CASE("the conditional takes no part in literals") {
  CHECK(literal("(a)?(?(1)bcd|efg)hij") == "hij");
  CHECK(literal("(?(DEFINE)(?<x>abc))defg") == "defg");
}

struct Refusal {
  std::string_view pattern;
  Problem::Kind kind;
  std::uint32_t begin;
};

TEST_CASE("a wrong or unsupported regex is refused at the place where it is wrong") {
  const Refusal refusals[] = {
      {"abc(def", Problem::Kind::syntax, 3},
      {"abc)def", Problem::Kind::syntax, 3},
      {"ab[cd", Problem::Kind::syntax, 2},
      {"ab|*c", Problem::Kind::syntax, 3},
      {"a{3,2}", Problem::Kind::syntax, 1},
      {"a{1,70000}", Problem::Kind::syntax, 1},
      {"[z-a]", Problem::Kind::syntax, 2},
      {"ab\\", Problem::Kind::syntax, 2},
      {"a(?#b", Problem::Kind::syntax, 1},
      {"a\\Cb", Problem::Kind::unsupported, 1},
      {"a(?C1)b", Problem::Kind::unsupported, 1},
      {"(*UTF)ab", Problem::Kind::unsupported, 0},
      {"(*LIMIT_MATCH=1)ab", Problem::Kind::unsupported, 0},
      {"(*NO_JIT)ab", Problem::Kind::unsupported, 0},
  };
  int checked = 0;
  for (const Refusal& refusal : refusals) {
    CAPTURE(refusal.pattern);
    const Analysis analysis = analyse(refusal.pattern, false);
    REQUIRE(analysis.problems.size() == 1);
    CHECK(analysis.problems.front().kind == refusal.kind);
    CHECK(analysis.problems.front().begin == refusal.begin);
    ++checked;
  }
  CHECK(checked == 14);
}

TEST_CASE("a regex that takes no character is refused") {
  for (const std::string_view pattern : {"", "a*", "(?:a|b?)", "a|", "(?=abc)", "\\b", "^", "(a?){3}"}) {
    CAPTURE(pattern);
    const Analysis analysis = analyse(pattern, false);
    REQUIRE(analysis.problems.size() == 1);
    CHECK(analysis.problems.front().kind == Problem::Kind::matches_empty);
  }
  for (const std::string_view pattern : {"a+", "a*b", "\\ba", "(?=a)a*b"}) {
    CAPTURE(pattern);
    CHECK(analyse(pattern, false).problems.empty());
  }
}

TEST_CASE("repeats that expand without bound are too big, nested ones too") {
  for (const std::string_view pattern : {"(?:a{1,1000}){1,1000}", "((a{200}){200}){200}", ".{0,65535}x"}) {
    CAPTURE(pattern);
    const Analysis analysis = analyse(pattern, false);
    REQUIRE(analysis.problems.size() == 1);
    CHECK(analysis.problems.front().kind == Problem::Kind::too_big);
    CHECK_FALSE(analysis.problems.front().suggestion.empty());
  }
  CHECK(analyse(std::string(300, '(') + "a" + std::string(300, ')'), false).problems.size() == 1);
  CHECK(analyse("a" + std::string(5000, '+'), false).problems.size() == 1);
  CHECK(analyse(std::string(max_pattern_bytes + 1, 'a'), false).problems.size() == 1);
  CHECK(analyse("(\\w{1,30}\\s){1,30}x", false).problems.empty());
}

TEST_CASE("cost counts the states after expanding") {
  CHECK(analyse("abc", false).cost < analyse("abcd", false).cost);
  CHECK(analyse("a{10}", false).cost < analyse("a{100}", false).cost);
  CHECK(analyse("a+", false).cost < analyse("a{5,}", false).cost);
}

TEST_CASE("long and unusual texts are rarer") {
  CHECK(rarity("zyx") > rarity("the"));
  CHECK(rarity("casino") > rarity("cas"));
}

struct MarkCase {
  std::string_view pattern;
  Mark::Kind kind;
  char character;
  int before;
};

TEST_CASE("the mark of a regex is its first sign or digit, or the beginning of the text") {
  using Kind = Mark::Kind;
  const MarkCase cases[] = {
      {"^\\s*\\S+\\s*$", Kind::text_begin, 0, 0},
      {"[a-z0-9-]{3,40}\\.\\s{1,2}(?:com|net)", Kind::character, '.', 1},
      {"\\b0\\d(?:[ .]\\d{2}){4}\\b", Kind::character, '0', 0},
      {"\\d{3}-\\d{3}", Kind::character, '-', 1},
      {"(?:ab|c)\\?x", Kind::character, '?', 0},
      {"(?m)^ab$", Kind::none, 0, 0},           // at any line
      {"\\w+\\s+\\w+", Kind::none, 0, 0},       // no character stands in each match
      {"\\$\\d+x", Kind::none, 0, 0},           // many digits take many steps
      {"(?:0|1)\\d", Kind::none, 0, 0},
      {"^.+", Kind::text_begin, 0, 0},
  };
  int checked = 0;
  for (const MarkCase& each : cases) {
    CAPTURE(each.pattern);
    const Mark mark = mark_of(analyse(each.pattern, false).root);
    CHECK(mark.kind == each.kind);
    CHECK(mark.character == each.character);
    CHECK(int{mark.before} == each.before);
    ++checked;
  }
  CHECK(checked == 10);
}

TEST_CASE("a text whose marks leave no room holds no match") {
  const auto has_room = [](std::string_view pattern, std::string_view text) {
    return may_match(mark_of(analyse(pattern, false).root), automaton_at_mark(pattern, false), text);
  };
  constexpr std::string_view domain = "\\b[a-z0-9-]{3,}\\s\\.\\s(?:com|net)\\b";
  CHECK(has_room(domain, "go to cheap . com now"));
  CHECK_FALSE(has_room(domain, "It is done. Come in . comes"));
  CHECK_FALSE(has_room(domain, ""));
  CHECK_FALSE(has_room(domain, ".com"));
  constexpr std::string_view few = "^\\s*\\S+(?:\\s+\\S+){0,2}\\s*$";
  CHECK(has_room(few, "two words"));
  CHECK(has_room(few, " d\u00e9j\u00e0 vu \U0001F600\n"));
  CHECK_FALSE(has_room(few, "four words are many"));
  CHECK_FALSE(has_room(few, "Не хочу так ждать"));  // Cyrillic letters are no spaces
  CHECK(has_room(few, std::string(1000, 'x') + " is not looked at to its end"));
  constexpr std::string_view before = "[\u00e9]-\\d";
  CHECK(has_room(before, "\u00e9-1"));
  CHECK_FALSE(has_room(before, "e-1"));
  CHECK_FALSE(has_room(before, "-1"));
}

TEST_CASE("words leave no room for a regex with a digit or a space") {
  Characters words;
  for (char c = 'a'; c <= 'z'; ++c) words.ascii.set(static_cast<std::size_t>(c));
  words.letters = true;
  const auto may = [&](std::string_view pattern) { return may_consist_of(analyse(pattern, false).root, words); };
  for (const std::string_view pattern : {"\\d+p", "a\\sb", "\\d{2}p|per min", "a{2}[0-9]", "[\\d.]x", "a[\\s\\h]b"}) {
    CAPTURE(pattern);
    CHECK_FALSE(may(pattern));
  }
  for (const std::string_view pattern : {"\\w+", "\\d*a", "\\S+", "\u00e9a", "[^a-z]b", "x(?:\\d|y)", "\\d|[\\dk]", "a\\Bb"}) {
    CAPTURE(pattern);
    CHECK(may(pattern));
  }
  words.others = true;  // such as a digit of another script
  CHECK(may("\\d+p"));
  CHECK(may("a\\sb"));
}

}  // namespace
}  // namespace modcore::regex
