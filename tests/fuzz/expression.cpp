// Any text as a condition.
#include "fuzz/engine.hpp"

using namespace modcore;

namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + '"';
}

}  // namespace

MODCORE_FUZZ_TARGET(expression) {
  const Source source{"fuzz.rules.yaml",
                      "modcore: 1\ncategory: spam\ncontext: {author.plan: text}\nrules:\n  - id: spam.a\n"
                      "    patterns: {p: {words: [casino]}, q: {phrases: [free money]}}\n    when: " +
                          quoted(input) + "\n    verdict: flag\n"};
  const CompileResult result = compile({&source, 1});
  fuzz::expect(result.engine.has_value() != has_errors(result.diagnostics));
  if (!result.engine) return;
  const Post post{.body = "A casino with free money", .author = {.post_count = 3}};
  Scanner scanner(*result.engine);
  fuzz::check(scanner.scan(post), post);
  static_cast<void>(to_json(scanner.explain(post)));
}
