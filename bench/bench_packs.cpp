// The shipped packs against three raw scans by Hyperscan, in one run: of as many made-up
// phrases, which stand in no post; of the packs' own phrases in posts that were folded ahead;
// and of all that they search for as regular expressions, in the posts as they are. Sees the
// inside of the library, to know what the packs search for.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/modcore.hpp>

#include "api/engine_state.hpp"
#include "corpus.hpp"
#include "pack_items.hpp"
#include "peers.hpp"
#include "text/views.hpp"
#include "timing.hpp"

namespace {

using Texts = std::vector<std::string>;

Texts folded_words(const Texts& posts) {
  Texts folded;
  modcore::text::Views views;
  for (const std::string& post : posts) {
    views.build(post);
    folded.emplace_back(views.get(modcore::text::View::words));
  }
  return folded;
}

// Nanoseconds of each post, the fastest of three.
std::vector<double> each(modcore::Scanner& scanner, const Texts& posts) {
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

// The packs and one raw scan in turn: a row of the table.
void compare(std::string_view name, bench::Peer& raw, const Texts& raw_posts, modcore::Scanner& scanner,
             const Texts& posts) {
  std::size_t matches = 0, at = 0;
  const bench::Pair times = bench::in_turn(
      posts, [&](const std::string&) { matches += raw.scan(raw_posts[at++ % raw_posts.size()]); },
      [&](const std::string& post) { static_cast<void>(scanner.scan({.body = post})); });
  std::printf("| %.*s | %zu | %.2f | %.0f | %.0f | **%.2f** |\n", static_cast<int>(name.size()), name.data(), raw.taken,
              static_cast<double>(matches) / static_cast<double>(posts.size() * (bench::passes + 1)), times.first,
              times.second, times.second / times.first);
}

}  // namespace

// usage: bench_packs [PACK...]; MODCORE_BENCH_PEERS names the raw scans by the first three
// letters of "made-up own regexes": the last one takes minutes to compile.
int main(int argc, char** argv) {
  Texts packs(argv + 1, argv + argc);
  if (packs.empty()) packs = {"spam", "self-promotion", "harassment", "off-topic"};
  const double begin = bench::process_seconds();
  const auto compiled = modcore::compile_files(packs);
  const double compile_seconds = bench::process_seconds() - begin;
  if (!compiled) {
    std::fprintf(stderr, "%s", modcore::render(compiled.diagnostics).c_str());
    return 1;
  }
  const char* const wanted = std::getenv("MODCORE_BENCH_PEERS");
  const std::string_view only = wanted != nullptr ? wanted : "mad own reg";
  const auto asked = [&](std::string_view name) { return only.find(name.substr(0, 3)) != std::string_view::npos; };
  const Texts posts = bench::clean_posts();
  const auto& plan = *modcore::detail::EngineAccess::state(*compiled.engine)->plan;
  const std::size_t count = bench::count_items(plan);
  modcore::Scanner scanner(*compiled.engine);

  std::printf("| raw scan of | texts | matches a post | raw, ns a post | packs, ns a post | packs / raw |\n");
  std::printf("|---|---|---|---|---|---|\n");
  if (asked("made-up")) {
    const auto raw = bench::raw_literals(bench::phrases(count));
    compare("made-up phrases", *raw, posts, scanner, posts);
  }
  if (asked("own")) {
    const auto raw = bench::raw_literals(bench::longest_runs(plan));
    compare("the packs' own, in folded words", *raw, folded_words(posts), scanner, posts);
  }
  if (asked("regexes")) {
    const auto raw = bench::raw_regexes(bench::as_regexes(plan));
    compare("the packs' items as regexes", *raw, posts, scanner, posts);
  }

  std::size_t fired = 0;
  const auto scan = [&](const std::string& post) { fired += scanner.scan({.body = post}).fired.size(); };
  const double scan_time = bench::in_turn(posts, scan, [](const std::string&) {}).first;
  const std::vector<double> posts_apart = each(scanner, posts);
  std::printf("\n| packs search for | ns a post | p50 | p99 | compile s | fired |\n|---|---|---|---|---|---|\n");
  std::printf("| %zu | %.0f | %.0f | %.0f | %.2f | %zu |\n", count, scan_time, posts_apart[posts_apart.size() / 2],
              posts_apart[posts_apart.size() * 99 / 100], compile_seconds,
              fired / (bench::passes + 1));
  return 0;
}
