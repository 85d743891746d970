// The shipped packs against one raw hs_scan of as many literal phrases: time a post,
// in one run. Sees the inside of the library, to count what the packs search for.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <variant>
#include <vector>

#include <hs/hs.h>

#include <modcore/modcore.hpp>

#include "api/engine_state.hpp"
#include "corpus.hpp"
#include "runtime/match_plan.hpp"
#include "timing.hpp"

namespace {

// Alternatives of phrases, and everything else once.
std::size_t searched(const modcore::Engine& engine) {
  using modcore::ir::WordsItem;
  const auto& state = modcore::detail::EngineAccess::state(engine);
  std::size_t count = 0;
  for (const auto& pattern : state->plan->patterns) {
    for (const auto& item : pattern.items) {
      const auto* words = std::get_if<WordsItem>(&item.what);
      count += words != nullptr ? words->alternatives.size() : 1;
    }
  }
  return count;
}

struct Raw {
  hs_database_t* database = nullptr;
  hs_scratch_t* scratch = nullptr;
};

Raw literals(const std::vector<std::string>& phrases) {
  std::vector<const char*> texts;
  std::vector<std::size_t> lengths;
  std::vector<unsigned> ids;
  for (const std::string& phrase : phrases) {
    ids.push_back(static_cast<unsigned>(texts.size()));
    texts.push_back(phrase.data());
    lengths.push_back(phrase.size());
  }
  const std::vector<unsigned> flags(texts.size(), HS_FLAG_CASELESS);
  Raw raw;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), lengths.data(),
                           static_cast<unsigned>(texts.size()), HS_MODE_BLOCK, nullptr,
                           &raw.database, &error) != HS_SUCCESS ||
      hs_alloc_scratch(raw.database, &raw.scratch) != HS_SUCCESS) {
    std::fprintf(stderr, "raw Hyperscan does not take the phrases\n");
    std::exit(1);
  }
  return raw;
}

// Nanoseconds of each post, the fastest of three.
std::vector<double> each(modcore::Scanner& scanner, const std::vector<std::string>& posts) {
  std::vector<double> fastest(posts.size(), 1e18);
  for (int pass = 0; pass < 3; ++pass) {
    for (std::size_t i = 0; i < posts.size(); ++i) {
      const double begin = bench::monotonic_nanoseconds();
      static_cast<void>(scanner.scan({.body = posts[i]}));
      fastest[i] = std::min(fastest[i], bench::monotonic_nanoseconds() - begin);
    }
  }
  std::sort(fastest.begin(), fastest.end());
  return fastest;
}

int ignore_match(unsigned, unsigned long long, unsigned long long, unsigned, void*) { return 0; }

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> packs(argv + 1, argv + argc);
  if (packs.empty()) packs = {"spam", "self-promotion", "harassment", "off-topic"};
  const double begin = bench::thread_seconds();
  const auto compiled = modcore::compile_files(packs);
  const double compile_seconds = bench::thread_seconds() - begin;
  if (!compiled) {
    std::fprintf(stderr, "%s", modcore::render(compiled.diagnostics).c_str());
    return 1;
  }
  const std::vector<std::string> posts = bench::clean_posts();
  const std::size_t count = searched(*compiled.engine);
  const std::vector<std::string> phrases = bench::phrases(count);
  const Raw raw = literals(phrases);
  modcore::Scanner scanner(*compiled.engine);
  std::size_t fired = 0;
  const bench::Pair times = bench::in_turn(
      posts,
      [&](const std::string& post) {
        hs_scan(raw.database, post.data(), static_cast<unsigned>(post.size()), 0, raw.scratch,
                ignore_match, nullptr);
      },
      [&](const std::string& post) { fired += scanner.scan({.body = post}).fired.size(); });
  const std::vector<double> posts_apart = each(scanner, posts);
  std::printf("| phrases | raw literals ns a post | packs | packs / raw | p50 | p99 | compile s | fired |\n");
  std::printf("|---|---|---|---|---|---|---|---|\n");
  std::printf("| %zu of %zu | %.0f | %.0f | **%.2f** | %.0f | %.0f | %.2f | %zu |\n", phrases.size(), count,
              times.first, times.second, times.second / times.first, posts_apart[posts_apart.size() / 2],
              posts_apart[posts_apart.size() * 99 / 100], compile_seconds, fired / (bench::passes + 1));
  hs_free_scratch(raw.scratch);
  hs_free_database(raw.database);
  return 0;
}
