#include <doctest/doctest.h>

#include <modcore/modcore.hpp>

using namespace modcore;

namespace {

const Source rules{"a.rules.yaml",
                   "modcore: 1\ncategory: spam\nrules:\n"
                   "  - id: a.fires\n    words: [casino]\n    verdict: hide\n"
                   "  - id: b.spared\n    words: [casino]\n    unless: author.verified\n    verdict: hide\n"
                   "  - id: c.suppressed\n    words: [casino]\n    verdict: flag\n"
                   "  - id: d.allow\n    words: [casino]\n    verdict: allow\n    suppresses: [c.suppressed]\n"
                   "  - id: e.silent\n    words: [poker]\n    verdict: flag\n"
                   "  - id: f.unknown\n    when: author.post_count < 5\n    verdict: flag\n"
                   "  - id: g.shadow\n    words: [casino]\n    verdict: flag\n    status: shadow\n"
                   "  - id: h.off\n    words: [casino]\n    verdict: flag\n    status: off\n"
                   "  - id: i.later\n    words: [casino]\n    verdict: flag\n    active_from: 2030-01-01\n"
                   "  - id: j.polish\n    words: [casino]\n    verdict: flag\n    lang: pl\n"};

}  // namespace

TEST_CASE("each rule is explained by its outcome, and the decision is that of scan") {
  const CompileResult compiled = compile({&rules, 1});
  CAPTURE(render(compiled.diagnostics));
  REQUIRE(compiled);
  Scanner scanner(*compiled.engine);
  const Post post{.body = "Casino!", .author = {.verified = true}, .message = {.lang = "en"},
                  .now = std::chrono::sys_seconds(std::chrono::seconds(1'767'268'800))};
  const Explanation explanation = scanner.explain(post);
  std::vector<std::string> outcomes;
  for (const ExplainedRule& rule : explanation.rules) outcomes.push_back(rule.rule + ": " + rule.outcome);
  CHECK(outcomes == std::vector<std::string>{"a.fires: fired", "b.spared: spared", "c.suppressed: suppressed",
                                             "d.allow: fired", "e.silent: not fired", "f.unknown: undetermined",
                                             "g.shadow: shadow", "h.off: off", "i.later: not in force",
                                             "j.polish: other language"});
  CHECK(to_json(explanation.decision) == to_json(scanner.scan(post)));
}

TEST_CASE("one rule can be asked for, and each view of the text is shown") {
  const CompileResult compiled = compile({&rules, 1});
  REQUIRE(compiled);
  Scanner scanner(*compiled.engine);
  const Explanation explanation = scanner.explain({.body = "Ça va?"}, "b.spared");
  REQUIRE(explanation.rules.size() == 1);
  REQUIRE(explanation.rules[0].parts.size() == 2);
  CHECK(explanation.rules[0].parts[1].part == "unless");
  CHECK(explanation.rules[0].parts[1].condition.text == "author.verified");
  CHECK(explanation.rules[0].parts[1].condition.missing == std::vector<std::string>{"author.verified"});
  bool folded = false;
  for (const ExplainedView& view : explanation.views) {
    folded |= view.field == "body" && view.view == "words" && view.text == " ca va ";
  }
  CHECK(folded);
}

TEST_CASE("disguises are those of the rules that were asked for") {
  const Source disguised{"a.rules.yaml",
                         "modcore: 1\ncategory: spam\nrules:\n"
                         "  - id: a.casino\n    patterns: {x: {words: [casino], tolerance: obfuscated}}\n    verdict: hide\n"
                         "  - id: b.poker\n    patterns: {y: {words: [poker], tolerance: obfuscated}}\n    verdict: hide\n"};
  const CompileResult compiled = compile({&disguised, 1});
  REQUIRE(compiled);
  Scanner scanner(*compiled.engine);
  const Post post{.title = "p0ker", .body = "> c@sino\nand c a s i n o, casino"};
  CHECK(scanner.explain(post).disguises.size() == 2);
  const Explanation one = scanner.explain(post, "a.casino");
  REQUIRE(one.disguises.size() == 1);
  CHECK(one.disguises[0].field == "body");
  CHECK(one.disguises[0].pattern == "x");
  CHECK(one.disguises[0].word == "casino");
  CHECK(one.disguises[0].characters.size() == 11);
  CHECK(post.body.substr(one.disguises[0].begin, 11) == "c a s i n o");
}
