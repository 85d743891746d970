// Any bytes as a rule file: diagnostics, never a crash.
#include "fuzz/engine.hpp"

using namespace modcore;

MODCORE_FUZZ_TARGET(rules) {
  const Source source{"fuzz.rules.yaml", std::string(input)};
  const CompileResult result = compile({&source, 1});
  fuzz::expect(result.engine.has_value() != has_errors(result.diagnostics));
  static_cast<void>(render(result.diagnostics));
  static_cast<void>(to_json(result.diagnostics));
  if (!result.engine) return;
  Scanner scanner(*result.engine);
  static_cast<void>(scanner.scan({.title = "Online casino", .body = "Win 100 free spins at https://example.com"}));
}
