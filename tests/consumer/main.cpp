// A program of somebody else: it has the installed package and nothing more.
#include <iostream>

#include <modcore/modcore.hpp>

int main() {
  const modcore::Source rules[] = {{"casino.rules.yaml",
                                    "modcore: 1\n"
                                    "category: spam\n"
                                    "rules:\n"
                                    "  - id: spam.casino\n"
                                    "    phrases: [online casino]\n"
                                    "    verdict: hide\n"}};
  const modcore::CompileResult compiled = modcore::compile(rules);
  if (!compiled) {
    std::cerr << modcore::render(compiled.diagnostics);
    return 1;
  }
  modcore::Scanner scanner(*compiled.engine);
  const modcore::Decision spam = scanner.scan({.body = "Best ONLINE casino!"});
  const modcore::Decision talk = scanner.scan({.body = "My roses bloom."});
  std::cout << modcore::to_json(spam) << '\n';
  return spam.verdict == modcore::Verdict::hide && talk.verdict == modcore::Verdict::allow ? 0 : 1;
}
