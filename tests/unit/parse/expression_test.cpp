#include "parse/expression.hpp"

#include <doctest/doctest.h>

#include <array>
#include <random>
#include <regex>
#include <string>
#include <vector>

#include "ast/dump.hpp"
#include "support/seed.hpp"
#include "support/utf8.hpp"

using namespace modcore;
using namespace modcore::parse;

namespace {

// `key: value` of a file, read as a condition; places left out.
std::string tree_of(const std::string& yaml) {
  source::SourceMap sources;
  const source::SourceId id = sources.add("test.yaml", yaml);
  diag::Sink sink(sources);
  const auto root = read_yaml(sources, id, sink);
  REQUIRE(root);
  Reporter reporter(sink);
  ExpressionBudget budget;
  const auto expr = parse_condition(root->entries.at(0).value, budget, reporter);
  if (!expr) return "nothing";
  return std::regex_replace(ast::dump(*expr, sources), std::regex(" @[0-9:-]+"), "");
}

TEST_CASE("the structured form and the expression give the same tree") {
  CHECK(tree_of("when: {all: [a, b, c]}") == tree_of("when: a and b and c"));
  CHECK(tree_of("when: {any: [a, b]}") == tree_of("when: a or b"));
  CHECK(tree_of("when: {all: [a, {any: [b, c and d]}]}") == tree_of("when: a and (b or c and d)"));
  CHECK(tree_of("when: {all: [a]}") == tree_of("when: a"));
  CHECK(tree_of("when: {any: [a]}") != tree_of("when: not a"));
}

TEST_CASE("operators bind as the grammar says") {
  CHECK(tree_of("when: a or b and not c") == tree_of("when: a or (b and (not c))"));
  CHECK(tree_of("when: 1 + 2 * 3 < 4 ?? 5") == tree_of("when: (1 + (2 * 3)) < (4 ?? 5)"));
  CHECK(tree_of("when: a - b - c < 1") == tree_of("when: (a - b) - c < 1"));
  CHECK(tree_of("when: not a == b") == tree_of("when: not (a == b)"));
  CHECK(tree_of("when: -a + b < 1") != tree_of("when: -(a + b) < 1"));
  CHECK(tree_of("when: $p not in title") == tree_of("when: not ($p in title)"));
  CHECK(tree_of("when: 2 of them") != tree_of("when: any of them"));
}

TEST_CASE("space and line breaks between words do not matter") {
  CHECK(tree_of("when: a<7days and b") == tree_of("when: |\n  a  <  7 days\n\n  and b\n"));
  CHECK(tree_of("when: '40%<a'") == tree_of("when: 40 % < a"));
}

TEST_CASE("the budget of a rule is shared by its conditions") {
  source::SourceMap sources;
  std::string wide = "a: x";
  for (int i = 0; i < 700; ++i) wide += " or x";
  const source::SourceId id = sources.add("test.yaml", wide);
  diag::Sink sink(sources);
  const auto root = read_yaml(sources, id, sink);
  REQUIRE(root);
  Reporter reporter(sink);
  ExpressionBudget budget;
  const YamlNode& node = root->entries.at(0).value;
  CHECK(parse_condition(node, budget, reporter));
  CHECK(parse_condition(node, budget, reporter));
  CHECK_FALSE(parse_condition(node, budget, reporter));
  CHECK(sink.take().at(0).id == "M012");
}

TEST_CASE("any words give a tree or a diagnostic whose place is inside the condition") {
  std::mt19937 random(test::announced_seed());
  static constexpr std::array<std::string_view, 48> words{
      "a",        "b.c",    "$p",   "$",   "$q*",    "(",       ")",     "[",   "]",    ",",
      "and",      "or",     "not",  "in",  "is",     "missing", "of",    "any", "all",  "2",
      "1.5",      "7",      "days", "%",   "==",     "<",       ">=",    "??",  "+",    "-",
      "*",        "/",      "=",    "&&",  "!",      "'x'",     "\"y\"", "'",   "them", "é",
      "contains", "subset", "true", "now", "months", "“",       "0755",  "f("};
  int trees = 0;
  constexpr int cases = 20'000;
  for (int i = 0; i < cases; ++i) {
    std::string text;
    for (std::size_t n = 1 + random() % 9; n > 0; --n)
      text += std::string(words[random() % words.size()]) + ' ';
    CAPTURE(text);
    source::SourceMap sources;
    const source::SourceId id = sources.add("test.yaml", "when: |-\n  " + text);
    diag::Sink sink(sources);
    const auto root = read_yaml(sources, id, sink);
    REQUIRE(root);
    Reporter reporter(sink);
    ExpressionBudget budget;
    const auto expr = parse_condition(root->entries.at(0).value, budget, reporter);
    const auto diagnostics = sink.take();
    REQUIRE(expr.has_value() != has_errors(diagnostics));
    for (const Diagnostic& d : diagnostics) REQUIRE(d.where.line == 2);
    if (expr) ++trees;
  }
  CHECK(trees > cases / 100);
}

}  // namespace
