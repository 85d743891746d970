// What the solver says of rules, against the engine on random posts: what it calls
// impossible must never happen there.
#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <modcore/modcore.hpp>

#include "api/compilation.hpp"
#include "differential/given_post.hpp"
#include "differential/random_rules.hpp"
#include "lint/pattern_table.hpp"
#include "lint/solver.hpp"
#include "runtime/session.hpp"

namespace {

using namespace differential;
namespace api = modcore::api;
namespace lint = modcore::lint;
namespace runtime = modcore::runtime;

constexpr int rule_sets = 250;
constexpr int posts_each = 40;

Condition both(Condition::Kind kind, Condition one, Condition two) {
  Condition condition{.kind = kind};
  condition.children.push_back(std::move(one));
  condition.children.push_back(std::move(two));
  return condition;
}

Rule variant(const Rule& rule, const std::string& name, Condition when) {
  Rule changed = rule;
  changed.id += name;
  changed.when = std::move(when);
  return changed;
}

// Each rule beside narrower, wider and opposite ones.
std::vector<Rule> with_variants(Random& random) {
  const Condition few{.kind = Condition::Kind::compare, .attribute = "author.post_count", .comparison = "<", .number = 3};
  const Condition fewer{.kind = Condition::Kind::compare, .attribute = "author.post_count", .comparison = "<", .number = 2};
  std::vector<Rule> all;
  for (Rule& rule : random_rules(random)) {
    rule.status = "active";
    rule.suppresses.clear();
    if (rule.verdict == "allow") rule.verdict = "flag";
    all.push_back(rule);
    if (!rule.when || all.size() > 10) continue;
    all.push_back(variant(rule, ".narrow", both(Condition::Kind::logic_and, *rule.when, few)));
    all.push_back(variant(rule, ".narrower", both(Condition::Kind::logic_and, *rule.when, fewer)));
    all.push_back(variant(rule, ".wide", both(Condition::Kind::logic_or, *rule.when, few)));
    Condition opposite{.kind = Condition::Kind::logic_not};
    opposite.children.push_back(*rule.when);
    all.push_back(variant(rule, ".never", both(Condition::Kind::logic_and, *rule.when, opposite)));
    all.push_back(variant(rule, ".opposite", std::move(opposite)));
  }
  return all;
}

struct Claims {
  std::vector<std::size_t> never, always;
  std::vector<std::pair<std::size_t, std::size_t>> implied;
};

Claims claims_of(const modcore::ir::RuleSet& rules) {
  const lint::PatternTable patterns(rules);
  Claims claims;
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    lint::Statements statements(rules, patterns);
    const lint::Formula fires = statements.fires(rules.rules[i]);
    if (impossible(statements, fires)) {
      claims.never.push_back(i);
      continue;
    }
    if (impossible(statements, negation(fires))) claims.always.push_back(i);
    for (std::size_t j = 0; j < rules.rules.size(); ++j) {
      if (i != j && implies(statements, fires, statements.fires(rules.rules[j]))) claims.implied.emplace_back(i, j);
    }
  }
  return claims;
}

std::vector<bool> fired_on(runtime::Session& session, const Post& post) {
  const GivenPost given(post);
  session.start(given.post());
  std::vector<bool> fired;
  for (std::uint32_t i = 0; i < session.image().rules.size(); ++i) {
    runtime::Fired one;
    std::vector<runtime::Undetermined> undetermined;
    fired.push_back(session.judge().ask(i, one, undetermined) == runtime::Answer::fired);
  }
  return fired;
}

TEST_CASE("what the solver calls impossible never happens in the engine") {
  const char* given = std::getenv("MODCORE_SEED");
  const unsigned seed = given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : 20260105U;
  std::cout << "seed " << seed << " (set MODCORE_SEED for another)\n";
  Random random(seed);
  std::size_t never = 0, always = 0, implied = 0, met = 0;
  for (int set = 0; set < rule_sets; ++set) {
    const std::string text = write(with_variants(random));
    CAPTURE(text);
    const modcore::Source source{.name = "random.rules.yaml", .text = text};
    const auto compilation = api::compile_sources({&source, 1}, {});
    REQUIRE(compilation->engine);
    const modcore::ir::RuleSet& rules = compilation->checked.rules;
    const Claims claims = claims_of(rules);
    runtime::Session session(compilation->engine->image, compilation->engine->plan);
    for (int i = 0; i < posts_each; ++i) {
      const Post post = random_post(random);
      CAPTURE(post.title);
      CAPTURE(post.body);
      const std::vector<bool> fired = fired_on(session, post);
      for (const std::size_t rule : claims.never) CHECK_MESSAGE(!fired[rule], rules.rules[rule].id);
      for (const std::size_t rule : claims.always) CHECK_MESSAGE(fired[rule], rules.rules[rule].id);
      for (const auto& pair : claims.implied) {
        const std::size_t one = pair.first;  // clang 14 captures no structured binding
        const std::size_t other = pair.second;
        met += fired[one] ? 1U : 0U;
        CHECK_MESSAGE((!fired[one] || fired[other]), rules.rules[one].id << " without " << rules.rules[other].id);
      }
    }
    never += claims.never.size();
    always += claims.always.size();
    implied += claims.implied.size();
  }
  std::cout << never << " rules never fire, " << always << " always, " << implied << " pairs implied, met " << met
            << " times\n";
  CHECK(never >= 100);
  CHECK(implied >= 500);
  CHECK(met >= 1000);
}

}  // namespace
