// Any bytes as an artifact, with the checksums that they would need.
#include "artifact/sections.hpp"
#include "fuzz/engine.hpp"

using namespace modcore;

MODCORE_FUZZ_TARGET(artifact_bytes) {
  std::string bytes(input);
  artifact::repair_checksums(bytes);
  const LoadResult loaded = load_bytes(bytes);
  fuzz::expect(loaded.engine.has_value() == loaded.error.empty());
  static_cast<void>(inspect_artifact(bytes));
  if (!loaded) return;
  Scanner scanner(*loaded.engine);
  for (const std::string_view body : {"An online casino, buy now", "x"}) {
    static_cast<void>(to_json(scanner.scan({.title = "Win", .body = body, .author = {.post_count = 1}})));
    static_cast<void>(to_json(scanner.explain({.body = body})));
  }
}
