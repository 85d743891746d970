// A fixed workload, for counting instructions: made-up posts against one of
//   phrases    1,000 phrases, one rule each
//   regexes    1,000 regular expressions, one rule each
//   packs      the shipped packs
// usage: bench_workload NAME; see bench/instructions.
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/modcore.hpp>

#include "corpus.hpp"

namespace {

modcore::CompileResult compile(std::string_view name) {
  if (name == "packs") {
    return modcore::compile_files({"spam", "self-promotion", "harassment", "off-topic"});
  }
  const std::string rules = name == "phrases" ? bench::rule_file(bench::phrases(1000))
                                              : bench::regex_rule_file(bench::regexes(1000));
  const modcore::Source source{.name = "bench.rules.yaml", .text = rules};
  return modcore::compile({&source, 1});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 3;
  const auto compiled = compile(argv[1]);
  if (!compiled) {
    std::fprintf(stderr, "%s", modcore::render(compiled.diagnostics).c_str());
    return 2;
  }
  modcore::Scanner scanner(*compiled.engine);
  const std::vector<std::string> clean = bench::clean_posts();
  std::size_t fired = 0;
  for (const std::string& post : clean) fired += scanner.scan({.body = post}).fired.size();
  std::printf("%zu posts, %zu rules fired\n", clean.size(), fired);
  return 0;
}
