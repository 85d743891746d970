#include "api/explain_condition.hpp"

#include <doctest/doctest.h>

#include "api/value_text.hpp"
#include "support/ir_builder.hpp"
#include "support/scan.hpp"

using namespace modcore;
using namespace modcore::testing;

TEST_CASE("each node of a condition is explained by its value, also where a jump would skip it") {
  ir::RuleSet rules = rule_set(1);
  Expr few = compare(Op::less, post_count(), integer(5));
  few.text = "author.post_count < 5";
  Expr both = all({matched(0), few});
  both.text = "$p0 and author.post_count < 5";
  add_rule(rules, "r", both);
  const auto session = session_of(rules);

  session->start({.body = "nothing", .author = {.post_count = 3}});
  ConditionNode node = api::explain_rule(*session, 0, "").parts.at(0).condition;
  CHECK(node.text == "$p0 and author.post_count < 5");
  CHECK(node.value == "false");
  REQUIRE(node.children.size() == 2);
  CHECK(node.children[0].value == "false");
  CHECK(node.children[1].text == "author.post_count < 5");
  CHECK(node.children[1].value == "true");
  REQUIRE(node.children[1].children.size() == 2);
  CHECK(node.children[1].children[0].value == "3");

  session->start({.body = "see p0"});
  node = api::explain_rule(*session, 0, "").parts.at(0).condition;
  CHECK(node.value == "unknown");
  CHECK(node.missing == std::vector<std::string>{"author.post_count"});
  REQUIRE(node.children[0].evidence.size() == 1);
  CHECK(node.children[0].evidence[0].text == "p0");
  CHECK(node.children[0].missing.empty());
}

TEST_CASE("values are written as in the rule language") {
  using runtime::Value;
  CHECK(api::value_text(Value::of(true), Type::boolean) == "true");
  CHECK(api::value_text(Value(), Type::integer) == "unknown");
  CHECK(api::value_text(Value::of(std::int64_t{259200}), Type::duration) == "3 days");
  CHECK(api::value_text(Value::of(std::int64_t{86400}), Type::duration) == "1 day");
  CHECK(api::value_text(Value::of(std::int64_t{5400}), Type::duration) == "90 min");
  CHECK(api::value_text(Value::of(std::int64_t{0}), Type::duration) == "0 s");
  CHECK(api::value_text(Value::of(std::int64_t{1767268800}), Type::time) == "2026-01-01T12:00:00Z");
  CHECK(api::value_text(Value::of(std::int64_t{-1}), Type::time) == "1969-12-31T23:59:59Z");
  CHECK(api::value_text(Value::of(0.5), Type::number) == "0.5");
  CHECK(api::value_text(Value::of(std::string_view("a\"b")), Type::text) == "\"a\\\"b\"");
}
