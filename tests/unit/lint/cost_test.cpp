#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include <modcore/modcore.hpp>

#include "api/engine_state.hpp"
#include "compile/hyperscan.hpp"
#include "diag/sink.hpp"
#include "lint/cost.hpp"
#include "runtime/match_plan.hpp"

namespace {

using namespace modcore;

constexpr const char* head = "modcore: 1\ncategory: spam\nrules:\n";

std::string rule(const std::string& id, const std::string& items) {
  return "  - {id: spam." + id + ", verdict: flag, " + items + "}\n";
}

std::size_t count(const std::vector<Diagnostic>& found, std::string_view id) {
  return static_cast<std::size_t>(std::ranges::count(found, id, &Diagnostic::id));
}

std::vector<Diagnostic> checked(const std::string& rules) {
  const Source source{"test.rules.yaml", head + rules};
  return check({&source, 1});
}

TEST_CASE("what the regexes of a rule set may cost to compile is bounded, whatever each costs") {
  std::string rules;
  for (int i = 0; i < 60; ++i) {
    const std::string other = std::to_string(i + 1);
    rules += rule("r" + other, "regex: ['([a-z]{40}\\d{9}){180}[p-t]{" + other + "}']");
  }
  const std::vector<Diagnostic> found = checked(rules);
  CHECK(count(found, "M801") == 1);
  CHECK(has_errors(found));
}

TEST_CASE("a regex that costs much is told with what it takes, a cheap one is not") {
  // Any word may begin it, and all of what follows must be tried.
  const std::string slow = rule("slow", R"(regex: ['(?:\w+[^\w]+){4,7}(?=\d)(?<!x)\w'])");
  const std::string cheap = rule("cheap", R"(regex: ['\bcheap\s+pills?\b'])");
  const std::vector<Diagnostic> found = checked(slow + cheap);
  REQUIRE(count(found, "M304") == 1);
  CHECK(std::ranges::find(found, "M304", &Diagnostic::id)->rule == "spam.slow");
}

TEST_CASE("what was measured of a regex decides what is said of it") {
  const source::SourceMap sources;
  const auto said = [&](double nanoseconds) {
    diag::Sink sink(sources);
    lint::judge_regex({.span = {}, .rule = "spam.r", .nanoseconds = nanoseconds, .compile_milliseconds = 12,
                       .database_bytes = 4096, .how = "it is looked for at every `@`"},
                      sink);
    std::string text;
    for (const Diagnostic& d : sink.take()) text += d.id + " " + d.rule + ": " + d.message;
    return text;
  };
  CHECK(said(5.9).empty());
  CHECK(said(6.5) == "M807 spam.r: no word or digits stand in every match of this regex, so it is looked for at every `@`, "
                     "at 6.5 ns a byte");
  CHECK(said(25) == "M304 spam.r: this regex takes 25.0 ns for each byte of ordinary text, 12 ms to compile and 4 KiB");
}

std::string how(const std::string& regex) {
  const Source source{"test.rules.yaml", head + rule("r", "regex: ['" + regex + "']")};
  const CompileResult compiled = compile({&source, 1});
  REQUIRE_MESSAGE(compiled, render(compiled.diagnostics));
  return lint::how_searched(*detail::EngineAccess::state(*compiled.engine)->plan, 0);
}

TEST_CASE("of a regex without literals it is told how it is really found") {
  CHECK(how(R"(^\W*\d+x)") == "it is looked for at the beginning of every text");
  CHECK(how(R"(\w+@\d)") == "it is looked for at every `@`");
  const auto filtered = [](const char* said) {
    return compiler::filters_are_sound() ? said : "PCRE2 runs it on every text";
  };
  CHECK(how(R"([aeiou]{3}\d)") == filtered("Hyperscan looks for it in every text"));
  CHECK(how(R"(\bc\W*a\W*s\W*i\W*n\W*o\b)") == filtered("Hyperscan looks for it in every text beyond ASCII"));
  CHECK(how(R"(\d(*SKIP)\W\d)") == "PCRE2 runs it on every text");
}

TEST_CASE("more than 64 MiB to search for are told") {
  const source::SourceMap sources;
  diag::Sink sink(sources);
  lint::judge_size(std::size_t{64} << 20U, sink);
  CHECK(sink.take().empty());
  lint::judge_size(std::size_t{90} << 20U, sink);
  const std::vector<Diagnostic> found = sink.take();
  REQUIRE(found.size() == 1);
  CHECK(found[0].id == "M802");
  CHECK(found[0].message == "the databases take 90 MiB, more than 64");
}

TEST_CASE("tables of thousands of literals count among the bytes, not only databases") {
  std::string items;
  for (int i = 0; i < 4000; ++i) items += (i == 0 ? "" : ", ") + ("inside" + std::to_string(i * 7919));
  const Source source{"test.rules.yaml", head + rule("many", "substrings: [" + items + "]")};
  const CompileResult compiled = compile({&source, 1});
  REQUIRE_MESSAGE(compiled, render(compiled.diagnostics));
  const Post post{.body = "roses"};
  CHECK(profile(*compiled.engine, {&post, 1}, 1).rules.at(0).database_bytes > 4000 * 20);
}

TEST_CASE("a profile leaves out what a crowd of cheap rules costs each") {
  std::string rules;
  constexpr int crowd = 250;
  for (int i = 0; i < crowd; ++i) rules += rule("w" + std::to_string(i), "words: [word" + std::to_string(i) + "x]");
  const std::string slow = rule("slow", R"(regex: ['(?:\w+[^\w]+){4,7}(?=\d)(?<!x)\w'])");
  const Source source{"test.rules.yaml", head + rules + slow};
  const CompileResult compiled = compile({&source, 1});
  REQUIRE_MESSAGE(compiled, render(compiled.diagnostics));
  std::vector<Post> posts(400, Post{.body = "The roses of our garden bloom, as nobody would have believed a year ago"});
  const ProfileReport report = profile(*compiled.engine, posts, 1);
  REQUIRE(report.rules.size() == crowd + 1);
  CHECK(report.rules[0].rule == "spam.slow");
  CHECK(report.rules[0].share > 0.5);
  // Each has a cost when it runs alone, and nearly none has one of its own.
  const auto nothing = std::ranges::count(report.rules, 0.0, &ProfiledRule::own_nanoseconds_per_byte);
  CHECK(nothing >= crowd / 2 - 50);  // fifty are looked at twice
  for (const ProfiledRule& each : report.rules) CHECK(each.nanoseconds_per_byte > 0);
}

TEST_CASE("one pattern in disguise among many is told, several are not") {
  std::string rules;
  for (int i = 0; i < 60; ++i) rules += rule("w" + std::to_string(i), "words: [word" + std::to_string(i) + "x]");
  const auto disguised = [](const std::string& id) {
    return rule(id, "patterns: {p: {words: [casino], tolerance: obfuscated}}, when: $p");
  };
  CHECK(count(checked(rules), "M803") == 0);
  CHECK(count(checked(rules + disguised("a")), "M803") == 1);
  CHECK(count(checked(rules + disguised("a") + disguised("b")), "M803") == 0);
}

TEST_CASE("a profile puts the dear rule first and tells how each is searched for") {
  const Source source{"test.rules.yaml",
                      head + rule("word", "words: [casino]") + rule("domain", "domains: [example.com]") +
                          rule("facts", "when: author.post_count > 3") +
                          rule("slow", R"(regex: ['(?:\w+[^\w]+){4,7}(?=\d)(?<!x)\w'])") +
                          rule("plain", R"(regex: ['\bcheap pills\b'])")};
  const CompileResult compiled = compile({&source, 1});
  REQUIRE_MESSAGE(compiled, render(compiled.diagnostics));
  std::vector<Post> posts(200, Post{.body = "The roses of our casino bloom, as nobody would have believed"});
  const ProfileReport report = profile(*compiled.engine, posts, 2);
  REQUIRE(report.rules.size() == 5);
  CHECK(report.posts == 200);
  CHECK(report.rules[0].rule == "spam.slow");
  CHECK(report.rules[0].share > 0.5);
  double sum = 0;
  for (const ProfiledRule& each : report.rules) {
    sum += each.share;
    CAPTURE(each.rule);
    if (each.rule == "spam.word") {
      CHECK(each.plan == "a literal in the words view");
      CHECK(each.confirmed == 200);
      CHECK(each.failed == 0);
      CHECK(each.database_bytes > 0);
    }
    if (each.rule == "spam.plain") CHECK(each.plan == "literal `cheap pills` in the fold");
    if (each.rule == "spam.facts") CHECK(each.plan == "no pattern");
  }
  CHECK(sum == doctest::Approx(1.0));
}

}  // namespace
