#include "compile/wake.hpp"

#include <algorithm>
#include <optional>

#include "compile/anchors.hpp"
#include "compile/sleep.hpp"
#include "regex/analysis.hpp"
#include "regex/rarity.hpp"
#include "support/sort_unique.hpp"

namespace modcore::compiler {
namespace {

using ir::Expr;
using ir::Function;
using ir::Op;

// What the search for things that are no literals costs every post, in confirmations.
constexpr double unfiltered_cost = 4;
constexpr double rare = 0.01;
// The share of posts with a link, roughly, which most rules with needs ask for.
constexpr double posts_with_traits = 0.1;

double share_of_posts(double bits) { return std::min(1.0, regex::occurrences(bits)); }

struct Expected {
  double operator()(const ir::WordsItem& item) const {
    const Anchors anchors(item.alternatives.rows());
    double sum = 0;
    for (const ir::WordSequence sequence : item.alternatives) sum += share_of_posts(anchors.of(sequence).bits);
    return sum;
  }
  double operator()(const ir::SubstringItem& item) const {
    return share_of_posts(regex::rarity(item.accents));
  }
  double operator()(const ir::RegexItem& item) const {
    const auto analysis = regex::analyse(item.pattern, item.tolerance == ir::Tolerance::exact);
    if (!analysis.required.texts.empty()) return share_of_posts(analysis.required.bits);
    return analysis.digits.digits.empty() ? unfiltered_cost : rare;
  }
  double operator()(const ir::DomainItem&) const { return rare; }
  double operator()(const ir::EmojiItem&) const { return rare; }
  double operator()(const ir::NumberItem&) const { return rare; }
};

// A choice of patterns, and how often one of them is expected to occur.
struct Clause {
  std::vector<std::uint32_t> patterns;
  double expected = 0;
};

class Chooser {
 public:
  explicit Chooser(Occurrences& occurrences) : occurrences_(occurrences) {}

  // Nothing if the condition can be true or unknown without any pattern.
  std::optional<Clause> best(const Expr& expr) {
    if (!sleeps(expr)) return std::nullopt;
    switch (expr.op) {
      case Op::logic_and: return of_and(expr);
      case Op::logic_or: return of_or(expr);
      case Op::at_least: return of_uses(expr, expr.uses.size() - static_cast<std::size_t>(expr.count) + 1);
      case Op::call: {
        const bool pair = expr.function == Function::near || expr.function == Function::followed_by;
        return pair ? of_uses(expr, 1) : of_all(expr);
      }
      default: return of_all(expr);
    }
  }

 private:
  std::optional<Clause> of_and(const Expr& expr) {
    std::optional<Clause> least;
    for (const Expr& argument : expr.args) {
      const std::optional<Clause> one = best(argument);
      if (one && (!least || one->expected < least->expected)) least = one;
    }
    return least ? least : of_all(expr);
  }

  std::optional<Clause> of_or(const Expr& expr) {
    Clause all;
    for (const Expr& argument : expr.args) {
      const std::optional<Clause> one = best(argument);
      if (!one) return of_all(expr);
      all.patterns.insert(all.patterns.end(), one->patterns.begin(), one->patterns.end());
      all.expected += one->expected;
    }
    return all;
  }

  // The rarest of the uses, as many as `count`: one of them is among those that match.
  Clause of_uses(const Expr& expr, std::size_t count) {
    std::vector<Clause> uses;
    for (const ir::PatternUse& use : expr.uses) uses.push_back(of_pattern(use));
    std::stable_sort(uses.begin(), uses.end(),
                     [](const Clause& a, const Clause& b) { return a.expected < b.expected; });
    Clause chosen;
    for (std::size_t i = 0; i < std::min(count, uses.size()); ++i) {
      chosen.patterns.push_back(uses[i].patterns.front());
      chosen.expected += uses[i].expected;
    }
    return chosen;
  }

