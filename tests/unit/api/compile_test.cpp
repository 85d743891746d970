#include <modcore/compile.hpp>

#include <atomic>
#include <thread>

#include <doctest/doctest.h>

#include <modcore/scanner.hpp>

using namespace modcore;

namespace {

Source rule_file(const std::string& verdict, const std::string& word = "casino") {
  return {"spam.rules.yaml", "modcore: 1\ncategory: spam\nrules:\n  - id: spam.word\n    words: [" + word +
                                 "]\n    verdict: " + verdict + "\n"};
}

Engine engine_of(const Source& source, const CompileOptions& options = {}) {
  CompileResult compiled = compile({&source, 1}, options);
  CAPTURE(render(compiled.diagnostics));
  REQUIRE(compiled);
  return *compiled.engine;
}

}  // namespace

TEST_CASE("rules in memory become an engine that judges") {
  const Engine engine = engine_of(rule_file("hide"));
  Scanner scanner(engine);
  const Decision decision = scanner.scan({.id = "7", .body = "best Casino"});
  CHECK(decision.id == "7");
  CHECK(decision.verdict == Verdict::hide);
  CHECK(decision.engine == engine.fingerprint());
  CHECK(scanner.scan({.body = "roses"}).verdict == Verdict::allow);
}

TEST_CASE("an error gives diagnostics and no engine") {
  const Source broken = rule_file("vanish");
  const CompileResult compiled = compile({&broken, 1});
  CHECK_FALSE(compiled);
  CHECK(has_errors(compiled.diagnostics));
}

TEST_CASE("the engine tells its rules and the fields that they read") {
  const Source source{"a.rules.yaml",
                      "modcore: 1\ncategory: spam\nrules:\n"
                      "  - id: b.facts\n    when: author.account_age < 1 day\n    verdict: flag\n"
                      "  - id: a.words\n    words: [casino]\n    verdict: hide\n    status: shadow\n"};
  const Engine engine = engine_of(source);
  REQUIRE(engine.rules().size() == 2);
  CHECK(engine.rules()[0].id == "a.words");
  CHECK(engine.rules()[0].status == RuleStatus::shadow);
  CHECK(engine.rules()[0].verdict == Verdict::hide);
  CHECK(engine.rules()[0].file == "a.rules.yaml");
  CHECK(engine.rules()[0].line == 7);
  CHECK(engine.uses("body"));
  CHECK(engine.uses("author.account_age"));
  CHECK(engine.uses("author.created_at"));
  CHECK_FALSE(engine.uses("author.post_count"));
  CHECK_FALSE(engine.uses("parent.body"));
}

TEST_CASE("the fingerprint follows the meaning and nothing else") {
  Source commented = rule_file("hide");
  commented.text += "# a comment\n";
  CHECK(engine_of(rule_file("hide")).fingerprint() == engine_of(commented).fingerprint());
  CHECK(engine_of(rule_file("hide")).fingerprint() != engine_of(rule_file("flag")).fingerprint());
  CHECK(engine_of(rule_file("hide")).fingerprint() != engine_of(rule_file("hide", "poker")).fingerprint());
}

TEST_CASE("a host declares attributes through the API; a type that does not exist is an error") {
  const Source source{"a.rules.yaml",
                      "modcore: 1\ncategory: spam\nrules:\n"
                      "  - id: a.plan\n    when: 'author.plan == \"free\"'\n    verdict: flag\n"};
  CHECK_FALSE(compile({&source, 1}));
  CHECK_FALSE(compile({&source, 1}, {.attributes = {{"author.plan", "words"}}}));
  Scanner scanner(engine_of(source, {.attributes = {{"author.plan", "text"}}}));
  const Attribute plan{"author.plan", std::string_view("FREE")};
  CHECK(scanner.scan({.fields = {&plan, 1}}).verdict == Verdict::flag);
}

TEST_CASE("a failing test of a rule is an error of check, not of compile") {
  Source source = rule_file("hide");
  source.text += "    tests: {match: [poker], no_match: [roses]}\n";
  CHECK(compile({&source, 1}));
  const std::vector<Diagnostic> diagnostics = check({&source, 1});
  REQUIRE(has_errors(diagnostics));
  CHECK(diagnostics[0].id == "M503");
  CHECK(diagnostics[0].rule == "spam.word");
  CHECK(diagnostics[0].where.line == 7);
}

TEST_CASE("a scanner on a slot takes the new engine between posts and outlives the slot") {
  auto slot = std::make_unique<EngineSlot>(engine_of(rule_file("hide")));
  Scanner scanner(*slot);
  CHECK(scanner.scan({.body = "casino"}).verdict == Verdict::hide);
  slot->store(engine_of(rule_file("flag")));
  CHECK(scanner.scan({.body = "casino"}).verdict == Verdict::flag);
  slot.reset();
  CHECK(scanner.scan({.body = "casino"}).verdict == Verdict::flag);
}

TEST_CASE("a reload that fails keeps the last good engine") {
  EngineSlot slot(engine_of(rule_file("hide")));
  const Fingerprint before = slot.load().fingerprint();
  CHECK_FALSE(slot.reload({"/nowhere/policy.yaml"}));
  CHECK(slot.load().fingerprint() == before);
  CHECK(slot.reload({"spam"}));
  CHECK(slot.load().fingerprint() != before);
}

TEST_CASE("a scanner can be moved") {
  Scanner first(engine_of(rule_file("hide")));
  Scanner second = std::move(first);
  CHECK(second.scan({.body = "casino"}).verdict == Verdict::hide);
}

TEST_CASE("every decision under a reload is that of one engine") {
  const Engine hide = engine_of(rule_file("hide"));
  const Engine flag = engine_of(rule_file("flag"));
  EngineSlot slot(hide);
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int i = 0; i < 2000; ++i) slot.store(i % 2 == 0 ? flag : hide);
    done = true;
  });
  Scanner scanner(slot);
  std::size_t wrong = 0;
  while (!done) {
    const Decision decision = scanner.scan({.body = "casino"});
    const bool is_hide = decision.engine == hide.fingerprint();
    if (decision.verdict != (is_hide ? Verdict::hide : Verdict::flag)) ++wrong;
  }
  writer.join();
  CHECK(wrong == 0);
}
