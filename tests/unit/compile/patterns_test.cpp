// What compile_patterns() reports, and how it lowers patterns.
#include "compile/patterns.hpp"

#include <doctest/doctest.h>

#include "compile/anchors.hpp"
#include "compile/hyperscan.hpp"
#include "diag/sink.hpp"
#include "runtime/match_plan.hpp"
#include "source/source_map.hpp"
#include "support/matching.hpp"
#include "support/pattern_items.hpp"

namespace modcore::test {
namespace {

std::string diagnostics(std::string_view pattern_text) {
  return Matching(pattern({regex(pattern_text)})).diagnostics();
}

TEST_CASE("a regex that PCRE2 refuses is reported") {
  CHECK(diagnostics("abc(?<=a+)def").starts_with("M301"));
  CHECK(diagnostics("\\p{Nothing}abc").starts_with("M301"));
  CHECK(diagnostics("(abc").starts_with("M301"));
  CHECK(diagnostics("(abc)\\2").starts_with("M301"));
  CHECK(diagnostics("abc").empty());
}

TEST_CASE("a regex that is too big or matches the empty text is reported") {
  CHECK(diagnostics("(?:a{1,1000}){1,1000}").starts_with("M302"));
  CHECK(diagnostics("a*").starts_with("M303"));
  CHECK(diagnostics("^$").starts_with("M303"));
  CHECK(diagnostics("(a)?\\1?").starts_with("M303"));
}

TEST_CASE("every wrong regex is reported, not only the first") {
  Matching matching(pattern({regex("(abc"), regex("fine"), regex("a*")}));
  CHECK(matching.diagnostics().find("M301") != std::string::npos);
  CHECK(matching.diagnostics().find("M303") != std::string::npos);
}

TEST_CASE("a pattern that no use asks for is checked all the same") {
  Matching matching;
  matching.rules().patterns.push_back(pattern({regex("(abc"), words("abc")}));
  CHECK(matching.diagnostics().starts_with("M301"));
}

TEST_CASE("items of which nothing is left match nothing") {
  Matching matching(pattern({substring("\u200b"), number(""), words("fine")}));
  CHECK(matching.diagnostics().empty());
  CHECK(matching.found("fine") == "fine");
}

TEST_CASE("rule sets without patterns compile and match nothing") {
  Matching matching;
  CHECK(matching.diagnostics().empty());
  CHECK(matching.search("text").touched().empty());
}

TEST_CASE("the anchor of a phrase is its rarest run of characters") {
  const auto anchor = [](std::string_view text) {
    const ir::Alternatives one = word_sequence(text);
    return compiler::Anchors(one.rows()).of(one.front());
  };
  CHECK(anchor("kill yourself").text == " kill yourself ");
  CHECK(anchor("kill yourself").whole);
  CHECK(anchor("promocj*").text == " promocj");
  CHECK_FALSE(anchor("promocj*").whole);
  CHECK(anchor("*coin").text == "coin ");
  CHECK(anchor("the <0-2> jackpot").text == " jackpot ");
  CHECK(anchor("the <0-2> jackpot").element == 2);
  CHECK(anchor("a* jackpot").text == " jackpot ");
  CHECK(anchor("a* jackpot").element == 1);
  CHECK(anchor("*z jackpot").text == "z jackpot ");
  CHECK(anchor("*z jackpot").element == 0);
  CHECK(anchor("a*jackpot*b").text == "jackpot");
}

// Where a regex alone is looked for by Hyperscan.
std::vector<std::string> databases_of(std::string_view regex_text) {
  ir::RuleSet rules;
  rules.patterns.push_back(pattern({regex(regex_text)}));
  const source::SourceMap sources;
  diag::Sink sink(sources);
  const auto plan = compiler::compile_patterns(rules, {{ir::PatternId{0}, ir::text_fields()}}, {}, sink);
  std::vector<std::string> found;
  for (const runtime::RegexFilter& filter : plan->filters) {
    if (filter.ascii) found.emplace_back("ascii");
    if (filter.utf8) found.emplace_back("utf8");
  }
  return found;
}

TEST_CASE("only what most texts are searched for has a database for ASCII beside the one for all texts") {
  using Names = std::vector<std::string>;
  const bool sound = compiler::filters_are_sound();  // else there are none
  CHECK(databases_of("[aeiou]{3}\\d") == (sound ? Names{"ascii", "utf8"} : Names{}));
  CHECK(databases_of("\\bc\\W*a\\W*s\\W*i\\W*n\\W*o\\b") == (sound ? Names{"utf8"} : Names{}));
}

TEST_CASE("a long item is searched by a part of it and confirmed") {
  const std::string word(300, 'x');
  CHECK(Matching(pattern({words(word)})).found(word) == word);
  CHECK(Matching(pattern({words(word)})).found(word + "y").empty());
}

}  // namespace
}  // namespace modcore::test
