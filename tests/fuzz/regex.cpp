// A regex in the first line, a text in the others: found alike by a loaded engine,
// within its limits.
#include "fuzz/engine.hpp"

using namespace modcore;

namespace {

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

}  // namespace

MODCORE_FUZZ_TARGET(regex) {
  const std::string_view pattern = input.substr(0, input.find('\n'));
  if (pattern.size() > 200) return;  // longer ones are cheaper found by rules
  const Source source{"fuzz.rules.yaml", "modcore: 1\ncategory: spam\nrules: [{id: spam.a, verdict: flag, regex: " +
                                             quoted(pattern) + "}]\n"};
  const CompileResult result = compile({&source, 1});
  fuzz::expect(result.engine.has_value() != has_errors(result.diagnostics));
  if (!result.engine) return;
  const Post post{.body = input.substr(std::min(input.size(), pattern.size() + 1)),
                  .now = std::chrono::sys_seconds{}};
  Scanner scanner(*result.engine);
  const Decision decision = scanner.scan(post);
  fuzz::check(decision, post);
  const LoadResult loaded = load_bytes(result.engine->save());
  fuzz::expect(loaded.engine.has_value());
  Scanner again(*loaded.engine);
  fuzz::expect(to_json(again.scan(post)) == to_json(decision));
}
