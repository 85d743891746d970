// The shipped packs against two raw scans by Hyperscan, in one run: of as many made-up
// phrases, which stand in no post, and of the packs' own phrases in posts that were folded
// ahead. Sees the inside of the library, to know what the packs search for.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <hs/hs.h>

#include <modcore/modcore.hpp>

#include "api/engine_state.hpp"
#include "corpus.hpp"
#include "runtime/match_plan.hpp"
#include "text/views.hpp"
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

// Of a phrase the longest run of plain words, with a space on both sides as the folded
// words of a text have it; empty without one.
std::string longest_run(const modcore::ir::WordSequence& sequence) {
  std::string longest;
  std::string run = " ";
  const auto end_run = [&] {
    if (run.size() > 1 && run.size() > longest.size()) longest = run;
    run = " ";
  };
  for (const modcore::ir::WordElement element : sequence) {
    const modcore::ir::WordPattern* word = element.word();
    if (word == nullptr || word->accents.size() != 1) {
      end_run();
    } else {
      run += word->accents.front() + " ";
    }
  }
  end_run();
  return longest;
}

// The packs' own phrases, each once.
std::vector<std::string> own_phrases(const modcore::Engine& engine) {
  std::set<std::string> phrases;
  for (const auto& pattern : modcore::detail::EngineAccess::state(engine)->plan->patterns) {
    for (const auto& item : pattern.items) {
      const auto* words = std::get_if<modcore::ir::WordsItem>(&item.what);
      if (words == nullptr) continue;
      for (const auto& sequence : words->alternatives) phrases.insert(longest_run(sequence));
    }
  }
  phrases.erase("");
  return {phrases.begin(), phrases.end()};
}

std::vector<std::string> folded_words(const std::vector<std::string>& posts) {
  std::vector<std::string> folded;
  modcore::text::Views views;
  for (const std::string& post : posts) {
    views.build(post);
    folded.emplace_back(views.get(modcore::text::View::words));
  }
  return folded;
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

int count_match(unsigned, unsigned long long, unsigned long long, unsigned, void* count) {
  ++*static_cast<std::size_t*>(count);
  return 0;
}

void scan(const Raw& raw, const std::string& text, std::size_t& matches) {
  hs_scan(raw.database, text.data(), static_cast<unsigned>(text.size()), 0, raw.scratch, count_match, &matches);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> packs(argv + 1, argv + argc);
  if (packs.empty()) packs = {"spam", "self-promotion", "harassment", "off-topic"};
  const double begin = bench::process_seconds();
  const auto compiled = modcore::compile_files(packs);
  const double compile_seconds = bench::process_seconds() - begin;
  if (!compiled) {
    std::fprintf(stderr, "%s", modcore::render(compiled.diagnostics).c_str());
    return 1;
  }
  const std::vector<std::string> posts = bench::clean_posts();
  const std::size_t count = searched(*compiled.engine);
  const std::vector<std::string> phrases = bench::phrases(count);
  const std::vector<std::string> own = own_phrases(*compiled.engine);
  const std::vector<std::string> folded = folded_words(posts);
  const Raw raw = literals(phrases);
  const Raw raw_own = literals(own);
  modcore::Scanner scanner(*compiled.engine);
  std::size_t fired = 0;
  std::size_t made_up_matches = 0;
  std::size_t own_matches = 0;
  const bench::Pair times = bench::in_turn(
      posts, [&](const std::string& post) { scan(raw, post, made_up_matches); },
      [&](const std::string& post) { fired += scanner.scan({.body = post}).fired.size(); });
  const bench::Pair own_times = bench::in_turn(
      folded, [&](const std::string& words) { scan(raw_own, words, own_matches); }, [](const std::string&) {});
  const std::vector<double> posts_apart = each(scanner, posts);
  const auto a_post = [&](std::size_t matches) {
    return static_cast<double>(matches) / static_cast<double>(posts.size() * (bench::passes + 1));
  };
  std::printf("| raw scan of | phrases | matches a post | ns a post | packs / raw |\n|---|---|---|---|---|\n");
  std::printf("| made-up phrases | %zu | %.2f | %.0f | **%.1f** |\n", phrases.size(), a_post(made_up_matches),
              times.first, times.second / times.first);
  std::printf("| the packs' own, in folded words | %zu | %.2f | %.0f | **%.1f** |\n\n", own.size(), a_post(own_matches),
              own_times.first, times.second / own_times.first);
  std::printf("| packs search for | ns a post | p50 | p99 | compile s | fired |\n|---|---|---|---|---|---|\n");
  std::printf("| %zu | %.0f | %.0f | %.0f | %.2f | %zu |\n", count, times.second, posts_apart[posts_apart.size() / 2],
              posts_apart[posts_apart.size() * 99 / 100], compile_seconds, fired / (bench::passes + 1));
  for (const Raw& one : {raw, raw_own}) {
    hs_free_scratch(one.scratch);
    hs_free_database(one.database);
  }
  return 0;
}
