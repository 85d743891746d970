// What comes closest to a group that did not match.
#include <modcore/compile.hpp>
#include <modcore/scanner.hpp>

#include <doctest/doctest.h>

using namespace modcore;

namespace {

// The reason, or nothing, for a rule of one group.
std::string why(const std::string& group, const Post& post) {
  const Source source{"x.rules.yaml", "modcore: 1\ncategory: spam\nrules:\n  - id: spam.x\n" + group};
  const CompileResult compiled = compile({&source, 1});
  REQUIRE_MESSAGE(compiled.engine.has_value(), render(compiled.diagnostics));
  Scanner scanner(*compiled.engine);
  const Explanation explanation = scanner.explain(post, "spam.x");
  REQUIRE(explanation.rules.size() == 1);
  REQUIRE(explanation.rules[0].outcome == "not fired");
  std::string out;
  for (const ExplainedPart& part : explanation.rules[0].parts) {
    if (part.part != "nearest") continue;
    REQUIRE(out.empty());
    REQUIRE(part.condition.evidence.size() == 1);
    const Evidence& place = part.condition.evidence[0];
    out = place.item + " | " + place.text + " | " + part.condition.value;
  }
  return out;
}

std::string why(const std::string& group, const std::string& body) { return why(group, Post{.body = body}); }

}  // namespace

TEST_CASE("the nearest miss names the bound that kept a group from matching") {
  CHECK(why("    words: [casino]\n", "my roses") == "");
  CHECK(why("    words: [casino]\n", "a c@s1no here") ==
        "casino | c@s1no | it would match at `tolerance: obfuscated`");
  CHECK(why("    patterns: {a: {words: [café], tolerance: exact}}\n", "a CAFÉ") ==
        "café | CAFÉ | it would match at `tolerance: case`");
  CHECK(why("    patterns: {a: {words: [café], tolerance: case}}\n", "a cafe") ==
        "café | cafe | it would match at `tolerance: accents`");
  CHECK(why("    patterns: {a: {words: [casino], in: title}}\n", "a casino") ==
        "casino | casino | it would match in `body`, where the group does not look");
  CHECK(why("    phrases: [buy <0-1> now]\n", "buy it right now") ==
        "buy <0-1> now | buy it right now | 1 word too many stands in it");
  CHECK(why("    phrases: [online casino]\n", "online big fat casino") ==
        "online casino | online big fat casino | 2 words too many stand in it");
  CHECK(why("    phrases: [online casino]\n", "an online casinos") ==
        "online casino | online casinos | it is one letter away from `casino`");
  CHECK(why("    words: [casino]\n", "a caisno") == "casino | caisno | it is one letter away from `casino`");
  CHECK(why("    patterns: {a: {words: [casino], except: [casino royale]}}\n", "watch Casino Royale") ==
        "casino | Casino | it matches, but `except` takes it away: \"Casino Royale\"");
  CHECK(why("    patterns: {a: {words: [casino], at: start}}\n", "a casino") ==
        "casino | casino | it stands elsewhere than `at: start` wants");
  CHECK(why("    patterns: {a: {words: [casino], lang: pl}}\n",
            Post{.body = "a casino", .message = {.lang = "en"}}) == "casino | casino | the group is for pl only");
}
