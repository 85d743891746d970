// What each rule costs, rule by rule.
#include <algorithm>
#include <atomic>
#include <thread>

#include <modcore/tooling.hpp>

#include "api/engine_state.hpp"
#include "lint/rule_cost.hpp"

namespace modcore {

namespace {

// Enough to tell cheap from dear; the dear ones are measured again on more.
constexpr std::size_t first_look_bytes = std::size_t{64} << 10U;
constexpr std::size_t second_look_bytes = std::size_t{1} << 20U;
constexpr int first_passes = 2;
constexpr int second_passes = 3;
constexpr std::size_t least_looked_at_again = 50;
constexpr std::size_t share_looked_at_again = 100;  // one in so many

// Posts from all over the corpus, up to so many bytes.
std::vector<Post> sample_of(std::span<const Post> posts, std::size_t bytes) {
  std::size_t all = 0;
  for (const Post& post : posts) all += post.title.size() + post.body.size();
  const std::size_t step = std::max<std::size_t>(1, all / std::max<std::size_t>(bytes, 1));
  std::vector<Post> sample;
  for (std::size_t i = 0; i < posts.size(); i += step) sample.push_back(posts[i]);
  return sample;
}

class Profiler {
 public:
  Profiler(const detail::EngineState& engine, std::span<const Post> posts, std::size_t jobs)
      : engine_(engine), posts_(posts),
        jobs_(jobs != 0 ? jobs : std::max(1U, std::thread::hardware_concurrency())) {}

  ProfileReport run() {
    report_.posts = posts_.size();
    for (const Post& post : posts_) report_.bytes += post.title.size() + post.body.size();
    report_.rules.resize(engine_.image->rules.size());
    for (std::size_t i = 0; i < report_.rules.size(); ++i) {
      report_.rules[i].rule = engine_.image->rules[i].id;
    }
    std::vector<std::size_t> all(report_.rules.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    look(all, first_look_bytes, first_passes);
    look(dearest(all), second_look_bytes, second_passes);
    finish();
    return std::move(report_);
  }

 private:
  // Measures these rules on as many threads as there are jobs.
  void look(const std::vector<std::size_t>& rules, std::size_t bytes, int passes) {
    const std::vector<Post> sample = sample_of(posts_, bytes);
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      const lint::CostMeter meter(*engine_.image, *engine_.plan, sample);
      const double floor = meter.floor(passes);
      for (std::size_t i = next++; i < rules.size(); i = next++) {
        fill(report_.rules[rules[i]], meter.measure(static_cast<ir::RuleId>(rules[i]), passes), floor);
      }
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < std::min(jobs_, rules.size()); ++i) threads.emplace_back(work);
    work();
    for (std::thread& thread : threads) thread.join();
  }

  static void fill(ProfiledRule& rule, const lint::RuleCost& cost, double floor) {
    rule.compile_milliseconds = cost.compile_milliseconds;
    rule.database_bytes = cost.database_bytes;
    rule.nanoseconds_per_byte = cost.nanoseconds_per_byte;
    rule.own_nanoseconds_per_byte = std::max(0.0, cost.nanoseconds_per_byte - floor);
    rule.confirmed = cost.asked;
    rule.failed = cost.failed;
  }

  [[nodiscard]] std::vector<std::size_t> dearest(std::vector<std::size_t> rules) const {
    const std::size_t count =
        std::min(rules.size(), std::max(least_looked_at_again, rules.size() / share_looked_at_again));
    std::ranges::partial_sort(rules, rules.begin() + static_cast<std::ptrdiff_t>(count),
                              std::greater<>(), [this](std::size_t index) {
                                return report_.rules[index].own_nanoseconds_per_byte;
                              });
    rules.resize(count);
    return rules;
  }

  void finish() {
    for (std::uint32_t i = 0; i < engine_.image->patterns.size(); ++i) {
      std::string& plan = report_.rules[static_cast<std::size_t>(engine_.image->patterns[i].rule)].plan;
      plan += (plan.empty() ? "" : "; ") + lint::plan_text(*engine_.plan, i);
    }
    double sum = 0;
    for (const ProfiledRule& rule : report_.rules) sum += rule.own_nanoseconds_per_byte;
    for (ProfiledRule& rule : report_.rules) {
      rule.share = sum > 0 ? rule.own_nanoseconds_per_byte / sum : 0;
      if (rule.plan.empty()) rule.plan = "no pattern";
    }
    std::ranges::stable_sort(report_.rules, std::greater<>(), &ProfiledRule::own_nanoseconds_per_byte);
  }

  const detail::EngineState& engine_;
  std::span<const Post> posts_;
  std::size_t jobs_;
  ProfileReport report_;
};

}  // namespace

ProfileReport profile(const Engine& engine, std::span<const Post> posts, std::size_t jobs) {
  return Profiler(*detail::EngineAccess::state(engine), posts, jobs).run();
}

}  // namespace modcore
