// What two threads of a BatchScanner do in the time of one: wall time and processor time of
// the same posts in turn. Threads share nothing but the engine, so what they cost each other
// shows in the processor time, also on a machine that does other things meanwhile.
#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/modcore.hpp>

#include "corpus.hpp"
#include "timing.hpp"

namespace {

constexpr std::size_t least_posts = 30'000;

double process_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// The bodies in one buffer.
struct Column {
  std::string bytes;
  std::vector<std::int32_t> offsets{0};
};

Column column_of(const std::vector<std::string>& posts) {
  Column column;
  while (column.offsets.size() <= least_posts) {
    for (const std::string& post : posts) {
      column.bytes += post;
      column.offsets.push_back(static_cast<std::int32_t>(column.bytes.size()));
    }
  }
  return column;
}

struct Times {
  std::vector<double> wall, processor;
};

void pass(modcore::BatchScanner& scanner, const modcore::PostBatch& batch, Times& times) {
  const double wall = bench::monotonic_nanoseconds();
  const double processor = process_seconds();
  static_cast<void>(scanner.scan_batch(batch));
  times.processor.push_back(process_seconds() - processor);
  times.wall.push_back((bench::monotonic_nanoseconds() - wall) * 1e-9);
}

void measure(const char* name, const modcore::Engine& engine, const Column& column) {
  const modcore::BatchColumn body{.field = "body", .values = modcore::TextColumn{.offsets = column.offsets, .bytes = column.bytes}};
  const modcore::PostBatch batch{.rows = column.offsets.size() - 1, .columns = {&body, 1}};
  modcore::BatchScanner one(engine, 1);
  modcore::BatchScanner two(engine, 2);
  Times times_of_one, times_of_two, warm;
  pass(one, batch, warm);
  pass(two, batch, warm);
  for (int i = 0; i < bench::passes; ++i) {
    pass(one, batch, times_of_one);
    pass(two, batch, times_of_two);
  }
  const double wall = bench::median(times_of_one.wall) / bench::median(times_of_two.wall);
  const double processor = bench::median(times_of_one.processor) / bench::median(times_of_two.processor);
  std::printf("| %s | %.0f | %.2f | %.2f |\n", name,
              bench::median(times_of_one.wall) * 1e9 / static_cast<double>(batch.rows), wall, 2 * processor);
}

}  // namespace

int main() {
  const std::string rules = bench::rule_file(bench::phrases(1000));
  const modcore::Source source{.name = "bench.rules.yaml", .text = rules};
  const auto phrases = modcore::compile({&source, 1});
  const auto packs = modcore::compile_files({"spam", "self-promotion", "harassment", "off-topic"});
  if (!phrases || !packs) return 1;
  const Column column = column_of(bench::clean_posts());
  std::printf("| rules | ns a post, one thread | two threads do | by processor time |\n|---|---|---|---|\n");
  measure("1,000 phrases", *phrases.engine, column);
  measure("the shipped packs", *packs.engine, column);
  return 0;
}
