#include "lint/twins.hpp"

#include <algorithm>

#include "diag/catalogue.hpp"
#include "lint/scope.hpp"

namespace modcore::lint {
namespace {

constexpr std::size_t most_holders = 20;  // of one item, that are compared

class TwinLinter {
 public:
  TwinLinter(const Input& input, const PatternTable& patterns, diag::Sink& sink)
      : rules_(input.checked.rules), patterns_(patterns), sink_(sink) {}

  void run() {
    for (std::uint32_t id = 0; id < rules_.patterns.size(); ++id) {
      if (group(id).is_except) continue;
      for (const ir::Item& own : group(id).items) {
        const auto& holders = patterns_.with_item(patterns_.meaning_of(group(id), own));
        if (holders.size() < 2 || holders.size() > most_holders) continue;
        for (const ir::PatternId other : holders) {
          if (twin(id, static_cast<std::uint32_t>(other), own)) break;
        }
      }
    }
  }

 private:
  [[nodiscard]] const ir::Pattern& group(std::uint32_t id) const { return rules_.patterns[id]; }
  [[nodiscard]] const ir::Rule& rule_of(std::uint32_t pattern) const {
    return rules_.rules[static_cast<std::size_t>(group(pattern).rule)];
  }

  bool twin(std::uint32_t id, std::uint32_t other, const ir::Item& own) {
    const ir::Pattern& a = group(id);
    const ir::Pattern& b = group(other);
    const bool comparable = id != other && a.tolerance == b.tolerance && a.in == b.in && a.at == b.at &&
                            a.unit == b.unit && a.languages == b.languages && a.except == b.except;
    if (!comparable) return false;
    const bool needless = a.rule == b.rule ? one_of_any(rule_of(id), id, other) : same_effect(id, other);
    if (!needless) return false;
    const ir::Item* first = find(b, patterns_.meaning_of(a, own));
    if (first == nullptr || !later(own.span, first->span)) return false;
    const std::string where = a.rule == b.rule ? "in `$" + b.name + "`" : "in `" + rule_of(other).id + "`";
    sink_.report(diag::duplicate_item, own.span, {own.source, first->source})
        .rule(rule_of(id).id)
        .label(first->span, "the same item, " + where);
    return true;
  }

  // Two groups of one rule of which any is enough.
  static bool one_of_any(const ir::Rule& rule, std::uint32_t a, std::uint32_t b) {
    if (rule.when.op != ir::Op::at_least || rule.when.count != 1) return false;
    const auto used = [&](std::uint32_t id) {
      return std::ranges::any_of(rule.when.uses, [&](const ir::PatternUse& use) {
        return static_cast<std::uint32_t>(use.pattern) == id;
      });
    };
    return used(a) && used(b);
  }

  // Two rules that each fire on the item alone and then do the same. Rules that are
  // alike as a whole are told as such.
  [[nodiscard]] bool same_effect(std::uint32_t a, std::uint32_t b) const {
    const ir::Rule& one = rule_of(a);
    const ir::Rule& two = rule_of(b);
    const bool active = one.status == ir::Status::active && two.status == ir::Status::active;
    const bool same = one.verdict == two.verdict && one.verdict.has_value() && !one.score && !two.score &&
                      one.category == two.category && one.languages == two.languages;
    const bool partly = one.patterns.size() > 1 || two.patterns.size() > 1 ||
                        (!patterns_.wider(static_cast<ir::PatternId>(a), static_cast<ir::PatternId>(b)) &&
                         !patterns_.wider(static_cast<ir::PatternId>(b), static_cast<ir::PatternId>(a)));
    return active && same && partly && fires_on_item(one) && fires_on_item(two);
  }

  [[nodiscard]] const ir::Item* find(const ir::Pattern& pattern, std::uint32_t meaning) const {
    const auto found = std::ranges::find_if(pattern.items, [&](const ir::Item& item) {
      return patterns_.meaning_of(pattern, item) == meaning;
    });
    return found != pattern.items.end() ? &*found : nullptr;
  }

  const ir::RuleSet& rules_;
  const PatternTable& patterns_;
  diag::Sink& sink_;
};

}  // namespace

void lint_twins(const Input& input, const PatternTable& patterns, diag::Sink& sink) {
  TwinLinter(input, patterns, sink).run();
}

}  // namespace modcore::lint
