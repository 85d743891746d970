// What each kind of item matches, and the questions about matches.
#include "runtime/matcher.hpp"

#include <doctest/doctest.h>

#include <string>

#include "compile/hyperscan.hpp"
#include "runtime/regex_program.hpp"
#include "support/count_allocations.hpp"
#include "support/matching.hpp"
#include "support/pattern_items.hpp"

namespace modcore::test {
namespace {

using runtime::Truth;
using runtime::UseId;

std::string found(ir::Item item, std::string_view body, ir::Tolerance tolerance = ir::Tolerance::accents) {
  return Matching(pattern({std::move(item)}, tolerance)).found(body);
}

TEST_CASE("words match whole words with anything but word characters between them") {
  CHECK(found(words("kill yourself"), "Go KILL... yourself!") == "KILL... yourself");
  CHECK(found(words("kill yourself"), "kill\nyourself kill-yourself") == "kill\nyourself|kill-yourself");
  CHECK(found(words("kill yourself"), "skill yourself, kill yourselfs").empty());
  CHECK(found(words("ete"), "L'été") == "été");
  CHECK(found(words("kill"), "kill kill") == "kill|kill");
}

TEST_CASE("a wildcard stands for any beginning, ending or middle of a word") {
  CHECK(found(words("promocj*"), "Promocja promocji promo") == "Promocja|promocji");
  CHECK(found(words("*coin"), "bitcoin coin coins") == "bitcoin|coin");
  CHECK(found(words("cr*pto"), "crypto cr.pto crpto") == "crypto|crpto");
  CHECK(found(words("buy *coin now"), "buy bitcoin now") == "buy bitcoin now");
  CHECK(found(words("a*b*c"), "aXbYc abc acb") == "aXbYc|abc");
  CHECK(found(words("kill * now"), "kill them now, kill now") == "kill them now");
}

TEST_CASE("a gap counts words") {
  CHECK(found(words("kill <1-2> now"), "kill now, kill a now, kill a b now, kill a b c now") ==
        "kill a now|kill a b now");
  CHECK(found(words("a <0-1> a"), "a a a") == "a a a|a a|a a");
}

TEST_CASE("tolerance narrows what accents finds") {
  CHECK(found(words("łódź"), "LODZ Łódź łódź") == "LODZ|Łódź|łódź");
  CHECK(found(words("łódź"), "LODZ Łódź łódź", ir::Tolerance::case_) == "Łódź|łódź");
  CHECK(found(words("łódź"), "LODZ Łódź łódź", ir::Tolerance::exact) == "łódź");
  CHECK(found(words("été"), "e\u0301te\u0301", ir::Tolerance::exact) == "e\u0301te\u0301");
  CHECK(found(words("spam"), "s\u200bpam", ir::Tolerance::case_).empty());
  CHECK(found(words("spam"), "s\u200bpam") == "s\u200bpam");
  CHECK(found(words("cafe*"), "café cafe", ir::Tolerance::exact) == "cafe");
}

TEST_CASE("substrings stand anywhere") {
  CHECK(found(substring("casino"), "onlinecasino.example MyCaSiNo") == "casino|CaSiNo");
  CHECK(found(substring("casino"), "CASINO casino", ir::Tolerance::exact) == "casino");
  CHECK(found(substring("cafe"), "café cafe", ir::Tolerance::exact) == "cafe");
  CHECK(found(substring("strasse"), "Straße", ir::Tolerance::case_) == "Straße");
  CHECK(found(substring("c++"), "I like C++!") == "C++");
}

TEST_CASE("numbers match digits between any separators and word edges") {
  CHECK(found(number("600123456"), "call 600 123 456 or 600-123-456") == "600 123 456|600-123-456");
  CHECK(found(number("12345"), "912345 123456 a12345 12345a 1b2345").empty());
  CHECK(found(number("12345"), "１２３４５") == "１２３４５");
  CHECK(found(number("12345"), "１２３４５", ir::Tolerance::case_).empty());
  CHECK(found(number("12345"), "(12) 3.45!") == "12) 3.45");
}

TEST_CASE("domains match links to them and to what lies below, and paths at their edges") {
  CHECK(found(domain("example.com"), "see https://www.example.com/x?y") == "https://www.example.com/x?y");
  CHECK(found(domain("example.com"), "notexample.com example.com.org").empty());
  CHECK(found(domain("example.com", "/maps"), "example.com/maps/a example.com/mapsy example.com/maps?x") ==
        "example.com/maps/a|example.com/maps?x");
}

TEST_CASE("emoji match whole sequences, skin tone and variation selector ignored") {
  CHECK(found(emoji("👍"), "ok 👍🏽👍") == "👍🏽|👍");
  CHECK(found(emoji("👩"), "👩‍💻").empty());
  CHECK(found(emoji("👩‍💻"), "👩🏽‍💻") == "👩🏽‍💻");
  CHECK(found(emoji("❤️"), "❤ ❤️") == "❤|❤️");
}

TEST_CASE("a regex means what PCRE2 means, in the text as it is") {
  using enum ir::Tolerance;
  CHECK(found(regex("\\bcaf\\b"), "café caf", case_) == "caf");
  CHECK(found(regex("spam"), "SPAM ſpam", case_) == "SPAM|ſpam");
  CHECK(found(regex("spam"), "SPAM spam", exact) == "spam");
  CHECK(found(regex("ete"), "été", case_).empty());
  CHECK(found(regex("ete"), "été", accents) == "été");
  CHECK(found(regex("(\\w)\\1{2}"), "aaa abc é é ééé", case_) == "aaa|ééé");
  CHECK(found(regex("foo(?!bar)"), "foobar foo", case_) == "foo");
  CHECK(found(regex("a\uFFFDb"), "a\xff" "b", case_) == "a\xff" "b");
  CHECK(found(regex("^kill$"), "kill", case_) == "kill");
  CHECK(found(regex("^b"), "a\nb", case_).empty());
  CHECK(found(regex("a.b"), "a\nb a-b", case_) == "a-b");
  CHECK(found(regex("[^ ]"), "é", case_) == "é");
}

TEST_CASE("a regex that runs out of steps is unknown, not absent") {
  Matching matching(pattern({regex("(?:a|a)+(?=[xy])")}, ir::Tolerance::case_));
  const std::string body(400, 'a');
  auto& matcher = matching.search(body);
  CHECK(matcher.matched(UseId{}) == Truth::unknown);
  CHECK_FALSE(matcher.count(UseId{}));
  REQUIRE(matcher.given_up().size() == 1);
  REQUIRE(matcher.touched().size() == 1);
  CHECK(matching.search("ax").matched(UseId{}) == Truth::yes);
  CHECK(matching.search("b").matched(UseId{}) == Truth::no);
  CHECK(matching.search("b").given_up().empty());
}

TEST_CASE("the regexes of a post share their steps: many bad ones take no more than twice what one may") {
  const auto bad = runtime::RegexProgram::compile("(?:a|a)+(?=[xy])", false);
  const auto good = runtime::RegexProgram::compile("a{3}$", false);
  REQUIRE(bad.program);
  REQUIRE(good.program);
  const std::string body(400, 'a');
  runtime::RegexRunner runner;
  using Outcome = runtime::RegexRunner::Search::Outcome;
  std::uint64_t left = runner.steps();
  for (int i = 0; i < 100; ++i) {
    REQUIRE(runner.search(*bad.program, body, 0).outcome == Outcome::gave_up);
    CHECK(runner.steps() <= left / 2 + 1);
    left = runner.steps();
  }
  CHECK(left <= 1);
  CHECK(runner.search(*good.program, "aaa", 0).outcome == Outcome::found);  // needs hardly any
  runner.start_post();
  CHECK(runner.steps() == runtime::RegexRunner::steps_of_post);
  CHECK(runner.search(*good.program, body, 0).outcome == Outcome::found);
  CHECK(runner.steps() == runtime::RegexRunner::steps_of_post);  // what answers takes nothing away
}

TEST_CASE("the next post has all its steps again") {
  Matching matching(pattern({regex("(?:a|a)+(?=[xy])")}, ir::Tolerance::case_));
  for (int i = 0; i < 30; ++i) static_cast<void>(matching.search(std::string(400, 'a')).matched(UseId{}));
  CHECK(matching.search(std::string(12, 'a') + "x").matched(UseId{}) == Truth::yes);
}

TEST_CASE("what a sound filter rules out takes no steps") {
  Matching matching(pattern({regex("(?:a|a)+[xy]")}, ir::Tolerance::case_));
  const Truth without_the_steps = compiler::filters_are_sound() ? Truth::no : Truth::unknown;
  CHECK(matching.search(std::string(400, 'a')).matched(UseId{}) == without_the_steps);
}

TEST_CASE("an exception that runs out of steps makes a match unknown, no match stays no match") {
  Matching matching;
  const UseId use = matching.add(pattern({words("kill")}), pattern({regex("(?:a|a)+(?=[xy])")}));
  const std::string body = "kill " + std::string(400, 'a');
  CHECK(matching.search(body).matched(use) == Truth::unknown);
  CHECK(matching.search(std::string_view(body).substr(5)).matched(use) == Truth::no);
}

ir::Pattern at(ir::Item item, ir::At place, ir::Unit unit = ir::Unit::field) {
  ir::Pattern made = pattern({std::move(item)});
  made.at = place;
  made.unit = unit;
  return made;
}

TEST_CASE("`at` counts word characters only") {
  Matching start(at(words("kill"), ir::At::start));
  CHECK(start.found("... Kill me, kill you") == "Kill");
  CHECK(start.found("do kill").empty());
  Matching end(at(words("kill"), ir::At::end));
  CHECK(end.found("kill, kill!! ") == "kill");
  Matching whole(at(words("kill"), ir::At::whole));
  CHECK(whole.found("(kill)") == "kill");
  CHECK(whole.found("kill it").empty());
}

TEST_CASE("`at` a line looks at the line of the original") {
  Matching start(at(words("kill"), ir::At::start, ir::Unit::line));
  CHECK(start.found("do kill\n kill\r\nkill kill") == "kill|kill");
  Matching whole(at(words("kill"), ir::At::whole, ir::Unit::line));
  CHECK(whole.found("a\n- kill -\nkill b") == "kill");
}

TEST_CASE("`at` the start of a field looks at its earlier pieces") {
  Matching matching(at(words("kill"), ir::At::start));
  CHECK(matching.found("one two three\n> quoted\nkill").empty());
  CHECK(matching.found("> quoted words\nkill them all") == "kill");
}

TEST_CASE("an exception cancels the matches that share a character with it, and only those") {
  Matching matching;
  const UseId use = matching.add(pattern({words("kill")}), pattern({words("kill the process"), substring("skill")}));
  CHECK(matching.found({.body = "kill the process, then kill"}, use) == "kill");
  CHECK(matching.search("kill the process").matched(use) == Truth::no);
  CHECK(matching.search("kill the process").count(use) == 0);
}

TEST_CASE("a group is searched only in the fields that are asked for") {
  Matching matching(pattern({words("kill")}));
  const UseId title = matching.ask(0, fields({ir::TextField::title}));
  const UseId quote = matching.ask(0, fields({ir::TextField::quote}));
  auto& matcher = matching.search({.title = "a", .body = "> kill\nand some more words"});
  CHECK(matcher.matched(UseId{}) == Truth::no);
  CHECK(matcher.matched(title) == Truth::no);
  CHECK(matcher.matched(quote) == Truth::yes);
}

TEST_CASE("characters reached through two pieces count once") {
  Matching matching(pattern({words("kill"), words("kill you")}));
  const UseId both = matching.ask(0, fields({ir::TextField::body, ir::TextField::own}));
  auto& matcher = matching.search("kill you `code` and kill them all");
  CHECK(matcher.count(both) == 2);
  CHECK(matcher.matches(both, 10).size() == 3);
  CHECK(matcher.matches(both, 2).size() == 2);
  CHECK(matcher.distinct(both) == 2);
}

TEST_CASE("count takes the leftmost, then the longest, without overlap") {
  Matching matching(pattern({words("a b"), words("b c d"), words("a b c")}));
  CHECK(matching.search("a b c d").count(UseId{}) == 1);
  CHECK(matching.search("a b x b c d").count(UseId{}) == 2);
  CHECK(matching.search("").count(UseId{}) == 0);
}

TEST_CASE("first and last are code points of the source, the title before the body") {
  Matching matching(pattern({words("kill")}));
  auto& matcher = matching.search({.title = "é kill", .body = "kill żó kill"});
  CHECK(matcher.first(UseId{}) == 2);
  CHECK(matcher.last(UseId{}) == 8);
  CHECK_FALSE(matching.search("nothing").first(UseId{}));
}

TEST_CASE("distance counts the words strictly between") {
  Matching matching;
  const UseId a = matching.add(pattern({words("kill")}));
  const UseId b = matching.add(pattern({words("you"), substring("urse")}));
  auto& matcher = matching.search("kill one two you");
  CHECK(matcher.near(a, b, 2) == Truth::yes);
  CHECK(matcher.near(a, b, 1) == Truth::no);
  CHECK(matcher.near(b, a, 2) == Truth::yes);
  CHECK(matcher.followed_by(a, b, 2) == Truth::yes);
  CHECK(matcher.followed_by(b, a, 2) == Truth::no);
  CHECK(matching.search("kill yourself").near(a, b, 0) == Truth::yes);
  CHECK(matching.search({.title = "kill", .body = "you"}).near(a, b, 100) == Truth::no);
  CHECK(matching.search("kill").near(a, a, 100) == Truth::no);
  CHECK(matching.search("kill kill").near(a, a, 0) == Truth::yes);
}

TEST_CASE("a language that the post does not have leaves a pattern out") {
  ir::Pattern polish = pattern({words("mal")});
  polish.languages = {"pl"};
  Matching matching(polish);
  const Post post{.body = "mal"};
  CHECK(matching.search(post, "pl").matched(UseId{}) == Truth::yes);
  CHECK(matching.search(post, "pl-pl").matched(UseId{}) == Truth::yes);
  CHECK(matching.search(post, "plx").matched(UseId{}) == Truth::no);
  CHECK(matching.search(post, "en").matched(UseId{}) == Truth::no);
  CHECK(matching.search(post).matched(UseId{}) == Truth::yes);
}

TEST_CASE("for an unknown language the policy's languages decide") {
  for (const bool named : {true, false}) {
    ir::Pattern polish = pattern({words("mal")});
    polish.languages = {"pl"};
    Matching matching(polish);
    matching.rules().has_policy = true;
    matching.rules().languages = {named ? "pl" : "en"};
    CHECK((matching.search("mal").matched(UseId{}) == Truth::yes) == named);
  }
}

TEST_CASE("a flood is cut and said") {
  Matching matching(pattern({words("a")}));
  const UseId other = matching.add(pattern({words("b")}));
  matching.rules().limits.matches = 10;
  std::string body;
  for (int i = 0; i < 11; ++i) body += "a ";
  body += "b";
  auto& matcher = matching.search(body);
  CHECK(matcher.count(UseId{}) == 10);
  CHECK(matcher.matched(other) == Truth::yes);
  REQUIRE(matcher.flooded().size() == 1);
  CHECK(matcher.flooded().front() == 0);
  CHECK(matching.search("a b").flooded().empty());
}

TEST_CASE("a flood of what is not confirmed is said too") {
  Matching matching(pattern({words("a <0-1> zzz")}));
  matching.rules().limits.matches = 10;
  std::string body;
  for (int i = 0; i < 10; ++i) body += "a b ";
  CHECK(matching.search(body).flooded().empty());
}

TEST_CASE("the mildest tolerance that suffices is told") {
  const auto level = [](ir::Item item, std::string_view body) {
    Matching matching(pattern({std::move(item)}));
    auto& matcher = matching.search(body);
    const auto matches = matcher.matches(UseId{}, 10);
    REQUIRE(matches.size() == 1);
    return matcher.tolerance(matches.front());
  };
  CHECK(level(words("été <0-1> fini"), "été est fini") == 0);
  CHECK(level(words("été"), "Été") == 1);
  CHECK(level(words("été"), "ete") == 2);
  CHECK(level(substring("casino"), "xcasinox") == 0);
  CHECK(level(substring("casino"), "xCasinox") == 1);
  CHECK(level(substring("casino"), "xcasìnox") == 2);
  CHECK(level(number("12345"), "1-2345") == 0);
  CHECK(level(number("12345"), "１2345") == 2);
  CHECK(level(regex("ca.ino"), "casino") == 0);
  CHECK(level(regex("ca.ino"), "CAsino") == 1);
  CHECK(level(regex("ca.ino"), "càsino") == 2);
  CHECK(level(emoji("👍"), "👍🏽") == 0);
  CHECK(level(domain("example.com"), "EXAMPLE.com") == 0);
}

TEST_CASE("ranges are bytes of the text as the host passed it") {
  Matching matching(pattern({words("kill you"), regex("l+")}));
  auto& matcher = matching.search("\xff\xfe ＫＩＬＬ\u200b you");
  const auto matches = matcher.matches(UseId{}, 10);
  REQUIRE(matches.size() == 2);
  CHECK(matches.front().range == text::Range{3, 22});
}

TEST_CASE("a post without a match allocates nothing once the buffers have grown") {
  Matching matching(pattern({words("kill <0-3> you"), substring("casino"), number("12345"), emoji("👍"),
                             domain("example.com"), regex("\\bfree\\s+money"), regex("x[0-9]y"), regex("é.z")}));
  matching.add(pattern({words("été"), regex("\\w+[xyz]{3}")}, ir::Tolerance::case_));
  const std::string title = "Une journée à Łódź";
  const std::string body = "> You kill\nThe money is free, 👋 https://a.example 1234 \xff" + std::string(300, 'e');
  const Post post{.title = title, .body = body};
  (void)matching.search(post).matched(UseId{});
  const std::size_t before = testing::allocations();
  const Truth truth = matching.search(post).matched(UseId{});
  const std::size_t after = testing::allocations();
  CHECK(truth == Truth::no);
  CHECK(after == before);
}

TEST_CASE("an empty post, and one of NUL bytes, are searched like others") {
  Matching matching(pattern({words("a"), regex("\\x00{2}"), substring("a")}, ir::Tolerance::case_));
  CHECK(matching.search("").touched().empty());
  CHECK(matching.found(std::string_view("a\0\0", 3)) == std::string("a\0\0|\0\0", 6));
}

}  // namespace
}  // namespace modcore::test
