// Time a byte of the text layer: the fold, the views, the search for disguises,
// beside what bounds them, and that hostile text takes linear time.
#include <cctype>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>
#include <hs/hs.h>
#ifdef MODCORE_BENCH_ICU
#include <unicode/normalizer2.h>
#include <unicode/uspoof.h>
#endif

#include "corpus.hpp"
#include "text/disguise.hpp"
#include "text/fold.hpp"
#include "text/fold_pass.hpp"
#include "text/lexicon.hpp"
#include "text/suspects.hpp"
#include "text/views.hpp"

namespace {

namespace text = modcore::text;
using Posts = std::vector<std::string>;

bool is_ascii(const std::string& post) {
  for (const char c : post) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

const Posts& mixed_posts() {
  static const Posts posts = bench::clean_posts();
  return posts;
}

const Posts& ascii_posts() {
  static const Posts posts = [] {
    Posts kept;
    for (const std::string& post : mixed_posts()) {
      if (is_ascii(post)) kept.push_back(post);
    }
    return kept;
  }();
  return posts;
}

// Runs `work` on each post and reports bytes a second and allocations a post,
// after one round to let the buffers grow.
template <typename Work>
void each_post(benchmark::State& state, const Posts& posts, Work work) {
  std::size_t bytes = 0;
  for (const std::string& post : posts) {
    work(post);
    bytes += post.size();
  }
  const std::size_t before = bench::allocations();
  for (auto _ : state) {
    for (const std::string& post : posts) work(post);
  }
  const auto count = static_cast<double>(state.iterations()) * static_cast<double>(posts.size());
  state.counters["allocations_per_post"] = static_cast<double>(bench::allocations() - before) / count;
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

void lowercase_copy(benchmark::State& state, const Posts& posts) {
  std::vector<char> out;
  each_post(state, posts, [&](const std::string& post) {
    if (out.size() < post.size()) out.resize(post.size());
    std::memcpy(out.data(), post.data(), post.size());
    for (std::size_t i = 0; i < post.size(); ++i) {
      const char c = out[i];
      out[i] = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  });
}

void fold(benchmark::State& state, const Posts& posts) {
  text::Buffer out;
  text::OffsetMap map;
  each_post(state, posts, [&](const std::string& post) {
    out.clear();
    map.clear();
    benchmark::DoNotOptimize(text::fold_accents(post, out, map));
    benchmark::DoNotOptimize(out.view().data());
  });
}

void views(benchmark::State& state, const Posts& posts) {
  text::Views made;
  each_post(state, posts, [&](const std::string& post) {
    made.build(post);
    benchmark::DoNotOptimize(made.get(text::View::words).data());
  });
}

void suspects(benchmark::State& state, const Posts& posts) {
  std::vector<text::Range> found;
  each_post(state, posts, [&](const std::string& post) {
    found.clear();
    text::find_suspects(post, found);
    benchmark::DoNotOptimize(found.data());
  });
}

const text::Lexicon& lexicon() {
  static const text::Lexicon words = [] {
    text::Lexicon made;
    std::uint32_t id = 0;
    for (const std::string& phrase : bench::phrases(1000)) {
      const std::string word = text::fold(phrase.substr(0, phrase.find(' ')), text::Level::accents);
      made.add(word, text::Lexicon::Form::whole, id++);
    }
    made.finish();
    return made;
  }();
  return words;
}

void disguises(benchmark::State& state, const Posts& posts) {
  text::DisguiseFinder finder;
  std::vector<text::Disguised> found;
  each_post(state, posts, [&](const std::string& post) {
    found.clear();
    finder.find(post, lexicon(), found);
    benchmark::DoNotOptimize(found.data());
  });
}

int ignore_match(unsigned, unsigned long long, unsigned long long, unsigned, void*) { return 0; }

// A thousand literals in one Hyperscan database, scanned as they are.
void literal_scan(benchmark::State& state, const Posts& posts) {
  const std::vector<std::string> phrases = bench::phrases(1000);
  std::vector<const char*> texts;
  std::vector<std::size_t> sizes;
  std::vector<unsigned> ids;
  for (const std::string& phrase : phrases) {
    texts.push_back(phrase.c_str());
    sizes.push_back(phrase.size());
    ids.push_back(static_cast<unsigned>(ids.size()));
  }
  const std::vector<unsigned> flags(texts.size(), HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH);
  hs_database_t* database = nullptr;
  hs_scratch_t* scratch = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), sizes.data(),
                           static_cast<unsigned>(texts.size()), HS_MODE_BLOCK, nullptr, &database,
                           &error) != HS_SUCCESS ||
      hs_alloc_scratch(database, &scratch) != HS_SUCCESS) {
    state.SkipWithError("Hyperscan takes no literals");
    return;
  }
  each_post(state, posts, [&](const std::string& post) {
    hs_scan(database, post.data(), static_cast<unsigned>(post.size()), 0, scratch, ignore_match,
            nullptr);
  });
  hs_free_scratch(scratch);
  hs_free_database(database);
}

#ifdef MODCORE_BENCH_ICU
// What a program with ICU at hand would do: compatibility case fold, then the
// skeleton of UTS 39.
void icu_casefold_and_skeleton(benchmark::State& state, const Posts& posts) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  USpoofChecker* checker = uspoof_open(&status);
  if (U_FAILURE(status)) {
    state.SkipWithError("ICU has no data");
    return;
  }
  each_post(state, posts, [&](const std::string& post) {
    UErrorCode failed = U_ZERO_ERROR;
    const icu::UnicodeString folded =
        casefold->normalize(icu::UnicodeString::fromUTF8(post), failed);
    icu::UnicodeString skeleton;
    uspoof_getSkeletonUnicodeString(checker, 0, folded, skeleton, &failed);
    std::string out;
    skeleton.toUTF8String(out);
    benchmark::DoNotOptimize(out.data());
  });
  uspoof_close(checker);
}
#endif

