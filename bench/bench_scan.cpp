// Time a post: the whole engine (repair, fold, match, confirm, evaluate,
// decide) beside one raw hs_scan of the same phrases as regexes, in one run.
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <hs/hs.h>

#include <modcore/modcore.hpp>

#include "corpus.hpp"

namespace {

struct RawDatabase {
  hs_database_t* database = nullptr;
  hs_scratch_t* scratch = nullptr;
};

RawDatabase raw_database(const std::vector<std::string>& phrases) {
  std::vector<std::string> patterns;
  for (const std::string& phrase : phrases) patterns.push_back("\\b" + phrase + "\\b");
  std::vector<const char*> expressions;
  for (const std::string& pattern : patterns) expressions.push_back(pattern.c_str());
  const std::vector<unsigned> flags(patterns.size(), HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH);
  std::vector<unsigned> ids(patterns.size());
  for (unsigned i = 0; i < ids.size(); ++i) ids[i] = i;
  RawDatabase raw;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_multi(expressions.data(), flags.data(), ids.data(),
                       static_cast<unsigned>(ids.size()), HS_MODE_BLOCK, nullptr, &raw.database,
                       &error) != HS_SUCCESS ||
      hs_alloc_scratch(raw.database, &raw.scratch) != HS_SUCCESS) {
    std::cerr << "raw Hyperscan: " << (error != nullptr ? error->message : "no scratch") << "\n";
    std::exit(1);
  }
  return raw;
}

modcore::Engine engine(const std::vector<std::string>& phrases) {
  const modcore::Source source{.name = "bench.rules.yaml", .text = bench::rule_file(phrases)};
  auto compiled = modcore::compile({&source, 1});
  if (!compiled) {
    std::cerr << modcore::render(compiled.diagnostics);
    std::exit(1);
  }
  return *compiled.engine;
}

// Compiled once for each size, shared by the clean and the dirty benchmark.
struct Setup {
  std::vector<std::string> phrases;
  modcore::Engine compiled;
  RawDatabase raw;
};

const Setup& setup(std::size_t count) {
  static std::map<std::size_t, std::unique_ptr<Setup>> made;
  std::unique_ptr<Setup>& one = made[count];
  if (!one) {
    auto phrases = bench::phrases(count);
    auto compiled = engine(phrases);
    auto raw = raw_database(phrases);
    one = std::make_unique<Setup>(Setup{std::move(phrases), std::move(compiled), raw});
  }
  return *one;
}

std::vector<std::string> posts_for(const Setup& of, bool dirty) {
  return dirty ? bench::dirty_posts(of.phrases) : bench::clean_posts();
}

void report(benchmark::State& state, const std::vector<std::string>& posts, std::size_t found,
            std::size_t allocated) {
  std::size_t bytes = 0;
  for (const std::string& post : posts) bytes += post.size();
  const auto rounds = static_cast<double>(state.iterations());
  const auto count = static_cast<double>(posts.size());
  state.SetItemsProcessed(static_cast<std::int64_t>(rounds * count));
  state.SetBytesProcessed(static_cast<std::int64_t>(rounds * static_cast<double>(bytes)));
  state.counters["found_per_post"] = static_cast<double>(found) / (rounds * count);
  state.counters["allocations_per_post"] = static_cast<double>(allocated) / (rounds * count);
  state.counters["time_per_post"] = benchmark::Counter(
      rounds * count, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void scan_engine(benchmark::State& state, bool dirty) {
  const Setup& of = setup(static_cast<std::size_t>(state.range(0)));
  const auto posts = posts_for(of, dirty);
  modcore::Scanner scanner(of.compiled);
  for (const std::string& post : posts) benchmark::DoNotOptimize(scanner.scan({.body = post}));
  std::size_t found = 0;
  const std::size_t before = bench::allocations();
  for (auto _ : state) {
    for (const std::string& post : posts) found += scanner.scan({.body = post}).fired.size();
  }
  report(state, posts, found, bench::allocations() - before);
}

int count_match(unsigned, unsigned long long, unsigned long long, unsigned, void* context) {
  ++*static_cast<std::size_t*>(context);
  return 0;
}

void scan_raw(benchmark::State& state, bool dirty) {
  const Setup& of = setup(static_cast<std::size_t>(state.range(0)));
  const auto posts = posts_for(of, dirty);
  std::size_t found = 0;
  const std::size_t before = bench::allocations();
  for (auto _ : state) {
    for (const std::string& post : posts) {
      hs_scan(of.raw.database, post.data(), static_cast<unsigned>(post.size()), 0, of.raw.scratch,
              count_match, &found);
    }
  }
  report(state, posts, found, bench::allocations() - before);
}

BENCHMARK_CAPTURE(scan_raw, clean, false)->Name("raw_hs_scan/clean")->Arg(100)->Arg(1000)->Arg(10000);
BENCHMARK_CAPTURE(scan_engine, clean, false)->Name("engine/clean")->Arg(100)->Arg(1000)->Arg(10000);
BENCHMARK_CAPTURE(scan_raw, dirty, true)->Name("raw_hs_scan/dirty")->Arg(100)->Arg(1000)->Arg(10000);
BENCHMARK_CAPTURE(scan_engine, dirty, true)->Name("engine/dirty")->Arg(100)->Arg(1000)->Arg(10000);

}  // namespace

BENCHMARK_MAIN();
