// An engine that uses the whole language, and what must hold of its decisions.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include <modcore/modcore.hpp>

#include "fuzz/target.hpp"

namespace modcore::fuzz {

inline Engine compiled(std::string text) {
  const Source source{"fuzz.rules.yaml", std::move(text)};
  CompileResult result = compile({&source, 1});
  if (!result) std::fputs(render(result.diagnostics).c_str(), stderr);
  expect(result.engine.has_value());
  return *std::move(result.engine);
}

inline const Engine& whole_language() {
  static const Engine engine = compiled(R"(modcore: 1
category: spam
context: {author.plan: text, author.karma: int}
rules:
  - id: spam.words
    patterns:
      ads: {phrases: [online casino, "free <0-3> money", "win*", (buy|sell) now], tolerance: obfuscated}
      exact: {words: [Casino], tolerance: exact}
      tail: {regex: ['\bcode\s?(\d)\1\b', '(?i)x{2,}y', '(a|b)*c$'], in: [body]}
      shops: {domains: [example.com, shop.example/sale]}
      faces: {emoji: ["🎰"], in: [title, body]}
    when: $ads or $exact or count($tail) >= 2 or $shops or $faces or near($ads, $exact, 5 words)
    verdict: hide
    reason: {en: No advertising., pl: Bez reklam.}
    unless: author.roles overlaps ["moderator"]
  - id: spam.numbers
    when: links(text) >= 2 or caps_ratio(body) > 0.5 or repeat_run(body) > 9 or emoji(text) > 3
    verdict: flag
  - id: spam.facts
    when: author.post_count < 3 and author.karma < 0 and author.plan == "free"
    score: {points: 3}
  - id: spam.text
    when: mixed_script(text) > 0 or invisible(text) > 2 or misleading_link(text) or phones(text) > 0
    verdict: flag
)");
  return engine;
}

inline std::string_view field_of(const Post& post, std::string_view name) {
  if (name == "title") return post.title;
  if (name == "body") return post.body;
  return {};
}

// Evidence points into the text as it was passed; the two axes and the headline agree.
inline void check(const Decision& decision, const Post& post) {
  for (const FiredRule& rule : decision.fired) {
    for (const Evidence& evidence : rule.evidence) {
      const std::string_view field = field_of(post, evidence.field);
      if (field.empty()) continue;
      expect(evidence.begin <= evidence.end && evidence.end <= field.size());
      expect(field.substr(evidence.begin, evidence.end - evidence.begin) == evidence.text);
    }
  }
  if (decision.attention == Attention::escalate) expect(decision.verdict == Verdict::escalate);
  if (decision.hidden) expect(decision.verdict >= Verdict::hide);
  if (decision.verdict == Verdict::allow) expect(!decision.hidden && decision.attention == Attention::none);
  expect(!to_json(decision).empty());
}

}  // namespace modcore::fuzz