std::string repeat(std::string_view part, std::size_t bytes) {
  std::string made;
  while (made.size() < bytes) made += part;
  return made;
}

// Twice the size, twice the time: the column of bytes a second stays level.
void hostile(benchmark::State& state, std::string_view part) {
  const Posts posts{repeat(part, static_cast<std::size_t>(state.range(0)) << 10U)};
  text::Views made;
  text::DisguiseFinder finder;
  std::vector<text::Disguised> found;
  each_post(state, posts, [&](const std::string& post) {
    made.build(post);
    benchmark::DoNotOptimize(made.tokens().data());
    found.clear();
    finder.find(post, lexicon(), found);
    benchmark::DoNotOptimize(found.data());
  });
}

BENCHMARK_CAPTURE(lowercase_copy, ascii, ascii_posts());
BENCHMARK_CAPTURE(fold, ascii, ascii_posts());
BENCHMARK_CAPTURE(views, ascii, ascii_posts());
BENCHMARK_CAPTURE(literal_scan, mixed, mixed_posts());
BENCHMARK_CAPTURE(fold, mixed, mixed_posts());
BENCHMARK_CAPTURE(views, mixed, mixed_posts());
BENCHMARK_CAPTURE(suspects, mixed, mixed_posts());
BENCHMARK_CAPTURE(disguises, mixed, mixed_posts());
#ifdef MODCORE_BENCH_ICU
BENCHMARK_CAPTURE(icu_casefold_and_skeleton, mixed, mixed_posts());
#endif
#define MODCORE_HOSTILE(name, part) \
  BENCHMARK_CAPTURE(hostile, name, part)->Arg(128)->Arg(256)->Arg(512)->Arg(1024)
MODCORE_HOSTILE(marks, "\u0301");
MODCORE_HOSTILE(letter_with_marks, "a\u0301\u0302\u0303");
MODCORE_HOSTILE(one_letter, "a");
MODCORE_HOSTILE(letter_and_zero_width, "a\u200B");
MODCORE_HOSTILE(open_parentheses, "(");
MODCORE_HOSTILE(spaced_letters, "a ");
MODCORE_HOSTILE(signs, "$@!|(");
MODCORE_HOSTILE(masks, "f*");
MODCORE_HOSTILE(overrides, "\u202E");
MODCORE_HOSTILE(open_tags, "<b");
#undef MODCORE_HOSTILE

}  // namespace

BENCHMARK_MAIN();
