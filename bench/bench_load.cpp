// Rules of regular expressions compiled, saved and loaded again: the time of each,
// trusted and not, CPU time of all threads, medians.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include <modcore/modcore.hpp>

#include "corpus.hpp"

namespace {

constexpr std::size_t passes = 9;

double processor_milliseconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

template <typename Work>
double median(Work work, std::size_t times) {
  std::vector<double> all;
  for (std::size_t i = 0; i < times; ++i) {
    const double begin = processor_milliseconds();
    work();
    all.push_back(processor_milliseconds() - begin);
  }
  std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(times / 2), all.end());
  return all[times / 2];
}

void measure(std::size_t count) {
  const modcore::Source source{.name = "bench.rules.yaml",
                               .text = bench::regex_rule_file(bench::regexes(count))};
  modcore::CompileResult compiled;
  const double compile = median([&] { compiled = modcore::compile({&source, 1}); }, 1);
  if (!compiled) {
    std::fprintf(stderr, "%s", modcore::render(compiled.diagnostics).c_str());
    std::exit(1);
  }
  const std::string bytes = compiled.engine->save();
  // Kept, since to give an engine up is no part of loading one.
  std::vector<modcore::LoadResult> loaded;
  loaded.reserve(passes);
  const double trusted = median([&] {
    loaded.push_back(modcore::load_bytes(bytes, {.trusted = true}));
    if (!loaded.back() || loaded.back().rebuilt) std::abort();
  }, passes);
  const double untrusted = median([&] {
    if (!modcore::load_bytes(bytes)) std::abort();
  }, 1);
  const double scanner = median([&] { const modcore::Scanner made(*compiled.engine); }, passes);
  std::printf("| %zu | %.0f | %.1f | %.0f | %.1f | %zu |\n", count, compile, trusted, untrusted,
              scanner, bytes.size());
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  std::printf("| regexes | compile ms | load, trusted ms | load, untrusted ms | a scanner ms | bytes |\n"
              "|---|---|---|---|---|---|\n");
  if (argc == 1) {
    for (const std::size_t count : {100U, 1000U, 10000U}) measure(count);
  }
  for (int i = 1; i < argc; ++i) measure(std::strtoull(argv[i], nullptr, 10));
  return 0;
}
