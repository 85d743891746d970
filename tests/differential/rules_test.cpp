// The whole engine against direct recursion: random rule files and posts, each
// pattern alone, each condition by hand.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include <modcore/modcore.hpp>

#include "check/check.hpp"
#include "differential/given_post.hpp"
#include "differential/naive_matcher.hpp"
#include "differential/random_rules.hpp"
#include "differential/rules_oracle.hpp"
#include "load/load.hpp"
#include "runtime/field_functions.hpp"
#include "runtime/post_text.hpp"

namespace {

using namespace differential;
namespace ir = modcore::ir;
namespace runtime = modcore::runtime;

constexpr int rule_sets = 2500;
constexpr int posts_each = 10;

struct Shares {
  int cases = 0;
  int matched = 0;
  int cancelled = 0;
  int unknown = 0;
};

ir::FieldSet field_set(const std::string& fields) {
  ir::FieldSet set;
  if (fields.find("title") != std::string::npos) set.add(ir::TextField::title);
  if (fields.find("body") != std::string::npos) set.add(ir::TextField::body);
  if (fields.find("own") != std::string::npos) set.add(ir::TextField::own);
  if (fields.find("text") != std::string::npos) set.add(ir::text_fields());
  return set;
}

// The typed rules of a file: the patterns that the naive matcher runs.
ir::RuleSet typed(const std::string& text) {
  modcore::source::SourceMap sources;
  modcore::diag::Sink sink(sources);
  const modcore::Source source{.name = "random.rules.yaml", .text = text};
  const auto bundle = modcore::load::load_sources({&source, 1}, {}, sources, sink);
  return modcore::checker::check(bundle, {}, sink).rules;
}

ir::FieldSet all_content() {
  ir::FieldSet all = ir::text_fields();
  for (const auto field : {ir::TextField::body, ir::TextField::quote, ir::TextField::code}) all.add(field);
  return all;
}

// One rule set and one post.
class Case {
 public:
  Case(const std::vector<Rule>& rules, const ir::RuleSet& typed_rules, const Post& post)
      : rules_(rules), typed_(typed_rules), post_(post) {
    text_.configure(all_content(), typed_.limits.text_bytes);
    text_.set({.title = post.title, .body = post.body}, {});
  }

  Expected expected() {
    modcore::test::NaiveMatcher naive(typed_, text_, "");
    const Search search = [&](const Rule& rule, const std::string& group, const std::string& fields) {
      return found(naive, rule, group, fields);
    };
    const Measure measure = [&](Condition::Kind kind, const std::string& fields) {
      return kind == Condition::Kind::words ? runtime::words(text_, field_set(fields))
                                            : runtime::links(text_, field_set(fields));
    };
    return expect(rules_, post_.facts, search, measure);
  }

  [[nodiscard]] bool matched() const { return matched_; }
  [[nodiscard]] bool cancelled() const { return cancelled_; }

 private:
  std::vector<Found> found(modcore::test::NaiveMatcher& naive, const Rule& rule, const std::string& group,
                           const std::string& fields) {
    const auto index = pattern_index(rule, group);
    const ir::FieldSet where = fields.empty() ? typed_.patterns[index].in : field_set(fields);
    const auto matches = naive.matches({static_cast<ir::PatternId>(index), where});
    matched_ = matched_ || !matches.empty();
    cancelled_ = cancelled_ || naive.cancelled();
    std::vector<Found> all;
    for (const runtime::Match& match : matches) all.push_back(described(match));
    return all;
  }

  std::size_t pattern_index(const Rule& rule, const std::string& group) const {
    for (std::size_t i = 0; i < typed_.patterns.size(); ++i) {
      const ir::Pattern& pattern = typed_.patterns[i];
      const bool here = typed_.rules[static_cast<std::size_t>(pattern.rule)].id == rule.id;
      if (here && !pattern.is_except && pattern.name == group) return i;
    }
    FAIL("no pattern " << group);
    return 0;
  }

  Found described(const runtime::Match& match) {
    const runtime::Piece& piece = text_.piece(match.piece);
    Found found{.source = piece.source,
                .piece = static_cast<std::uint32_t>(match.piece),
                .begin = match.range.begin,
                .end = match.range.end,
                .distinct = typed_.patterns[match.pattern].items[match.item].distinct};
    for (const auto& token : text_.views(match.piece).tokens()) {
      found.words_before += token.original.end + piece.range.begin <= match.range.begin ? 1 : 0;
      found.words_until += token.original.begin + piece.range.begin < match.range.end ? 1 : 0;
    }
    return found;
  }

  const std::vector<Rule>& rules_;
  const ir::RuleSet& typed_;
  const Post& post_;
  runtime::PostText text_;
  bool matched_ = false;
  bool cancelled_ = false;
};

modcore::Decision decide(modcore::Scanner& scanner, const Post& post) {
  return scanner.scan(GivenPost(post).post());
}

std::string joined(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += name + " ";
  return text;
}

void compare(const Expected& expected, const modcore::Decision& decision) {
  std::set<std::string> fired, undetermined, suppressed, shadow;
  for (const auto& one : decision.fired) fired.insert(one.rule);
  for (const auto& one : decision.undetermined) undetermined.insert(one.rule + "/" + one.part);
  for (const auto& one : decision.suppressed) suppressed.insert(one.rule);
  for (const auto& one : decision.shadow) shadow.insert(one.rule);
  CHECK(joined(fired) == joined(expected.fired));
  CHECK(joined(undetermined) == joined(expected.undetermined));
  CHECK(joined(suppressed) == joined(expected.suppressed));
  CHECK(joined(shadow) == joined(expected.shadow));
  CHECK(std::string(modcore::to_string(decision.verdict)) == expected.verdict);
  CHECK(decision.hidden == expected.hidden);
}

TEST_CASE("the engine decides as direct evaluation does, on random rule files and posts") {
  const char* given = std::getenv("MODCORE_SEED");
  const unsigned seed = given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : 20260104U;
  std::cout << "seed " << seed << " (set MODCORE_SEED for another)\n";
  Random random(seed);
  Shares shares;
  for (int set = 0; set < rule_sets; ++set) {
    const auto rules = random_rules(random);
    const std::string text = write(rules);
    CAPTURE(text);
    const modcore::Source source{.name = "random.rules.yaml", .text = text};
    const auto compiled = modcore::compile({&source, 1});
    REQUIRE_MESSAGE(compiled, modcore::render(compiled.diagnostics));
    const ir::RuleSet typed_rules = typed(text);
    modcore::Scanner scanner(*compiled.engine);
    for (int i = 0; i < posts_each; ++i) {
      const Post post = random_post(random);
      CAPTURE(post.title);
      CAPTURE(post.body);
      Case one(rules, typed_rules, post);
      const Expected expected = one.expected();
      compare(expected, decide(scanner, post));
      ++shares.cases;
      shares.matched += one.matched() ? 1 : 0;
      shares.cancelled += one.cancelled() ? 1 : 0;
      shares.unknown += expected.unknowns > 0 ? 1 : 0;
    }
  }
  const auto percent = [&](int part) { return 100.0 * part / shares.cases; };
  std::cout << shares.cases << " cases: " << percent(shares.matched) << " % with a match, "
            << percent(shares.cancelled) << " % with an exception that cancels, " << percent(shares.unknown)
            << " % with something unknown\n";
  CHECK(shares.cases >= 20000);
  CHECK(percent(shares.matched) >= 30);
  CHECK(percent(shares.cancelled) >= 10);
  CHECK(percent(shares.unknown) >= 5);
}

}  // namespace
