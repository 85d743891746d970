// Rules of regular expressions against one raw hs_scan of the same expressions: time
// a post, time to compile, in one run. R is raw divided by ours.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include <hs/hs.h>

#include <modcore/modcore.hpp>

#include "corpus.hpp"

namespace {

constexpr int passes = 7;

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// The median of several passes over the posts, in nanoseconds a post.
template <typename Scan>
double per_post(const std::vector<std::string>& posts, Scan scan) {
  std::vector<double> times;
  for (int pass = 0; pass <= passes; ++pass) {
    const double begin = thread_seconds();
    for (const std::string& post : posts) scan(post);
    // The first pass lets the buffers grow.
    if (pass > 0) times.push_back(thread_seconds() - begin);
  }
  std::nth_element(times.begin(), times.begin() + passes / 2, times.end());
  return times[passes / 2] * 1e9 / static_cast<double>(posts.size());
}

struct Raw {
  hs_database_t* database = nullptr;
  hs_scratch_t* scratch = nullptr;
};

// What Hyperscan does not take as it is, it is spared: `taken` says how many are left.
Raw compile_raw(std::vector<std::string> regexes, std::size_t& taken) {
  Raw raw;
  while (!regexes.empty()) {
    std::vector<const char*> texts;
    std::vector<unsigned> ids;
    for (const std::string& regex : regexes) {
      texts.push_back(regex.c_str());
      ids.push_back(static_cast<unsigned>(ids.size()));
    }
    const std::vector<unsigned> flags(texts.size(), HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH);
    hs_compile_error_t* error = nullptr;
    if (hs_compile_multi(texts.data(), flags.data(), ids.data(),
                         static_cast<unsigned>(texts.size()), HS_MODE_BLOCK, nullptr,
                         &raw.database, &error) == HS_SUCCESS) {
      break;
    }
    const int refused = error->expression;
    hs_free_compile_error(error);
    if (refused < 0) break;
    regexes.erase(regexes.begin() + refused);
  }
  taken = regexes.size();
  if (raw.database != nullptr) hs_alloc_scratch(raw.database, &raw.scratch);
  return raw;
}

int ignore_match(unsigned, unsigned long long, unsigned long long, unsigned, void*) { return 0; }

void measure(std::size_t count, const std::vector<std::string>& posts) {
  const std::vector<std::string> regexes = bench::regexes(count);
  if (regexes.size() < count) {
    std::printf("| %zu | there are only %zu |\n", count, regexes.size());
    return;
  }
  const std::string rules = bench::regex_rule_file(regexes);
  double begin = thread_seconds();
  const modcore::Source source{.name = "bench.rules.yaml", .text = rules};
  const auto compiled = modcore::compile({&source, 1});
  const double ours_compile = thread_seconds() - begin;
  if (!compiled) {
    std::fprintf(stderr, "%s", modcore::render(compiled.diagnostics).c_str());
    std::exit(1);
  }
  modcore::Scanner scanner(*compiled.engine);
  std::size_t fired = 0, undecided = 0;
  const double ours = per_post(posts, [&](const std::string& post) {
    const modcore::Decision decision = scanner.scan({.body = post});
    fired += decision.fired.size();
    undecided += decision.undetermined.size();
  });

  std::size_t taken = 0;
  begin = thread_seconds();
  const Raw raw = compile_raw(regexes, taken);
  const double raw_compile = thread_seconds() - begin;
  std::size_t database = 0;
  hs_database_size(raw.database, &database);
  const double theirs = per_post(posts, [&](const std::string& post) {
    hs_scan(raw.database, post.data(), static_cast<unsigned>(post.size()), 0, raw.scratch,
            ignore_match, nullptr);
  });
  std::printf("| %zu | %.0f | %.0f | **%.2f** | %.2f | %.2f | %.0f | %zu | %zu |\n", count, theirs,
              ours, theirs / ours, raw_compile, ours_compile, raw_compile / ours_compile,
              fired / (passes + 1), undecided / (passes + 1));
  std::fflush(stdout);
  hs_free_scratch(raw.scratch);
  hs_free_database(raw.database);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> posts = bench::clean_posts();
  std::printf("| regexes | raw ns a post | ours | R | raw compile s | ours | ratio | fired | undetermined |\n");
  std::printf("|---|---|---|---|---|---|---|---|---|\n");
  if (argc == 1) {
    for (const std::size_t count : {100U, 1000U, 10000U}) measure(count, posts);
  }
  for (int i = 1; i < argc; ++i) measure(std::strtoull(argv[i], nullptr, 10), posts);
  return 0;
}
