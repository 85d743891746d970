#include "runtime/combine.hpp"

#include <algorithm>
#include <tuple>

namespace modcore::runtime {

namespace {

class Combiner {
 public:
  Combiner(const program::Image& image, bool thresholds) : image_(image), thresholds_(thresholds) {}

  Combined run(std::span<const Fired> fired) && {
    suppress(fired);
    for (const Fired& one : out_.fired) apply_rule(one);
    add_points();
    sort();
    return std::move(out_);
  }

 private:
  [[nodiscard]] const program::Rule& rule(std::uint32_t index) const { return image_.rules[index]; }

  // ---- Suppression ----

  [[nodiscard]] static bool is_allow(const program::Rule& rule, bool raised) {
    return verdict_of(rule, raised) == Verdict::allow;
  }

  [[nodiscard]] bool suppresses(const program::Rule& allow, std::uint32_t index) const {
    if (!allow.suppresses) return false;
    const auto& [everything, rules, categories] = *allow.suppresses;
    return everything || std::ranges::find(rules, ir::RuleId{index}) != rules.end() ||
           std::ranges::find(categories, rule(index).category) != categories.end();
  }

  [[nodiscard]] bool can_be_suppressed(const Fired& fired) const {
    const program::Rule& what = rule(fired.rule);
    return !what.final && !is_allow(what, fired.raised) &&
           image_.categories[static_cast<std::size_t>(what.category)].suppressible;
  }

  void suppress(std::span<const Fired> fired) {
    std::vector<std::uint32_t> allows;
    for (const Fired& one : fired) {
      if (is_allow(rule(one.rule), one.raised)) allows.push_back(one.rule);
    }
    std::ranges::sort(allows);
    for (const Fired& one : fired) {
      const auto by = can_be_suppressed(one)
          ? std::ranges::find_if(allows, [&](std::uint32_t allow) { return suppresses(rule(allow), one.rule); })
          : allows.end();
      if (by == allows.end()) {
        out_.fired.push_back(one);
      } else {
        out_.suppressed.push_back({one.rule, *by});
      }
    }
  }

  // ---- The two axes ----

  void apply(Verdict verdict, bool holds) {
    if (verdict == Verdict::escalate) {
      out_.attention = Attention::escalate;
      out_.hidden |= holds;
    } else if (verdict == Verdict::hide) {
      out_.hidden = true;
    } else if (verdict == Verdict::flag) {
      out_.attention = std::max(out_.attention, Attention::flag);
    }
  }

  void apply_rule(const Fired& fired) {
    const program::Rule& what = rule(fired.rule);
    const std::optional<Verdict> verdict = verdict_of(what, fired.raised);
    if (verdict) apply(*verdict, what.hide);
    if (verdict == Verdict::escalate && what.escalation) {
      call(static_cast<std::uint32_t>(what.escalation->to), what.escalation->within,
           what.escalation->urgency);
    }
  }

  // The shortest time and the highest urgency win.
  void call(std::uint32_t route, std::optional<std::int64_t> within, ir::Urgency urgency) {
    auto known = std::ranges::find(out_.routes, route, &Called::route);
    if (known == out_.routes.end()) known = out_.routes.insert(known, {.route = route});
    if (within) known->within = std::min(*within, known->within.value_or(*within));
    known->urgency = std::max(known->urgency, static_cast<Urgency>(urgency));
  }

  // ---- Points ----

  void add_points() {
    std::vector<std::int64_t> sums(image_.categories.size());
    for (const Fired& one : out_.fired) {
      sums[static_cast<std::size_t>(rule(one.rule).category)] += one.points;
    }
    for (std::uint32_t category = 0; category < sums.size(); ++category) {
      const std::int64_t points = std::max<std::int64_t>(0, sums[category]);
      if (points == 0) continue;
      out_.scores.push_back({category, points});
      if (thresholds_) cross_thresholds(category, points);
    }
  }

  void cross_thresholds(std::uint32_t index, std::int64_t points) {
    const ir::Category& category = image_.categories[index];
    for (const ir::Threshold& threshold : category.thresholds) {
      if (points < threshold.points) continue;
      const auto verdict = static_cast<Verdict>(threshold.verdict);
      out_.crossed.push_back({index, verdict, points, contributors(index)});
      // Points that call for a person hold the post meanwhile, as a rule does
      // that says no more than `escalate`.
      apply(verdict, true);
      if (verdict != Verdict::escalate) continue;
      const ir::Route& route = image_.routes[static_cast<std::size_t>(category.route)];
      call(static_cast<std::uint32_t>(category.route), route.within,
           route.urgency.value_or(ir::Urgency::normal));
    }
  }

  [[nodiscard]] std::vector<std::uint32_t> contributors(std::uint32_t category) const {
    std::vector<std::uint32_t> rules;
    for (const Fired& one : out_.fired) {
      const bool here = static_cast<std::uint32_t>(rule(one.rule).category) == category;
      if (here && one.points != 0) rules.push_back(one.rule);
    }
    std::ranges::sort(rules);
    return rules;
  }

  // ---- Order ----

  // A rule that only gives points speaks against the post, an allow rule for it.
  [[nodiscard]] int strength(const Fired& fired) const {
    const std::optional<Verdict> verdict = verdict_of(rule(fired.rule), fired.raised);
    if (!verdict) return 1;
    return *verdict == Verdict::allow ? 0 : 1 + static_cast<int>(*verdict);
  }

  void sort() {
    std::ranges::sort(out_.fired, [this](const Fired& a, const Fired& b) {
      return std::tuple(strength(b), rule(b.rule).severity, b.points, a.rule) <
             std::tuple(strength(a), rule(a.rule).severity, a.points, b.rule);
    });
    std::ranges::sort(out_.suppressed, {}, &Suppressed::rule);
    std::ranges::sort(out_.routes, {}, &Called::route);
  }

  const program::Image& image_;
  bool thresholds_;
  Combined out_;
};

}  // namespace

std::optional<Verdict> verdict_of(const program::Rule& rule, bool raised) noexcept {
  if (raised) return Verdict::escalate;
  if (!rule.verdict) return std::nullopt;
  return static_cast<Verdict>(*rule.verdict);
}

Verdict headline(bool hidden, Attention attention) noexcept {
  if (attention == Attention::escalate) return Verdict::escalate;
  if (hidden) return Verdict::hide;
  return attention == Attention::flag ? Verdict::flag : Verdict::allow;
}

Combined combine(const program::Image& image, std::span<const Fired> fired, bool thresholds) {
  return Combiner(image, thresholds).run(fired);
}

}  // namespace modcore::runtime
