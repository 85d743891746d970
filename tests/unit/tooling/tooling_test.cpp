#include <modcore/tooling.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include <doctest/doctest.h>

using namespace modcore;

namespace {

// A rule file on disk for the time of a test.
class RuleFile {
 public:
  explicit RuleFile(const std::string& rule) {
    path_ = std::filesystem::temp_directory_path() /
            ("modcore-" + std::to_string(std::random_device{}()) + ".rules.yaml");
    std::ofstream(path_) << "modcore: 1\ncategory: spam\nrules:\n" << rule;
  }
  RuleFile(const RuleFile&) = delete;
  RuleFile& operator=(const RuleFile&) = delete;
  ~RuleFile() { std::filesystem::remove(path_); }

  [[nodiscard]] TestReport run() const { return run_tests({path_.string()}); }

 private:
  std::filesystem::path path_;
};

std::vector<std::string> outcomes(const TestReport& report) {
  std::vector<std::string> lines;
  for (const TestResult& result : report.results) {
    lines.push_back(result.kind + " " + std::to_string(result.index) + " " +
                    std::string(to_string(result.outcome)));
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("each kind of test asks for its own outcome") {
  const RuleFile file(
      "  - id: spam.word\n"
      "    words: [casino]\n"
      "    when: author.post_count < 5\n"
      "    verdict: hide\n"
      "    tests:\n"
      "      match: [{body: casino, author: {post_count: 1}}, {body: casino, author: {post_count: 9}}]\n"
      "      no_match: [roses, {body: casino, author: {post_count: 1}}]\n"
      "      undetermined: [casino, roses]\n"
      "      todo_match: [{body: c4sino, author: {post_count: 1}}, {body: casino, author: {post_count: 1}}]\n");
  const TestReport report = file.run();
  CHECK(outcomes(report) == Lines{"match 0 passed", "match 1 failed", "no_match 0 passed", "no_match 1 failed",
                                  "todo_match 0 todo", "todo_match 1 todo_passed", "undetermined 0 passed",
                                  "undetermined 1 failed"});
  CHECK(report.count(TestOutcome::failed) == 3);
  const TestResult& failed = report.results[1];
  CHECK(failed.rule == "spam.word");
  CHECK(failed.message == "expected the rule to fire, but it is: not fired");
  CHECK(failed.explained.outcome == "not fired");
  CHECK(failed.explained.parts.size() == 1);
  CHECK(failed.where.line == 9);
}

TEST_CASE("a test leaves out status, dates and other rules, and counts the language only if given") {
  const RuleFile file(
      "  - id: spam.word\n"
      "    words: [casino]\n"
      "    lang: pl\n"
      "    status: off\n"
      "    expires: 2020-01-01\n"
      "    verdict: hide\n"
      "    tests:\n"
      "      match: [casino, {body: casino, message: {lang: pl}}]\n"
      "      no_match: [{body: casino, message: {lang: en}}]\n"
      "  - id: spam.allow\n"
      "    words: [casino]\n"
      "    verdict: allow\n"
      "    suppresses: everything\n");
  const TestReport report = file.run();
  CHECK(outcomes(report) == Lines{"match 0 passed", "match 1 passed", "no_match 0 passed"});
}

TEST_CASE("expectations speak of the rule alone") {
  const RuleFile file(
      "  - id: spam.word\n"
      "    patterns: {place: {words: [casino]}, money: {words: [free]}}\n"
      "    when: $place or $money\n"
      "    verdict: escalate\n"
      "    escalate: {to: legal}\n"
      "    tests:\n"
      "      match:\n"
      "        - {body: casino, expect: {verdict: escalate, hidden: true, routes: [legal], evidence: [place]}}\n"
      "        - {body: casino, expect: {verdict: hide}}\n"
      "        - {body: casino, expect: {hidden: false}}\n"
      "        - {body: casino, expect: {routes: []}}\n"
      "        - {body: casino, expect: {evidence: [money]}}\n");
  CHECK(outcomes(file.run()) ==
        Lines{"match 0 passed", "match 1 failed", "match 2 failed", "match 3 failed", "match 4 failed"});
}

TEST_CASE("a post with a key that no field bears is reported at the key, and no test runs") {
  const RuleFile file("  - id: spam.word\n    words: [casino]\n    verdict: hide\n"
                      "    tests: {match: [{body: casino, author: {karma: 3}}]}\n");
  const TestReport report = file.run();
  CHECK(report.results.empty());
  REQUIRE(report.diagnostics.size() == 1);
  CHECK(report.diagnostics[0].id == "M002");
  CHECK(report.diagnostics[0].message == "`karma` is not a key of `author`");
  CHECK(report.diagnostics[0].where.line == 7);
}

TEST_CASE("every match case must match in each disguise that `mutations` names") {
  const RuleFile file(
      "  - id: spam.word\n"
      "    patterns: {main: {phrases: [free casino], tolerance: obfuscated}}\n"
      "    when: $main and links(text) >= 1\n"
      "    verdict: hide\n"
      "    tests:\n"
      "      match: [{title: Free Casino, body: 'a free casino at https://casino.com'}, 'casino']\n"
      "      no_match: [free, casino]\n"
      "      mutations: [case, accents, leet, homoglyph, zero-width, spacing, punctuation, stretch,\n"
      "                  mask, markup, leet]\n");
  const TestReport report = file.run();
  REQUIRE(report.results.size() == 2 + 10 + 2);
  CHECK(report.results[0].disguise.empty());
  for (std::size_t i = 1; i <= 10; ++i) {
    const TestResult& result = report.results[i];
    CAPTURE(result.disguise);
    CAPTURE(result.message);
    CHECK(disguise_kind(result.disguise) == static_cast<DisguiseKind>(i - 1));
    CHECK(result.outcome == TestOutcome::passed);
    CHECK(result.index == 0);
    CHECK(result.name != report.results[0].name);
    CHECK(result.name.ends_with("at https://casino.com"));
  }
  CHECK(report.results[11].index == 1);
  CHECK(report.results[11].outcome == TestOutcome::failed);
}

TEST_CASE("a disguise that the rule does not see through fails, and is shown") {
  const RuleFile file(
      "  - id: spam.word\n"
      "    words: [casino]\n"
      "    verdict: hide\n"
      "    tests: {match: [my casino], mutations: [case, leet]}\n");
  const TestReport report = file.run();
  CHECK(outcomes(report) == Lines{"match 0 passed", "match 0 passed", "match 0 failed"});
  const TestResult& failed = report.results[2];
  CHECK(failed.disguise == "leet");
  CHECK(failed.name.starts_with("my c"));
  CHECK(failed.message ==
        "expected the rule to fire, but it is: not fired; `leet` is seen through at `tolerance: obfuscated`");
  CHECK(failed.explained.outcome == "not fired");
  CHECK(failed.where.line == 7);
}

TEST_CASE("a mutation that finds nothing to disguise fails") {
  const RuleFile file(
      "  - id: spam.links\n"
      "    patterns: {x: {words: [hymn], tolerance: obfuscated}, y: {regex: [win+er]}}\n"
      "    verdict: hide\n"
      "    tests: {match: [a hymn, a winner], mutations: [leet, stretch]}\n");
  const TestReport report = file.run();
  CHECK(outcomes(report) == Lines{"match 0 passed", "match 0 passed", "match 0 failed", "match 1 passed"});
  CHECK(report.results[1].disguise == "stretch");
  CHECK(report.results[2].message ==
        "no `match` case holds a word that the rule finds and `leet` can disguise");
}

TEST_CASE("rules that do not compile run no tests") {
  const TestReport report = RuleFile("  - id: spam.word\n    wrods: [casino]\n").run();
  CHECK(has_errors(report.diagnostics));
  CHECK(report.results.empty());
}

TEST_CASE("the catalogues are sorted and tell types and signatures") {
  CHECK(std::ranges::is_sorted(field_catalogue(), {}, &FieldInfo::name));
  CHECK(std::ranges::is_sorted(function_catalogue(), {}, &FunctionInfo::name));
  const auto count = std::ranges::find(function_catalogue(), "count", &FunctionInfo::name);
  REQUIRE(count != function_catalogue().end());
  CHECK(count->signature == "count($p) -> int");
  const auto age = std::ranges::find(field_catalogue(), "author.account_age", &FieldInfo::name);
  REQUIRE(age != field_catalogue().end());
  CHECK(age->type == "duration");
}

TEST_CASE("the library ships the four packs") {
  const std::vector<std::string> packs = shipped_packs();
  for (const char* const pack : {"spam", "self-promotion", "harassment", "off-topic"}) {
    CHECK(std::ranges::count(packs, pack) == 1);
  }
  CHECK(std::ranges::count(packs, "presets") == 0);
}
