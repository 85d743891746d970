// Time from rule text to engine, beside hs_compile_multi of the same phrases.
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <hs/hs.h>

#include <modcore/modcore.hpp>

#include "corpus.hpp"

namespace {

void compile_engine(benchmark::State& state) {
  const auto phrases = bench::phrases(static_cast<std::size_t>(state.range(0)));
  const modcore::Source source{.name = "bench.rules.yaml", .text = bench::rule_file(phrases)};
  for (auto _ : state) {
    auto compiled = modcore::compile({&source, 1});
    if (!compiled) {
      std::cerr << modcore::render(compiled.diagnostics);
      std::exit(1);
    }
    benchmark::DoNotOptimize(compiled);
  }
}

void compile_raw(benchmark::State& state) {
  std::vector<std::string> patterns;
  for (const auto& phrase : bench::phrases(static_cast<std::size_t>(state.range(0)))) {
    patterns.push_back("\\b" + phrase + "\\b");
  }
  std::vector<const char*> expressions;
  for (const std::string& pattern : patterns) expressions.push_back(pattern.c_str());
  const std::vector<unsigned> flags(patterns.size(), HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH);
  std::vector<unsigned> ids(patterns.size());
  for (unsigned i = 0; i < ids.size(); ++i) ids[i] = i;
  for (auto _ : state) {
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    hs_compile_multi(expressions.data(), flags.data(), ids.data(), static_cast<unsigned>(ids.size()),
                     HS_MODE_BLOCK, nullptr, &database, &error);
    benchmark::DoNotOptimize(database);
    hs_free_compile_error(error);
    hs_free_database(database);
  }
}

BENCHMARK(compile_raw)->Name("raw_hs_compile_multi")->Arg(100)->Arg(1000)->Arg(10000)->Unit(benchmark::kMillisecond);
BENCHMARK(compile_engine)->Name("modcore_compile")->Arg(100)->Arg(1000)->Arg(10000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
