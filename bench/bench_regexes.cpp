// Rules of regular expressions beside others that search for the same: time a post,
// time and memory to compile, in one run. R is raw hs_scan's time divided by ours.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "corpus.hpp"
#include "peers.hpp"
#include "timing.hpp"

namespace {

struct Compilation {
  double seconds = 0;
  long kilobytes = 0;  // the most that it needed
};

long status(const char* key) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(key)) return std::strtol(line.c_str() + std::string(key).size(), nullptr, 10);
  }
  return 0;
}

// In a child, so that what others left in the heap does not count.
Compilation compile_cost(const bench::PeerKind& kind, const std::vector<std::string>& regexes) {
  int ends[2];
  if (pipe(ends) != 0) return {};
  const pid_t child = fork();
  if (child == 0) {
    std::ofstream("/proc/self/clear_refs") << "5";  // the high-water mark begins here
    const long before = status("VmRSS:");
    const double begin = bench::process_seconds();
    const auto peer = kind.make(regexes);
    const Compilation cost{bench::process_seconds() - begin, status("VmHWM:") - before};
    _exit(write(ends[1], &cost, sizeof cost) == sizeof cost ? 0 : 1);
  }
  close(ends[1]);
  Compilation cost;
  if (read(ends[0], &cost, sizeof cost) != sizeof cost) cost = {};
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return cost;
}

struct Contender {
  const bench::PeerKind* kind = nullptr;
  Compilation cost;
  std::unique_ptr<bench::Peer> peer;
  std::vector<std::string> posts;
  std::size_t found = 0;
  std::vector<double> times;   // nanoseconds a post, of each pass
  std::vector<double> fastest; // of each post
};

void pass_over(Contender& one, bool counted) {
  const double begin = bench::thread_seconds();
  one.found = 0;
  for (const std::string& post : one.posts) one.found += one.peer->scan(post);
  const double spent = bench::thread_seconds() - begin;
  if (counted) one.times.push_back(spent * 1e9 / static_cast<double>(one.posts.size()));
}

// Each post alone, for the tail.
void time_each(Contender& one) {
  one.fastest.resize(one.posts.size(), 1e18);
  for (std::size_t i = 0; i < one.posts.size(); ++i) {
    const double begin = bench::monotonic_nanoseconds();
    one.found += one.peer->scan(one.posts[i]);
    one.fastest[i] = std::min(one.fastest[i], bench::monotonic_nanoseconds() - begin);
  }
}

double percentile(std::vector<double> values, double share) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

void print(const std::vector<Contender>& all, std::size_t count) {
  const double ours = bench::median(all.front().times);
  std::printf("\n%zu regexes\n\n", count);
  std::printf("| | ns a post | / modcore | p50 | p99 | p99/p50 | compile s | / modcore | peak MB | database MB | refused | found |\n");
  std::printf("|---|---|---|---|---|---|---|---|---|---|---|---|\n");
  for (const Contender& one : all) {
    const double time = bench::median(one.times);
    const double p50 = percentile(one.fastest, 0.5);
    const double p99 = percentile(one.fastest, 0.99);
    std::printf("| %s | %.0f | **%.2f** | %.0f | %.0f | %.1f | %.2f | %.1f | %.0f | %.1f | %zu | %zu of %zu |\n",
                one.kind->name.c_str(), time, time / ours, p50, p99, p99 / p50, one.cost.seconds,
                one.cost.seconds / all.front().cost.seconds,
                static_cast<double>(one.cost.kilobytes) / 1024,
                static_cast<double>(one.peer->bytes()) / 1e6, count - one.peer->taken, one.found,
                one.posts.size());
  }
  std::fflush(stdout);
}

void measure(std::size_t count, const std::vector<std::string>& posts, const std::string& only) {
  const std::vector<std::string> regexes = bench::regexes(count);
  if (regexes.size() < count) {
    std::printf("there are only %zu regexes, not %zu\n", regexes.size(), count);
    return;
  }
  std::vector<Contender> all;
  for (const bench::PeerKind& kind : bench::peers()) {
    if (count > kind.most_regexes) continue;
    if (!only.empty() && only.find(kind.name.substr(0, 3)) == std::string::npos) continue;
    Contender& one = all.emplace_back();
    one.kind = &kind;
    one.cost = compile_cost(kind, regexes);
    one.peer = kind.make(regexes);
    one.posts.assign(posts.begin(), posts.begin() + static_cast<std::ptrdiff_t>(std::min(posts.size(), kind.most_posts)));
  }
  for (int pass = 0; pass <= bench::passes; ++pass) {
    for (Contender& one : all) pass_over(one, pass > 0);
  }
  for (int pass = 0; pass < 3; ++pass) {
    for (Contender& one : all) time_each(one);
  }
  for (Contender& one : all) pass_over(one, false);
  print(all, count);
}

}  // namespace

// usage: bench_regexes [COUNT...]; MODCORE_BENCH_PEERS names those to measure by the
// first three letters, such as "mod raw RE2".
int main(int argc, char** argv) {
  const std::vector<std::string> posts = bench::clean_posts();
  const char* only = std::getenv("MODCORE_BENCH_PEERS");
  std::vector<std::size_t> counts;
  for (int i = 1; i < argc; ++i) counts.push_back(std::strtoull(argv[i], nullptr, 10));
  if (counts.empty()) counts = {100, 1000, 10000};
  for (const std::size_t count : counts) measure(count, posts, only != nullptr ? only : "");
  return 0;
}
