// Facts and texts cut out of any bytes: one post judged alone, again, in a batch and by
// a loaded engine is one decision.
#include <array>

#include "fuzz/cutter.hpp"
#include "fuzz/engine.hpp"

using namespace modcore;

namespace {

const Engine& loaded_again() {
  static const Engine engine = *load_bytes(fuzz::whole_language().save(), {.trusted = true}).engine;
  return engine;
}

}  // namespace

MODCORE_FUZZ_TARGET(decision) {
  static Scanner first(fuzz::whole_language());
  static Scanner second(loaded_again());
  static BatchScanner batch(fuzz::whole_language());
  fuzz::Cutter cut(input);
  Post post;
  post.author.post_count = cut.number();
  post.now = std::chrono::sys_seconds(std::chrono::seconds(1'700'000'000));
  post.title = cut.text();
  post.author.name = cut.text();
  post.body = cut.rest();
  const Decision decision = first.scan(post);
  fuzz::check(decision, post);
  const std::string json = to_json(decision);
  fuzz::expect(to_json(first.scan(post)) == json);
  fuzz::expect(to_json(second.scan(post)) == json);
  const std::array<std::int32_t, 2> title = {0, static_cast<std::int32_t>(post.title.size())};
  const std::array<std::int32_t, 2> body = {0, static_cast<std::int32_t>(post.body.size())};
  const std::array<std::int32_t, 2> name = {0, static_cast<std::int32_t>(post.author.name->size())};
  const std::array<std::int64_t, 1> count = {*post.author.post_count};
  const std::array<std::int64_t, 1> now = {1'700'000'000};
  const std::array columns = {
      BatchColumn{"title", TextColumn{.offsets = title, .bytes = post.title}},
      BatchColumn{"body", TextColumn{.offsets = body, .bytes = post.body}},
      BatchColumn{"author.name", TextColumn{.offsets = name, .bytes = *post.author.name}},
      BatchColumn{"author.post_count", IntegerColumn{.values = count}},
      BatchColumn{"now", IntegerColumn{.values = now}}};
  const BatchDecisions& all = batch.scan_batch({.rows = 1, .columns = columns});
  fuzz::expect(all.verdicts[0] == decision.verdict);
  if (!all.told.empty()) fuzz::expect(to_json(all.told[0].decision) == json);
}
