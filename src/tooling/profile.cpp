// What each rule costs, rule by rule.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include <modcore/tooling.hpp>

#include "api/engine_state.hpp"
#include "lint/rule_cost.hpp"

namespace modcore {

namespace {

// The first look is enough to tell cheap from dear; the dear ones are measured again, on
// more and more often: one rule in so many, but so many at least.
struct Look {
  std::size_t bytes;
  int passes;
  std::size_t share;
  std::size_t least;
};
constexpr Look first_look{std::size_t{64} << 10U, 2, 1, 0};
constexpr Look second_look{std::size_t{256} << 10U, 6, 100, 50};
constexpr Look third_look{std::size_t{256} << 10U, 24, 1000, 25};
// So many rules that what most of them cost is what a rule costs at least.
constexpr std::size_t least_crowd = 200;
constexpr double scatters = 4;

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
    measure(all, first_look);
    const bool crowd = all.size() >= least_crowd;
    if (crowd) subtract(all, crowd_of(all, all.size() / 2));
    std::vector<std::size_t> dear = dearest(all, second_look);
    measure(dear, second_look);
    if (crowd) {
      // Most of those are no dearer than others: the first quarter is the crowd.
      const Crowd others = crowd_of(dear, dear.size() / 4);
      subtract(dear, others);
      cap(all, dear);
      const std::vector<std::size_t> dearer = dearest(dear, third_look);
      measure(dearer, third_look);
      subtract(dearer, others);
    }
    finish();
    return std::move(report_);
  }

 private:
  // What seemed cheaper than those that were looked at again is no dearer than the half of
  // them that turned out the cheaper one.
  void cap(std::vector<std::size_t> rules, const std::vector<std::size_t>& looked_at) {
    std::vector<double> costs;
    for (const std::size_t rule : looked_at) costs.push_back(own(rule));
    std::ranges::sort(costs);
    std::erase_if(rules, [&](std::size_t rule) { return std::ranges::find(looked_at, rule) != looked_at.end(); });
    for (const std::size_t rule : rules) own(rule) = std::min(own(rule), costs[costs.size() / 2]);
  }

  [[nodiscard]] double& own(std::size_t rule) { return report_.rules[rule].own_nanoseconds_per_byte; }

  // These rules on as many threads as there are jobs.
  void measure(const std::vector<std::size_t>& rules, const Look& look) {
    const std::vector<Post> sample = sample_of(posts_, look.bytes);
    const int passes = look.passes;
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

  // What many rules cost, and how much that scatters.
  struct Crowd {
    double cost = 0;
    double scatter = 0;
  };
  [[nodiscard]] Crowd crowd_of(const std::vector<std::size_t>& rules, std::size_t place) const {
    const auto at = [place](std::vector<double> values) {
      std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(place));
      return values[place];
    };
    std::vector<double> costs, distances;
    for (const std::size_t rule : rules) costs.push_back(report_.rules[rule].nanoseconds_per_byte);
    const double cost = at(costs);
    for (const double one : costs) distances.push_back(std::abs(one - cost));
    return {cost, at(distances)};
  }

  // A rule alone costs a walk over the text that it shares with all others in the
  // engine, and every measurement is a little wrong: what is not above what the crowd
  // costs by more than the crowd scatters counts as nothing. Otherwise the noise of
  // thousands of cheap rules would hide a dozen dear ones.
  void subtract(const std::vector<std::size_t>& rules, const Crowd& crowd) {
    for (const std::size_t rule : rules) {
      const double cost = report_.rules[rule].nanoseconds_per_byte;
      own(rule) = cost > crowd.cost + scatters * crowd.scatter ? cost - crowd.cost : 0;
    }
  }

  [[nodiscard]] std::vector<std::size_t> dearest(std::vector<std::size_t> rules, const Look& look) const {
    const std::size_t count =
        std::min(rules.size(), std::max(look.least, report_.rules.size() / look.share));
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
