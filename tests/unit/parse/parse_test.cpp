#include "parse/parse.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace modcore;
using parse::FileKind;
using parse::kind_of;

namespace {

TEST_CASE("a file's kind is told by its name, wherever it lies") {
  CHECK(kind_of("packs/spam.rules.yaml", "policy: x\n") == FileKind::rules);
  CHECK(kind_of("a\\b\\policy.yaml", "") == FileKind::policy);
  CHECK(kind_of("guidelines.yaml", "") == FileKind::guidelines);
  CHECK(kind_of("context.yaml", "") == FileKind::context);
  CHECK(kind_of("forum.test.yaml", "") == FileKind::test);
}

TEST_CASE("a file without a telling name is told by its keys") {
  CHECK(kind_of("x.yaml", "modcore: 1\nrules:\n") == FileKind::rules);
  CHECK(kind_of("x.yaml", "modcore: 1\r\nguidelines: g.yaml\r\npacks: [a]\r\n") ==
        FileKind::policy);
  CHECK(kind_of("x.yaml", "guidelines:\n  G1: {}\n") == FileKind::guidelines);
  CHECK(kind_of("x.yaml",
                "\xEF\xBB\xBF"
                "attributes:\n") == FileKind::context);
  CHECK(kind_of("x.yaml", "cases: []") == FileKind::test);
  CHECK(kind_of("x.yaml", "context: {a: text}\nrules: []") == FileKind::rules);
}

TEST_CASE("a file is of rules if nothing tells, and keys inside it tell nothing") {
  CHECK(kind_of("x.yaml", "") == FileKind::rules);
  CHECK(kind_of("x.yaml", "a:\n  cases: []\n# policy: x\n") == FileKind::rules);
}

struct Parsed {
  source::SourceMap sources;
  std::optional<ast::File> file;
  std::vector<Diagnostic> diagnostics;

  explicit Parsed(const std::string& text) {
    const source::SourceId id = sources.add("x.rules.yaml", "modcore: 1\nrules:\n" + text);
    diag::Sink sink(sources);
    file = parse::parse_file(sources, id, FileKind::rules, sink);
    diagnostics = sink.take();
  }
  [[nodiscard]] const ast::Rule& rule(std::size_t index) const {
    return std::get<ast::RuleFile>(*file).rules.at(index);
  }
};

TEST_CASE("a rule in which something could not be read says so, and only that one") {
  const Parsed parsed(
      "  - {id: a, words: [x], when: b =}\n"
      "  - {id: b, words: [x]}\n"
      "  - {id: c, words: [*x]}\n"
      "  - {id: d, words: [12]}\n");
  REQUIRE(parsed.file);
  CHECK(parsed.rule(0).faulty);
  CHECK_FALSE(parsed.rule(0).when);
  CHECK_FALSE(parsed.rule(1).faulty);
  CHECK(parsed.rule(2).faulty);
  CHECK_FALSE(parsed.rule(3).faulty);  // a warning
}

TEST_CASE("diagnostics name the rule they stand in") {
  const Parsed parsed("  - {verdct: hide, words: [x], id: my.rule}\n  - {words: []}\n");
  REQUIRE(parsed.diagnostics.size() == 3);
  CHECK(parsed.diagnostics[0].rule == "my.rule");
  CHECK(parsed.diagnostics[1].rule.empty());
}

}  // namespace
