// What every rule that is shipped keeps to.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "check/check.hpp"
#include "load/load.hpp"

using namespace modcore;

namespace {

ast::Bundle shipped(source::SourceMap& sources, diag::Sink& sink) {
  return load::load_paths({std::string(MODCORE_SOURCE_DIR) + "/rules"}, {}, sources, sink);
}

std::size_t languages_of(const ast::Rule& rule) {
  return rule.lang.empty() ? 3 : rule.lang.size();
}

std::string body_of(const ast::TestCase& test) {
  if (test.post.kind == ast::Value::Kind::text) return test.post.text;
  for (const auto& [key, value] : test.post.entries) {
    if (key.value == "body") return value.text;
  }
  return "";
}

std::size_t count_of(const ast::Rule& rule, ast::TestKind kind) {
  const auto is_kind = [&](const ast::TestCase& test) { return test.kind == kind; };
  return static_cast<std::size_t>(std::ranges::count_if(rule.tests, is_kind));
}

bool matches_behind(const ast::Rule& rule, std::string_view mark) {
  return std::ranges::any_of(rule.tests, [&](const ast::TestCase& test) {
    return test.kind == ast::TestKind::match && body_of(test).starts_with(mark);
  });
}

bool searches_whole_body(const ast::Rule& rule) {
  return std::ranges::any_of(rule.groups, [](const ast::Group& group) {
    return std::ranges::count(group.in, "title", &ast::Name::value) == 1 &&
           std::ranges::count(group.in, "body", &ast::Name::value) == 1;
  });
}

bool promises_disguises(const ast::Rule& rule) {
  // Links in disguise have no mutation that makes them.
  const std::set<std::string> of_links{"spam.dubious-host", "spam.server-invite"};
  return !of_links.contains(rule.id.value) &&
         std::ranges::any_of(rule.groups, [](const ast::Group& group) {
           return group.tolerance && group.tolerance->value == "obfuscated";
         });
}

bool in_three_languages(const std::optional<ast::LocalizedText>& text) {
  std::set<std::string> languages;
  if (text) {
    for (const auto& [language, words] : text->entries) languages.insert(language.value);
  }
  return languages == std::set<std::string>{"en", "fr", "pl"};
}

template <typename Check>
std::size_t each_rule(const Check& check) {
  source::SourceMap sources;
  diag::Sink sink(sources);
  const ast::Bundle bundle = shipped(sources, sink);
  std::size_t rules = 0;
  for (const ast::RuleFile& file : bundle.rule_files) {
    for (const ast::Rule& rule : file.rules) {
      CAPTURE(rule.id.value);
      check(rule);
      ++rules;
    }
  }
  return rules;
}

TEST_CASE("every shipped rule has three cases of each kind for each language it claims") {
  const std::size_t rules = each_rule([](const ast::Rule& rule) {
    CHECK(count_of(rule, ast::TestKind::match) >= 3 * languages_of(rule));
    CHECK(count_of(rule, ast::TestKind::no_match) >= 3 * languages_of(rule));
  });
  CHECK(rules >= 130);
}

TEST_CASE("every shipped rule has a clause, a severity, and texts in three languages") {
  const std::size_t rules = each_rule([](const ast::Rule& rule) {
    CHECK(rule.guideline);
    CHECK(rule.severity);
    CHECK(in_three_languages(rule.title));
    CHECK(in_three_languages(rule.reason));
  });
  CHECK(rules >= 130);
}

TEST_CASE("where a shipped rule searches the whole body, neither a quote nor a fence hides it") {
  std::size_t whole = 0;
  each_rule([&](const ast::Rule& rule) {
    if (!searches_whole_body(rule)) return;
    CHECK(matches_behind(rule, ">"));
    CHECK(matches_behind(rule, "```"));
    ++whole;
  });
  CHECK(whole >= 60);
}

TEST_CASE("a shipped rule that claims to see through disguises names them and is tested so") {
  std::size_t promised = 0;
  each_rule([&](const ast::Rule& rule) {
    if (!promises_disguises(rule)) return;
    CHECK_FALSE(rule.mutations.empty());
    ++promised;
  });
  CHECK(promised >= 20);
}

TEST_CASE("the pack `care` never hides") {
  std::size_t care = 0;
  each_rule([&](const ast::Rule& rule) {
    if (!rule.id.value.starts_with("care.")) return;
    CHECK(rule.verdict);
    CHECK(rule.verdict->value == "escalate");
    REQUIRE(rule.hide);
    CHECK_FALSE(rule.hide->value);
    REQUIRE(rule.escalate);
    CHECK(rule.escalate->to);
    ++care;
  });
  CHECK(care >= 5);
}

}  // namespace
