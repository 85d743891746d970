#include "runtime/combine.hpp"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "compile/encode.hpp"
#include "support/ir_builder.hpp"

using namespace modcore;
using namespace modcore::testing;
using runtime::Combined;
using runtime::Fired;

namespace {

// Rules of one category "spam" (flag 4, hide 8) on the route "moderators".
struct Rules {
  ir::RuleSet set = rule_set();

  ir::Rule& add(std::optional<ir::Verdict> verdict) {
    ir::Rule& rule = add_rule(set, "r" + std::to_string(set.rules.size()), boolean(true));
    rule.verdict = verdict;
    if (verdict == ir::Verdict::escalate) rule.escalate = ir::Escalate{};
    return rule;
  }
  [[nodiscard]] Combined combine(const std::vector<Fired>& fired) const {
    return runtime::combine(compiler::encode(set), fired);
  }
  // All rules fire, without points.
  [[nodiscard]] Combined combine_all() const {
    std::vector<Fired> fired;
    for (std::uint32_t i = 0; i < set.rules.size(); ++i) fired.push_back({.rule = i});
    return combine(fired);
  }
};

Verdict headline(const Combined& combined) {
  return runtime::headline(combined.hidden, combined.attention);
}

}  // namespace

TEST_CASE("a hiding rule and a flagging rule keep both axes") {
  Rules rules;
  rules.add(ir::Verdict::hide);
  CHECK(rules.combine_all().attention == Attention::none);
  CHECK(headline(rules.combine_all()) == Verdict::hide);
  rules.add(ir::Verdict::flag);
  CHECK(rules.combine_all().attention == Attention::flag);
  CHECK(headline(rules.combine_all()) == Verdict::hide);
}

TEST_CASE("escalation outranks hiding in the headline and hides only if it holds the post") {
  Rules rules;
  rules.add(ir::Verdict::escalate).hide = false;
  CHECK_FALSE(rules.combine_all().hidden);
  CHECK(headline(rules.combine_all()) == Verdict::escalate);
  rules.add(ir::Verdict::hide);
  CHECK(rules.combine_all().hidden);
  CHECK(headline(rules.combine_all()) == Verdict::escalate);
}

TEST_CASE("a raised rule escalates with its own visibility") {
  Rules rules;
  ir::Rule& rule = rules.add(ir::Verdict::flag);
  rule.escalate = ir::Escalate{};
  CHECK(headline(rules.combine({{.rule = 0}})) == Verdict::flag);
  const Combined raised = rules.combine({{.rule = 0, .raised = true}});
  CHECK(headline(raised) == Verdict::escalate);
  CHECK_FALSE(raised.hidden);
  CHECK(raised.routes.size() == 1);
}

TEST_CASE("on one route the shortest time and the highest urgency win") {
  Rules rules;
  rules.add(ir::Verdict::escalate).escalate->within = 3600;
  rules.add(ir::Verdict::escalate).escalate->urgency = ir::Urgency::critical;
  rules.add(ir::Verdict::escalate).escalate->within = 900;
  const Combined combined = rules.combine_all();
  REQUIRE(combined.routes.size() == 1);
  CHECK(combined.routes[0] == runtime::Called{.route = 0, .within = 900, .urgency = Urgency::critical});
}

TEST_CASE("points add up and cross each threshold they reach") {
  Rules rules;
  rules.add(std::nullopt);
  rules.add(std::nullopt);
  rules.add(std::nullopt);
  const Combined combined = rules.combine({{.rule = 0, .points = 5000}, {.rule = 1, .points = 3000},
                                           {.rule = 2, .points = 0}});
  REQUIRE(combined.crossed.size() == 2);
  CHECK(combined.crossed[0] == runtime::Crossed{0, Verdict::flag, 8000, {0, 1}});
  CHECK(combined.crossed[1] == runtime::Crossed{0, Verdict::hide, 8000, {0, 1}});
  CHECK(headline(combined) == Verdict::hide);
  CHECK(combined.attention == Attention::flag);
}

TEST_CASE("points short of a threshold decide nothing and are told") {
  Rules rules;
  rules.add(std::nullopt);
  const Combined combined = rules.combine({{.rule = 0, .points = 3999}});
  CHECK(headline(combined) == Verdict::allow);
  CHECK(combined.scores == std::vector<runtime::CategoryPoints>{{0, 3999}});
  CHECK(combined.crossed.empty());
}

TEST_CASE("a category never has fewer than zero points") {
  Rules rules;
  rules.add(std::nullopt);
  CHECK(rules.combine({{.rule = 0, .points = -5000}}).scores.empty());
}

TEST_CASE("an allow rule suppresses what it names, with its points, and not what is final") {
  Rules rules;
  rules.add(ir::Verdict::allow).suppresses_rules = {ir::RuleId{1}, ir::RuleId{2}};
  rules.add(ir::Verdict::hide);
  rules.add(ir::Verdict::hide).final = true;
  rules.add(ir::Verdict::flag);
  const Combined combined = rules.combine({{.rule = 0}, {.rule = 1, .points = 9000}, {.rule = 2}, {.rule = 3}});
  CHECK(combined.suppressed == std::vector<runtime::Suppressed>{{1, 0}});
  CHECK(combined.fired == std::vector<Fired>{{.rule = 2}, {.rule = 3}, {.rule = 0}});
  CHECK(combined.scores.empty());
}

TEST_CASE("everything spares allow rules and categories that cannot be suppressed") {
  Rules rules;
  rules.add(ir::Verdict::allow).suppresses_everything = true;
  rules.add(ir::Verdict::allow).suppresses_everything = true;
  rules.add(ir::Verdict::flag);
  Combined combined = rules.combine_all();
  CHECK(combined.fired.size() == 2);
  CHECK(combined.suppressed == std::vector<runtime::Suppressed>{{2, 0}});
  rules.set.categories[0].suppressible = false;
  CHECK(rules.combine_all().suppressed.empty());
}

TEST_CASE("fired rules stand by verdict, severity, points and id, allow rules last") {
  Rules rules;
  rules.add(ir::Verdict::allow);
  rules.add(std::nullopt);
  rules.add(ir::Verdict::flag);
  rules.add(ir::Verdict::flag).severity = ir::Severity::high;
  rules.add(ir::Verdict::hide);
  rules.add(ir::Verdict::hide);
  const Combined combined = rules.combine({{.rule = 0}, {.rule = 1}, {.rule = 2}, {.rule = 3},
                                           {.rule = 4}, {.rule = 5, .points = 1}});
  std::vector<std::uint32_t> order;
  for (const Fired& fired : combined.fired) order.push_back(fired.rule);
  CHECK(order == std::vector<std::uint32_t>{5, 4, 3, 2, 1, 0});
}

TEST_CASE("the order in which rules fired leaves no trace") {
  const auto seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 500; ++round) {
    Rules rules;
    std::vector<Fired> fired;
    for (std::uint32_t i = 0; i < 12; ++i) {
      ir::Rule& rule = rules.add(static_cast<ir::Verdict>(random() % 4));
      rule.severity = static_cast<ir::Severity>(random() % 5);
      rule.hide = random() % 2 == 0;
      rule.final = random() % 4 == 0;
      if (rule.verdict == ir::Verdict::allow && random() % 2 == 0) {
        rule.suppresses_rules = {ir::RuleId{static_cast<std::uint32_t>(random() % 12)}};
      }
      fired.push_back({.rule = i, .points = static_cast<std::int64_t>(random() % 7000) - 2000});
    }
    const Combined expected = rules.combine(fired);
    std::ranges::shuffle(fired, random);
    CHECK(rules.combine(fired) == expected);
  }
}
