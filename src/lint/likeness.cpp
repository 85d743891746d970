#include "lint/likeness.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "diag/catalogue.hpp"

namespace modcore::lint {
namespace {

using ir::Rule;
using ir::RuleId;

constexpr std::size_t few_items = 3;     // a rule of so few is worth joining to others
constexpr std::size_t least_items = 5;   // of rules whose likeness is no accident
constexpr std::size_t most_holders = 20;  // of one item, that are compared

class LikenessLinter {
 public:
  LikenessLinter(const Input& input, const PatternTable& patterns, diag::Sink& sink)
      : input_(input), rules_(input.checked.rules), patterns_(patterns), sink_(sink) {}

  void run() {
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
      const auto id = static_cast<RuleId>(i);
      if (rule(id).patterns.size() != 1 || rule(id).status != ir::Status::active) continue;
      mergeable(id);
      nearly_the_same(id);
    }
    for (const auto& [frame, alike] : frames_) merge(alike);
  }

 private:
  [[nodiscard]] const Rule& rule(RuleId id) const { return rules_.rules[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const ir::Pattern& group(ir::PatternId id) const {
    return rules_.patterns[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] source::Span name_of(RuleId id) const {
    return input_.checked.written[static_cast<std::size_t>(id)].rule->id.span;
  }

  // ---- M409
  // All that a rule says, but for its id, its items and its tests.
  [[nodiscard]] std::string frame_of(const Rule& rule) const {
    const ir::Pattern& pattern = group(rule.patterns.front());
    std::string text = fmt::format(
        "{} {} {} {} {} {} {} {} {} {} {}", static_cast<std::uint32_t>(rule.span.source),
        static_cast<int>(rule.category), rule.verdict ? static_cast<int>(*rule.verdict) : -1, rule.hide,
        static_cast<int>(rule.severity), rule.final, static_cast<int>(pattern.tolerance), pattern.in.bits,
        static_cast<int>(pattern.at), static_cast<int>(pattern.unit), dump(rules_, rule.when));
    for (const ir::LocalizedText* words : {&rule.title, &rule.reason}) {
      for (const auto& [language, one] : words->entries) text += '\n' + language + ' ' + one;
    }
    for (const ir::Expr& exemption : rule.unless) text += '\n' + dump(rules_, exemption);
    for (const ir::Languages* languages : {&rule.languages, &pattern.languages}) {
      for (const std::string& tag : *languages) text += ' ' + tag;
    }
    return text + '\n' + rule.guideline + '\n' + rule.owner + '\n' + rule.meta;
  }

  void mergeable(RuleId id) {
    const Rule& one = rule(id);
    const ir::Pattern& pattern = group(one.patterns.front());
    const bool simple = one.verdict && one.verdict != ir::Verdict::allow && !one.score && !one.escalate &&
                        pattern.except == ir::no_pattern && pattern.items.size() <= few_items &&
                        !one.active_from && !one.expires;
    if (!simple) return;
    frames_[frame_of(one)].push_back(id);
  }

  // Two may be an accident; more are a habit, and told once.
  void merge(std::vector<RuleId> alike) {
    if (alike.size() < 3) return;
    std::ranges::sort(alike, {}, [&](RuleId id) { return rule(id).span.begin; });
    const RuleId first = alike.front();
    auto report = sink_.report(diag::mergeable_rules, name_of(first),
                               {rule(first).id, std::to_string(alike.size() - 1)});
    report.rule(rule(first).id).label(name_of(alike[1]), "another one").label(name_of(alike[2]), "and another one");
  }

  // ---- M408
  void nearly_the_same(RuleId id) {
    const ir::PatternId own = rule(id).patterns.front();
    const auto& items = patterns_.items(own);
    if (items.size() < least_items) return;
    std::map<ir::PatternId, std::size_t> common;
    for (const std::uint32_t item : items) {
      const auto& holders = patterns_.with_item(item);
      if (holders.size() > most_holders) continue;
      for (const ir::PatternId other : holders) ++common[other];
    }
    for (const auto& [other, shared] : common) {
      if (other >= own || shared == items.size()) continue;
      const RuleId second = group(other).rule;
      const std::size_t theirs = patterns_.items(other).size();
      const std::size_t together = items.size() + theirs - shared;
      const bool alike = shared * 5 >= together * 4 && shared < theirs;
      if (!alike || second == id || rule(second).category != rule(id).category) continue;
      sink_.report(diag::near_duplicate_rule, name_of(id),
                   {rule(id).id, rule(second).id, std::to_string(shared), std::to_string(items.size())})
          .rule(rule(id).id)
          .label(name_of(second), "the other one");
      return;
    }
  }

  const Input& input_;
  const ir::RuleSet& rules_;
  const PatternTable& patterns_;
  diag::Sink& sink_;
  std::map<std::string, std::vector<RuleId>> frames_;
};

}  // namespace

void lint_likeness(const Input& input, const PatternTable& patterns, diag::Sink& sink) {
  LikenessLinter(input, patterns, sink).run();
}

}  // namespace modcore::lint
