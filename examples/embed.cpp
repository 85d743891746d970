// The smallest host: compile rules that are already in memory, judge posts, act.
#include <iostream>

#include <modcore/modcore.hpp>

int main() {
  const modcore::Source rules[] = {{"forum.rules.yaml", R"(
modcore: 1
category: spam
rules:
  - id: spam.casino
    phrases: [online casino, casino en ligne]
    verdict: hide
    reason:
      en: We take no advertising for casinos.
      fr: Pas de publicité pour les casinos.
  - id: spam.newcomer-links
    when: author.post_count < 5 and links(text) >= 2
    verdict: flag
)"}};
  const modcore::CompileResult compiled = modcore::compile(rules);
  if (!compiled) {
    std::cerr << modcore::render(compiled.diagnostics);
    return 1;
  }

  // One Scanner per thread; the Engine behind it is shared by all.
  modcore::Scanner scanner(*compiled.engine);
  const modcore::Post posts[] = {
      {.id = "p1", .body = "My roses bloom!"},
      {.id = "p2", .body = "Le meilleur CASINO EN LIGNE", .message = {.lang = "fr"}},
      {.id = "p3", .body = "See https://a.example and https://b.example",
       .author = {.post_count = 1}},
  };
  for (const modcore::Post& post : posts) {
    const modcore::Decision decision = scanner.scan(post);
    std::cout << post.id << ": " << modcore::to_string(decision.verdict);
    if (const auto reason = decision.reason(post.message.lang.value_or("en")); !reason.empty()) {
      std::cout << " (" << reason << ')';
    }
    std::cout << '\n';
  }
}
