// What every rule that is shipped keeps to.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "check/check.hpp"
#include "load/load.hpp"
#include "unit/check/languages_of.hpp"

using namespace modcore;

namespace {

ast::Bundle shipped(source::SourceMap& sources, diag::Sink& sink) {
  return load::load_paths({std::string(MODCORE_SOURCE_DIR) + "/rules"}, {}, sources, sink);
}

// A rule without `lang` claims all three, but for those of one language's words.
std::set<std::string> claimed_by(const ast::Rule& rule) {
  if (rule.id.value == "harassment.insult-en") return {"en"};
  std::set<std::string> languages;
  for (const ast::Name& name : rule.lang) languages.insert(name.value);
  return languages.empty() ? std::set<std::string>{"en", "fr", "pl"} : languages;
}

std::string text_of(const ast::Value& post, std::string_view field) {
  for (const auto& [key, value] : post.entries) {
    if (key.value == field) return value.text;
  }
  return "";
}

std::string body_of(const ast::TestCase& test) {
  return test.post.kind == ast::Value::Kind::text ? test.post.text : text_of(test.post, "body");
}

// What the case says of its language, else what its words do.
std::set<std::string> languages_of(const ast::TestCase& test) {
  for (const auto& [key, value] : test.post.entries) {
    if (key.value == "message" && !text_of(value, "lang").empty()) return {text_of(value, "lang")};
  }
  return testing::languages_of(body_of(test) + " " + text_of(test.post, "title"));
}

std::ptrdiff_t count_of(const ast::Rule& rule, ast::TestKind kind, const std::string& language) {
  return std::ranges::count_if(rule.tests, [&](const ast::TestCase& test) {
    return test.kind == kind && (rule.lang.size() == 1 || languages_of(test).count(language) == 1);
  });
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

TEST_CASE("every shipped rule has three cases of each kind in each language it claims") {
  const std::size_t rules = each_rule([](const ast::Rule& rule) {
    for (const std::string& language : claimed_by(rule)) {
      CAPTURE(language);
      CHECK(count_of(rule, ast::TestKind::match, language) >= 3);
      CHECK(count_of(rule, ast::TestKind::no_match, language) >= 3);
    }
  });
  CHECK(rules >= 130);
}

TEST_CASE("the language of a text shows in its words") {
  using Languages = std::set<std::string>;
  CHECK(testing::languages_of("The beans are in the shed") == Languages{"en"});
  CHECK(testing::languages_of("Les haricots sont dans la cabane") == Languages{"fr"});
  CHECK(testing::languages_of("Fasola jest w szopie https://the.example/of/you") == Languages{"pl"});
  CHECK(testing::languages_of("sadzonki sa juz w tunelu") == Languages{"pl"});
  CHECK(testing::languages_of("https://a.example") == Languages{"en", "fr", "pl"});
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
