// A regex that is found by literals, digits or filters and confirmed at some places
// matches where PCRE2 alone matches, over random regexes and texts.
#include <doctest/doctest.h>

#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "compile/patterns.hpp"
#include "differential/naive_matcher.hpp"
#include "runtime/match_plan.hpp"
#include "runtime/matcher.hpp"
#include "runtime/post_text.hpp"
#include "source/source_map.hpp"
#include "support/random_regexes.hpp"
#include "support/seed.hpp"

namespace modcore::test {
namespace {

constexpr int regexes = 3'000;
constexpr int texts_each = 30;

ir::RuleSet rule_of(const std::string& regex, ir::Tolerance tolerance) {
  ir::RuleSet rules;
  ir::Pattern& pattern = rules.patterns.emplace_back();
  pattern.in = ir::FieldSet{};
  pattern.in.add(ir::TextField::body);
  ir::Item& item = pattern.items.emplace_back();
  item.source = regex;
  item.what = ir::RegexItem{regex, tolerance};
  return rules;
}

// How the regexes were lowered.
struct Shares {
  int compiled = 0, matches = 0, plain = 0, windowed = 0, digits = 0;
  int told = 0;  // of those in windows: an automaton looks first
};

void compare(const std::string& regex, ir::Tolerance tolerance, RandomRegexes& random, Shares& shares) {
  const ir::RuleSet rules = rule_of(regex, tolerance);
  const std::vector<ir::PatternUse> uses = {{ir::PatternId{0}, rules.patterns.front().in}};
  const source::SourceMap sources;
  diag::Sink sink(sources);
  const auto plan = compiler::compile_patterns(rules, uses, {}, sink);
  if (!plan) return;
  ++shares.compiled;
  const runtime::PlannedRegex& planned = plan->regexes.front();
  const bool windowed = planned.before_max != runtime::PlannedRegex::unknown_distance;
  shares.plain += planned.plain ? 1 : 0;
  shares.windowed += windowed ? 1 : 0;
  shares.told += windowed && planned.program.automaton([&] { return std::string_view(regex); }).tells() ? 1 : 0;
  shares.digits += plan->digits.literals.empty() ? 0 : 1;
  runtime::Matcher matcher(plan);
  runtime::PostText post;
  post.configure(plan->fields, rules.limits.text_bytes);
  for (int i = 0; i < texts_each; ++i) {
    const std::string body = i % 3 == 0 ? random.text(i % 2 == 0) : random.wordy_text(i % 2 == 0);
    post.set({.body = body}, {});
    matcher.run(post, "");
    const auto found = matcher.matches(runtime::UseId{0}, 1'000);
    NaiveMatcher naive(rules, post, "");
    const auto expected = naive.matches(uses.front());
    CAPTURE(regex);
    CAPTURE(body);
    CAPTURE(planned.before_min);
    CAPTURE(planned.before_max);
    REQUIRE(found.size() == expected.size());
    for (std::size_t m = 0; m < found.size(); ++m) CHECK(found[m].range == expected[m].range);
    shares.matches += static_cast<int>(found.size());
  }
}

TEST_CASE("a lowered regex matches where PCRE2 alone matches") {
  RandomRegexes random(announced_seed());
  Shares shares;
  for (int i = 0; i < regexes; ++i) {
    const ir::Tolerance tolerance = i % 5 == 0   ? ir::Tolerance::exact
                                    : i % 5 == 1 ? ir::Tolerance::accents
                                                 : ir::Tolerance::case_;
    const std::string regex = i % 3 == 0 ? random.regex(3) : random.wordy_regex();
    compare(regex, tolerance, random, shares);
  }
  std::cout << shares.compiled << " regexes, " << shares.matches << " matches; " << shares.plain
            << " plain, " << shares.windowed << " in windows, " << shares.told
            << " of them with an automaton, " << shares.digits << " by digits\n";
  CHECK(shares.compiled > regexes / 2);
  CHECK(shares.matches > regexes);
  CHECK(shares.plain > regexes / 50);
  CHECK(shares.windowed > regexes / 10);
  CHECK(shares.told > regexes / 10);
  CHECK(shares.digits > regexes / 100);
}

}  // namespace
}  // namespace modcore::test
