#include "runtime/session.hpp"

#include <array>

#include <doctest/doctest.h>

#include "support/count_allocations.hpp"
#include "support/ir_builder.hpp"
#include "support/scan.hpp"

using namespace modcore;
using namespace modcore::testing;

namespace {

std::vector<std::string> fired_ids(const Decision& decision) {
  std::vector<std::string> ids;
  for (const FiredRule& rule : decision.fired) ids.push_back(rule.rule);
  return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("an allowed post allocates nothing once the buffers have grown, whatever matches in it") {
  ir::RuleSet rules = rule_set(3);
  rules.patterns[2].is_except = true;
  rules.patterns[1].except = ir::PatternId{2};
  add_rule(rules, "words", all({matched(0), at_least(2, {0, 1}), compare(Op::greater, count(1), integer(1))}));
  add_rule(rules, "facts", all({compare(Op::less, post_count(), integer(0)),
                                compare(Op::in_set, attribute(ir::Attribute::channel_name, Type::text),
                                        set_of({"sale"}))}));
  add_rule(rules, "links", compare(Op::greater, measure(ir::Function::links, Type::integer), integer(9)));
  Expr different = call(ir::Function::distinct, Type::integer);
  different.uses = {use_of(0)};
  add_rule(rules, "different", compare(Op::greater, different, integer(1)));
  for (const auto function : {ir::Function::hosts, ir::Function::domains}) {
    add_rule(rules, function == ir::Function::hosts ? "hosts" : "domains",
             compare(Op::overlaps, measure(function, Type::domain_set), constant(Type::domain_set, std::vector<std::string>{"spam.example"})));
  }
  const auto session = session_of(rules);
  const std::array<Post, 5> posts = {{
      {.title = "Roses", .body = "How do I prune them? > quoted\n`code` https://example.org @bob",
       .author = {.post_count = 3}, .channel = {.name = "GENERAL TALK AMONG GARDENERS"}},
      {.body = "See https://pictures.of.my.very.long.hedge.example.org/path, www.botanical-gardens.co.uk "
               "and the-longest-border-in-all-the-world[.]example[.]com for more of them",
       .author = {.post_count = 3}},
      {.body = "Żółty krzew rośnie na słońcu, czy go przycinać?", .author = {.post_count = 3}},
      {.body = "", .author = {.post_count = 0}},
      {.body = "A p0 that is one of few, and p1 p2", .author = {.post_count = 3}},
  }};
  for (const Post& post : posts) CHECK(session->scan(post).verdict == Verdict::allow);
  const std::size_t before = allocations();
  for (const Post& post : posts) static_cast<void>(session->scan(post));
  CHECK(allocations() == before);
}

TEST_CASE("a rule wakes up from its pattern and shows what it saw") {
  ir::RuleSet rules = rule_set(1);
  add_rule(rules, "spam", matched(0));
  CHECK(scan(rules, {.body = "nothing"}).fired.empty());
  const Decision decision = scan(rules, {.body = "see P0!"});
  REQUIRE(fired_ids(decision) == Ids{"spam"});
  REQUIRE(decision.fired[0].evidence.size() == 1);
  const Evidence& evidence = decision.fired[0].evidence[0];
  CHECK(evidence.pattern == "p0");
  CHECK(evidence.item == "p0");
  CHECK(evidence.field == "body");
  CHECK(evidence.text == "P0");
  CHECK(evidence.begin == 4);
  CHECK(evidence.end == 6);
}

TEST_CASE("functions that find things give evidence under their own name, ten at most") {
  ir::RuleSet rules = rule_set();
  add_rule(rules, "links", compare(Op::greater, measure(ir::Function::links, Type::integer), integer(0)));
  std::string body;
  for (int i = 0; i < 12; ++i) body += "https://example.org/" + std::to_string(i) + " ";
  const Decision decision = scan(rules, {.body = body});
  REQUIRE(decision.fired.size() == 1);
  CHECK(decision.fired[0].evidence.size() == 10);
  CHECK(decision.fired[0].evidence[0].pattern == "links");
  CHECK(decision.fired[0].evidence[1].text == "https://example.org/1");
}

TEST_CASE("an unknown condition is reported with the attributes that were missing, and only those") {
  ir::RuleSet rules = rule_set();
  const Expr few = compare(Op::less, post_count(), integer(5));
  add_rule(rules, "r", any({few, all({verified(), boolean(false)})}));
  const Decision decision = scan(rules, {});
  REQUIRE(decision.undetermined.size() == 1);
  CHECK(decision.undetermined[0].rule == "r");
  CHECK(decision.undetermined[0].part == "when");
  CHECK(decision.undetermined[0].missing == Ids{"author.post_count"});
  CHECK(decision.verdict == Verdict::allow);
}

TEST_CASE("an exemption spares if it is true; an unknown one does not spare and is reported") {
  ir::RuleSet rules = rule_set(1);
  add_rule(rules, "r", matched(0)).unless = {verified(), boolean(false)};
  CHECK(scan(rules, {.body = "p0", .author = {.verified = true}}).fired.empty());
  CHECK(scan(rules, {.body = "p0", .author = {.verified = false}}).undetermined.empty());
  const Decision decision = scan(rules, {.body = "p0"});
  CHECK(fired_ids(decision) == Ids{"r"});
  REQUIRE(decision.undetermined.size() == 1);
  CHECK(decision.undetermined[0].part == "unless");
  CHECK(decision.undetermined[0].missing == Ids{"author.verified"});
}

TEST_CASE("an unknown `escalate.if` does not raise, an unknown `score.per` gives no points") {
  ir::RuleSet rules = rule_set(1);
  ir::Rule& rule = add_rule(rules, "r", matched(0));
  rule.escalate = ir::Escalate{.condition = verified()};
  rule.score = ir::Score{1000, post_count(), std::nullopt};
  const Decision unknown = scan(rules, {.body = "p0"});
  CHECK(unknown.verdict == Verdict::flag);
  REQUIRE(unknown.undetermined.size() == 2);
  CHECK(unknown.undetermined[0].part == "escalate");
  CHECK(unknown.undetermined[1].part == "score");
  const Decision known = scan(rules, {.body = "p0", .author = {.post_count = 2, .verified = true}});
  CHECK(known.verdict == Verdict::escalate);
  CHECK(known.fired[0].points == 2);
}

TEST_CASE("points per match stop at their maximum") {
  ir::RuleSet rules = rule_set(1);
  add_rule(rules, "r", matched(0)).score = ir::Score{1500, count(0), 4000};
  CHECK(scan(rules, {.body = "p0 p0"}).fired[0].points == 3);
  CHECK(scan(rules, {.body = "p0 p0 p0 p0"}).fired[0].points == 4);
}

TEST_CASE("a rule outside its dates is off") {
  ir::RuleSet rules = rule_set(1);
  ir::Rule& rule = add_rule(rules, "r", matched(0));
  rule.active_from = 100;
  rule.expires = 200;
  const auto fires_at = [&](std::int64_t second) {
    const auto now = std::chrono::sys_seconds(std::chrono::seconds(second));
    return !scan(rules, {.body = "p0", .now = now}).fired.empty();
  };
  CHECK_FALSE(fires_at(99));
  CHECK(fires_at(100));
  CHECK(fires_at(199));
  CHECK_FALSE(fires_at(200));
}

TEST_CASE("a rule for a language is considered for that language and its regions") {
  ir::RuleSet rules = rule_set(1);
  add_rule(rules, "r", matched(0)).languages = {"pl"};
  const auto fires_in = [&](std::optional<std::string_view> lang) {
    return !scan(rules, {.body = "p0", .message = {.lang = lang}}).fired.empty();
  };
  CHECK(fires_in("pl"));
  CHECK(fires_in("PL-pl"));
  CHECK_FALSE(fires_in("plx"));
  CHECK_FALSE(fires_in("en"));
  CHECK(fires_in({}));
  rules.has_policy = true;
  rules.languages = {"en", "fr"};
  CHECK_FALSE(fires_in({}));
  rules.languages = {"pl"};
  CHECK(fires_in({}));
}

TEST_CASE("a rule in shadow decides nothing and tells what it would have changed") {
  ir::RuleSet rules = rule_set(1);
  ir::Rule& shadow = add_rule(rules, "a", matched(0));
  shadow.status = ir::Status::shadow;
  shadow.verdict = ir::Verdict::hide;
  add_rule(rules, "b", matched(0));
  const Decision decision = scan(rules, {.body = "p0"});
  CHECK(decision.verdict == Verdict::flag);
  CHECK(fired_ids(decision) == Ids{"b"});
  REQUIRE(decision.shadow.size() == 1);
  CHECK(decision.shadow[0].rule == "a");
  CHECK(decision.shadow[0].would_be == Verdict::hide);
}

TEST_CASE("a rule that is off does not run") {
  ir::RuleSet rules = rule_set(1);
  add_rule(rules, "r", boolean(true)).status = ir::Status::off;
  CHECK(scan(rules, {.body = "p0"}).fired.empty());
}

TEST_CASE("a text over the budget is read in part, told, and flagged unless the policy allows it") {
  ir::RuleSet rules = rule_set(1);
  rules.limits.text_bytes = 64;
  add_rule(rules, "r", matched(0));
  const std::string body(1000, 'x');
  Decision decision = scan(rules, {.body = body});
  CHECK(decision.limits == Ids{"text_bytes: body"});
  CHECK(decision.verdict == Verdict::flag);
  rules.limits.reached_allows = true;
  decision = scan(rules, {.body = body});
  CHECK(decision.limits.size() == 1);
  CHECK(decision.verdict == Verdict::allow);
}

TEST_CASE("a host attribute that is undeclared or of another type is missing and noticed once") {
  ir::RuleSet rules = rule_set();
  rules.host_attributes = {{.name = "author.plan", .type = ir::Type::text, .text = ir::TextField::first_host},
                           {.name = "author.strikes", .type = ir::Type::number, .text = {}}};
  Expr strikes = node(Op::attribute, Type::number);
  strikes.attribute = static_cast<std::uint16_t>(ir::Attribute::first_host) + 1;
  add_rule(rules, "r", compare(Op::greater, strikes, number(2)));
  const std::array<Attribute, 1> good = {{{"author.strikes", std::int64_t{3}}}};
  CHECK(fired_ids(scan(rules, {.fields = good})) == Ids{"r"});
  const std::array<Attribute, 3> bad = {{{"author.karma", true}, {"author.strikes", true}, {"author.karma", true}}};
  const Decision decision = scan(rules, {.fields = bad});
  CHECK(decision.undetermined.size() == 1);
  CHECK(decision.notices == Ids{"author.karma: not declared", "author.strikes: expected a number"});
}

TEST_CASE("a rule is asked in each post that has what it needs") {
  struct Case {
    ir::Function function;
    std::string_view with, without;
  };
  const std::array<Case, 8> cases = {{{ir::Function::links, "see http://a.example", "see it"},
                                      {ir::Function::mentions, "hi u/ann", "hi ann"},
                                      {ir::Function::emails, "ann@a.example", "ann at a"},
                                      {ir::Function::hashtags, "#roses", "roses"},
                                      {ir::Function::marks_run, "a\u0301\u0302", "a"},
                                      {ir::Function::emoji, "1\uFE0F\u20E3", "1 \u00e9"},
                                      {ir::Function::mixed_script, "p\u0430ypal", "paypal"},
                                      {ir::Function::cards, "\uFF14111 1111 1111 1111", "4111 1111"}}};
  for (const Case& one : cases) {
    CAPTURE(one.with);
    ir::RuleSet rules = rule_set(1);
    add_rule(rules, "some", compare(Op::greater_equal, measure(one.function, Type::integer), integer(1)));
    const auto session = session_of(rules);
    REQUIRE(session->image().needs.size() == 1);
    CHECK(fired_ids(session->scan({.body = one.with})) == Ids{"some"});
    CHECK(fired_ids(session->scan({.body = one.without})).empty());
    CHECK(fired_ids(session->scan({.title = one.with, .body = one.without})) == Ids{"some"});
  }
}

TEST_CASE("a rule is asked where the host gives one of the facts that it needs") {
  ir::RuleSet rules = rule_set(1);
  const Expr posts = node(Op::coalesce, Type::integer, {post_count(), integer(100)});
  const Expr is_verified = node(Op::coalesce, Type::boolean, {verified(), boolean(false)});
  add_rule(rules, "facts", any({compare(Op::less, posts, integer(3)), is_verified}));
  const auto session = session_of(rules);
  REQUIRE(session->image().needs.size() == 1);
  CHECK(fired_ids(session->scan({.body = "x"})).empty());
  CHECK(fired_ids(session->scan({.body = "x", .author = {.post_count = 1}})) == Ids{"facts"});
  CHECK(fired_ids(session->scan({.body = "x", .author = {.verified = true}})) == Ids{"facts"});
  CHECK(fired_ids(session->scan({.body = "x", .author = {.post_count = 9}})).empty());
}

TEST_CASE("a rule about short posts is asked in those alone") {
  ir::RuleSet rules = rule_set(1);
  Expr words = measure(ir::Function::words, Type::integer);
  words.fields = {};
  words.fields.add(ir::TextField::body);
  add_rule(rules, "short", compare(Op::less_equal, words, integer(2)));
  const auto session = session_of(rules);
  REQUIRE(session->image().needs.size() == 1);
  CHECK(fired_ids(session->scan({.body = ""})) == Ids{"short"});
  CHECK(fired_ids(session->scan({.title = "a b c d", .body = "two words"})) == Ids{"short"});
  CHECK(fired_ids(session->scan({.body = "now these are three"})).empty());
  CHECK(fired_ids(session->scan({.body = "a b c d e f g h i j k l m n o p"})).empty());
}
