// Facts and texts cut out of any bytes: the shipped packs decide the same where no rule
// sleeps and no pattern waits.
#include "api/engine_state.hpp"
#include "check/check.hpp"
#include "compile/encode.hpp"
#include "compile/patterns.hpp"
#include "fuzz/cutter.hpp"
#include "fuzz/engine.hpp"
#include "load/load.hpp"

using namespace modcore;

namespace {

using Paths = std::vector<std::string>;

const Paths& packs() {
  static const Paths all = {"spam", "self-promotion", "harassment", "off-topic", "care"};
  return all;
}

const Engine& asleep() {
  static const CompileResult result = compile_files(packs());
  fuzz::expect(result.engine.has_value());
  return *result.engine;
}

// The same rules, each of them asked about every post.
Engine awake() {
  source::SourceMap sources;
  diag::Sink sink(sources);
  const ast::Bundle bundle = load::load_paths(packs(), {}, sources, sink);
  const ir::RuleSet rules = checker::check(bundle, {}, sink).rules;
  auto image = std::make_shared<program::Image>(compiler::encode(rules));
  image->needs.clear();
  image->waking.clear();
  image->wake_begin.assign(image->wake_begin.size(), 0);
  image->sleepless.clear();
  for (std::uint32_t i = 0; i < rules.rules.size(); ++i) {
    if (rules.rules[i].status != ir::Status::off) image->sleepless.push_back(i);
  }
  auto plan = compiler::compile_patterns(rules, image->uses, {}, sink);
  fuzz::expect(plan && !sink.has_errors() && image->sleepless.size() > 100);
  const detail::EngineState& same = *detail::EngineAccess::state(asleep());
  return detail::EngineAccess::make(
      detail::make_engine_state(std::move(image), std::move(plan), same.fingerprint, same.origins));
}

}  // namespace

MODCORE_FUZZ_TARGET(asleep) {
  static Scanner quick(asleep());
  static Scanner thorough(awake());
  fuzz::Cutter cut(input);
  const unsigned given = cut.byte();
  Post post;
  post.now = std::chrono::sys_seconds(std::chrono::seconds(1'700'000'000));
  if ((given & 1U) != 0) post.author.post_count = cut.byte();
  if ((given & 2U) != 0) post.author.account_age = std::chrono::hours(cut.byte());
  if ((given & 4U) != 0) post.message.is_reply = cut.byte() % 2 == 0;
  if ((given & 8U) != 0) post.author.name = cut.text();
  if ((given & 16U) != 0) post.author.trust_level = cut.byte();
  if ((given & 32U) != 0) post.message.lang = "pl";
  if ((given & 64U) != 0) post.title = cut.text();
  if ((given & 128U) != 0) post.author.reports = cut.byte();
  post.body = cut.rest();
  const Decision decision = quick.scan(post);
  fuzz::check(decision, post);
  fuzz::expect(to_json(thorough.scan(post)) == to_json(decision));
}