  Clause of_all(const Expr& expr) {
    Clause all;
    for (const ir::PatternUse& use : expr.uses) {
      const Clause one = of_pattern(use);
      all.patterns.push_back(one.patterns.front());
      all.expected += one.expected;
    }
    for (const Expr& argument : expr.args) {
      const Clause one = of_all(argument);
      all.patterns.insert(all.patterns.end(), one.patterns.begin(), one.patterns.end());
      all.expected += one.expected;
    }
    return all;
  }

  Clause of_pattern(const ir::PatternUse& use) {
    return {{static_cast<std::uint32_t>(use.pattern)}, occurrences_.of(use.pattern)};
  }

  Occurrences& occurrences_;
};

void collect(const Expr& expr, std::vector<std::uint32_t>& patterns) {
  for (const ir::PatternUse& use : expr.uses) patterns.push_back(static_cast<std::uint32_t>(use.pattern));
  for (const Expr& argument : expr.args) collect(argument, patterns);
}

}  // namespace

double Occurrences::of(ir::PatternId pattern) {
  const auto [known, is_new] = patterns_.try_emplace(pattern, 0.0);
  if (!is_new) return known->second;
  for (const ir::Item& item : rules_.patterns[static_cast<std::size_t>(pattern)].items) known->second += of(item);
  return known->second;
}

double Occurrences::of(const ir::Item& item) {
  const auto* words = std::get_if<ir::WordsItem>(&item.what);
  if (words == nullptr) return std::visit(Expected{}, item.what);
  const auto [known, is_new] = items_.try_emplace(&words->alternatives.rows(), 0.0);
  if (is_new) known->second = Expected{}(*words);
  return known->second;
}

std::optional<std::vector<std::uint32_t>> wakers(Occurrences& occurrences, const Expr& condition,
                                                 program::Needs needs) {
  if (!sleeps(condition)) return std::nullopt;
  std::vector<std::uint32_t> patterns;
  collect(condition, patterns);
  sort_unique(patterns);
  const bool choice = patterns.size() > 1 || needs.traits != 0;
  const std::optional<Clause> clause = choice ? Chooser(occurrences).best(condition) : std::nullopt;
  if (!clause) return patterns;
  if (needs.traits != 0 && clause->expected > posts_with_traits) return std::nullopt;
  patterns = clause->patterns;
  sort_unique(patterns);
  return patterns;
}

bool UnfilteredPatterns::contains(ir::PatternId pattern) {
  const auto index = static_cast<std::size_t>(pattern);
  std::optional<bool>& known = known_[index];
  if (known) return *known;
  const auto& items = rules_.patterns[index].items;
  known = std::any_of(items.begin(), items.end(), [](const ir::Item& item) {
    const auto* regex = std::get_if<ir::RegexItem>(&item.what);
    return regex != nullptr && Expected{}(*regex) >= unfiltered_cost;
  });
  return *known;
}

std::vector<bool> waiting_patterns(const ir::RuleSet& rules, const program::Image& image) {
  std::vector<bool> waits(rules.patterns.size());
  for (std::size_t p = 0; p < waits.size(); ++p) {
    waits[p] = image.wake_begin[p] == image.wake_begin[p + 1];
  }
  // Most posts have texts that are long enough.
  const auto needs = [&image](std::uint32_t rule) {
    const auto found = std::ranges::lower_bound(image.needs, rule, {}, &program::RuleNeeds::rule);
    if (found == image.needs.end() || found->rule != rule) return false;
    return found->needs.traits != 0 || found->needs.attributes != 0 || found->needs.title_bytes != 0;
  };
  for (const std::uint32_t rule : image.sleepless) {
    if (needs(rule)) continue;
    std::vector<std::uint32_t> asked;
    collect(rules.rules[rule].when, asked);
    for (const std::uint32_t pattern : asked) waits[pattern] = false;
  }
  return waits;
}

}  // namespace modcore::compiler
