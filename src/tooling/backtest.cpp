// Judges a corpus and counts.
#include <charconv>
#include <chrono>
#include <memory>
#include <set>

#include <xxhash.h>

#include <modcore/corpus.hpp>
#include <modcore/scanner.hpp>

#include "api/engine_state.hpp"
#include "api/field_names.hpp"
#include "api/json_tree.hpp"
#include "api/post_reader.hpp"
#include "tooling/label.hpp"
#include "tooling/records.hpp"
#include "tooling/tally.hpp"

namespace modcore {

namespace {

// Categories that labels of corpora speak of, loaded or not.
std::vector<std::string> known_categories(const Engine& engine) {
  std::set<std::string> names = {"spam", "self-promotion", "harassment", "off-topic"};
  for (const RuleInfo& rule : engine.rules()) names.emplace(rule.category);
  return {names.begin(), names.end()};
}

class CorpusHash {
 public:
  CorpusHash() : state_(XXH3_createState()) { XXH3_128bits_reset(state_.get()); }
  void add(std::string_view text) {
    XXH3_128bits_update(state_.get(), text.data(), text.size());
    XXH3_128bits_update(state_.get(), "\n", 1);
  }
  [[nodiscard]] std::string text() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(state_.get());
    return Fingerprint{hash.high64, hash.low64}.to_string();
  }

 private:
  struct Free {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
  };
  std::unique_ptr<XXH3_state_t, Free> state_;
};

class Backtest {
 public:
  Backtest(const Engine& engine, const BacktestOptions& options)
      : options_(options), attributes_(detail::EngineAccess::state(engine)->image->host_attributes),
        names_(options.names, attributes_), scanner_(engine), tally_(engine, options),
        labels_(options.label, options.category, known_categories(engine)) {}

  void visit(const tooling::Record& record) {
    hash_.add(record.problem.empty() ? record.text : record.problem);
    const std::uint64_t number = number_++;
    if (number % options_.shard.of != options_.shard.index - 1) return;
    if (!record.problem.empty()) return tally_.add_bad_line();
    if (record.text.front() == '{') {
      judge_json(record, number);
    } else {
      Post post;
      post.body = record.text;
      judge(record, number, post, {});
    }
  }

  BacktestReport take() {
    BacktestReport report = tally_.take();
    report.corpus = hash_.text();
    return report;
  }

 private:
  void judge_json(const tooling::Record& record, std::uint64_t number) {
    api::JsonTree tree = api::parse_json(record.text);
    auto* object = std::get_if<api::PostObject>(&tree.value.what);
    if (!tree.error.empty() || object == nullptr) return tally_.add_bad_line();
    const tooling::Label label = labels_.take(*object);
    names_.apply(*object);
    const auto owned = api::read_post(std::move(tree.value), attributes_);
    for (const std::string& key : owned->unknown_keys) tally_.notice("ignored a key that no field bears: " + key);
    for (const std::string& problem : owned->problems) tally_.notice(problem + "; it counts as missing");
    judge(record, number, owned->post, label);
  }

  void judge(const tooling::Record& record, std::uint64_t number, const Post& post,
             const tooling::Label& label) {
    Post at_once = post;
    if (!at_once.now) at_once.now = now_;
    const Decision decision = scanner_.scan(at_once);
    // 52 bits, which every reader of JSON holds exactly.
    const std::uint64_t hash = XXH3_64bits_withSeed(record.text.data(), record.text.size(), options_.seed);
    const std::uint64_t rank = XXH3_64bits_withSeed(&number, sizeof number, hash) >> 12U;
    tally_.add({record, post, label, decision, rank});
  }

  const BacktestOptions& options_;
  std::span<const ir::HostAttribute> attributes_;
  api::FieldNames names_;
  Scanner scanner_;
  tooling::Tally tally_;
  tooling::LabelReader labels_;
  CorpusHash hash_;
  std::uint64_t number_ = 0;
  // One clock for the whole run.
  std::chrono::sys_seconds now_ =
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
};

}  // namespace

std::optional<Shard> parse_shard(std::string_view text) {
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto index = std::from_chars(text.data(), end, shard.index);
  if (index.ec != std::errc() || index.ptr == end || *index.ptr != '/') return std::nullopt;
  const auto of = std::from_chars(index.ptr + 1, end, shard.of);
  const bool fits = of.ec == std::errc() && of.ptr == end && shard.index >= 1 && shard.index <= shard.of;
  return fits && shard.of <= 100'000 ? std::optional(shard) : std::nullopt;
}

BacktestReport backtest(const Engine& engine, const std::vector<std::string>& files,
                        const BacktestOptions& options) {
  Backtest run(engine, options);
  const tooling::RecordSource source{files, options.names, options.progress};
  std::string problem =
      tooling::for_each_record(source, engine, [&](const tooling::Record& record) { run.visit(record); });
  BacktestReport report;
  report.error = std::move(problem);
  if (!report.error.empty()) return report;
  report = run.take();
  report.files = files;
  report.shards = {options.shard.index};
  report.shard_count = options.shard.of;
  tooling::judge_budgets(report, options.budgets);
  return report;
}

}  // namespace modcore
