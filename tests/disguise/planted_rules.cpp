#include "disguise/planted_rules.hpp"

#include <doctest/doctest.h>

#include <modcore/modcore.hpp>

#include "disguise/random_post.hpp"

namespace modcore::test {

std::string planted_pattern(std::size_t item) {
  return "item" + std::to_string(item);
}

Engine compile_planted_items() {
  std::string rules = "modcore: 1\ncategory: spam\nrules:\n  - id: spam.planted\n    patterns:\n";
  const auto items = planted_items();
  for (std::size_t i = 0; i < items.size(); ++i) {
    rules += "      " + planted_pattern(i) + ": {phrases: [\"" + std::string(items[i]) +
             "\"], tolerance: obfuscated, in: body}\n";
  }
  rules += "    verdict: flag\n";
  const Source source{"planted.rules.yaml", rules};
  const CompileResult compiled = compile({&source, 1});
  REQUIRE_MESSAGE(compiled, render(compiled.diagnostics));
  return *compiled.engine;
}

}  // namespace modcore::test
