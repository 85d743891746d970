// The matcher against the naive one, on random rule sets and posts.
#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "compile/patterns.hpp"
#include "differential/naive_matcher.hpp"
#include "differential/random_cases.hpp"
#include "runtime/matcher.hpp"
#include "runtime/match_plan.hpp"
#include "runtime/post_text.hpp"
#include "source/source_map.hpp"
#include "support/pattern_items.hpp"

namespace modcore::test {
namespace {

using runtime::Match;
using runtime::Truth;
using runtime::UseId;

constexpr int rule_sets = 1'000;
constexpr int posts_each = 24;

struct Shares {
  int cases = 0;
  int with_match = 0;
  int with_exception = 0;
};

std::string shown(const Match& match) {
  return std::to_string(match.pattern) + "/" + std::to_string(match.item) + "@" +
         std::to_string(static_cast<std::uint32_t>(match.piece)) + ":" +
         std::to_string(match.range.begin) + "-" + std::to_string(match.range.end);
}

std::string shown(const std::vector<Match>& matches) {
  std::string text;
  for (const Match& match : matches) text += shown(match) + " ";
  return text;
}

// What matches() shows: the same characters once.
std::vector<Match> without_repeats(const std::vector<Match>& matches, const runtime::PostText& post) {
  std::vector<Match> once;
  for (const Match& match : matches) {
    const bool again = !once.empty() && once.back().range == match.range &&
                       post.piece(once.back().piece).source == post.piece(match.piece).source;
    if (!again) once.push_back(match);
  }
  return once;
}

void compare(const ir::RuleSet& rules, const std::vector<ir::PatternUse>& uses,
             runtime::Matcher& matcher, runtime::PostText& post, const std::string& lang, Shares& shares) {
  matcher.run(post, lang);
  NaiveMatcher naive(rules, post, lang);
  bool any = false, cancelled = false;
  std::vector<std::vector<Match>> all;
  for (std::uint32_t i = 0; i < uses.size(); ++i) {
    const auto use = static_cast<UseId>(i);
    const auto expected = naive.matches(uses[i]);
    cancelled = cancelled || naive.cancelled();
    any = any || !expected.empty();
    CAPTURE(i);
    CHECK(shown(matcher.matches(use, 100'000)) == shown(without_repeats(expected, post)));
    CHECK((matcher.matched(use) == Truth::yes) == !expected.empty());
    CHECK(matcher.matched(use) != Truth::unknown);
    CHECK(matcher.count(use) == naive.count(expected));
    CHECK(matcher.distinct(use) == naive.distinct(expected));
    CHECK(matcher.first(use).has_value() == !expected.empty());
    if (!expected.empty()) {
      CHECK(matcher.first(use) == naive.code_points_before(expected.front()));
      CHECK(matcher.last(use) == naive.code_points_before(expected.back()));
    }
    all.push_back(expected);
  }
  for (std::uint32_t i = 1; i < uses.size(); ++i) {
    const auto a = static_cast<UseId>(i - 1);
    const auto b = static_cast<UseId>(i);
    const std::int64_t distance = i % 3;
    CHECK((matcher.near(a, b, distance) == Truth::yes) ==
          naive.near(all[i - 1], all[i], distance, false, false));
    CHECK((matcher.followed_by(a, b, distance) == Truth::yes) ==
          naive.near(all[i - 1], all[i], distance, true, false));
  }
  ++shares.cases;
  shares.with_match += any ? 1 : 0;
  shares.with_exception += cancelled ? 1 : 0;
}

TEST_CASE("the matcher finds what the naive matcher finds") {
  const char* given = std::getenv("MODCORE_SEED");
  const auto seed = given != nullptr ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device{}();
  std::cout << "seed " << seed << " (set MODCORE_SEED to repeat)\n";
  RandomCases random(seed);
  Shares shares;
  for (int i = 0; i < rule_sets; ++i) {
    const ir::RuleSet rules = random.rule_set();
    const auto uses = random.uses(rules);
    const source::SourceMap sources;
    diag::Sink sink(sources);
    // A pattern that is searched for only when it is asked for matches the same.
    std::vector<bool> waits(rules.patterns.size());
    for (std::size_t p = 0; p < waits.size(); ++p) waits[p] = random.below(3) == 0;
    const auto plan = compiler::compile_patterns(rules, uses, waits, sink);
    for (const auto& diagnostic : sink.take()) FAIL(diagnostic.message);
    REQUIRE(plan);
    runtime::Matcher matcher(plan);
    runtime::PostText post;
    post.configure(plan->fields, rules.limits.text_bytes);
    for (int j = 0; j < posts_each; ++j) {
      const RandomPost texts = random.post();
      const std::vector<std::string_view> names(texts.attachments.begin(), texts.attachments.end());
      Post given_post{.title = texts.title, .body = texts.body, .attachment_names = names};
      given_post.author.name = texts.author_name;
      post.set(given_post, {});
      CAPTURE(i);
      CAPTURE(j);
      CAPTURE(texts.title);
      CAPTURE(texts.body);
      compare(rules, uses, matcher, post, texts.lang, shares);
    }
  }
  const auto percent = [&](int part) { return 100.0 * part / shares.cases; };
  std::cout << shares.cases << " cases, in " << percent(shares.with_match) << " % something matches, in "
            << percent(shares.with_exception) << " % an exception cancels\n";
  CHECK(shares.cases == rule_sets * posts_each);
  CHECK(percent(shares.with_match) >= 30);
  CHECK(percent(shares.with_exception) >= 10);
}

// So many that words are hashed: whole words, beginnings and ends of words, gaps.
TEST_CASE("thousands of phrases match where the naive matcher finds them") {
  RandomCases random(std::random_device{}());
  const auto word = [&] {
    std::string text;
    for (int i = 0; i < 2; ++i) text += std::string(1, "bdgk"[random.below(4)]) + "aeiou"[random.below(5)];
    return random.below(8) == 0 ? text + "\u0142ongerword" + text : text;
  };
  ir::Pattern many;
  for (int i = 0; i < 2'800; ++i) {
    std::string phrase = word();
    for (int more = random.below(3); more > 0; --more) phrase += (random.below(5) == 0 ? " <0-2> " : " ") + word();
    many.items.push_back(words(random.below(9) == 0 ? phrase + "*" : phrase));
  }
  many.in = {};
  many.in.add(ir::TextField::body);
  ir::RuleSet rules;
  rules.patterns.push_back(std::move(many));
  const std::vector<ir::PatternUse> uses = {{ir::PatternId{0}, rules.patterns.front().in}};
  const source::SourceMap sources;
  diag::Sink sink(sources);
  const auto plan = compiler::compile_patterns(rules, uses, {}, sink);
  REQUIRE(plan);
  CHECK(plan->words.by_word.entries.size() > 1'000);
  runtime::Matcher matcher(plan);
  runtime::PostText post;
  post.configure(plan->fields, rules.limits.text_bytes);
  Shares shares;
  for (int i = 0; i < 10; ++i) {
    std::string body;
    for (int w = random.below(20); w > 0; --w) body += word() + (random.below(6) == 0 ? "-" : " ");
    post.set({.body = body}, {});
    CAPTURE(body);
    compare(rules, uses, matcher, post, "", shares);
  }
  CHECK(shares.with_match >= 5);
}

}  // namespace
}  // namespace modcore::test
