#include "compile/encode.hpp"

#include <algorithm>
#include <map>

#include "compile/encode_condition.hpp"
#include "compile/sleep.hpp"
#include "compile/wake.hpp"

namespace modcore::compiler {

using ir::Expr;
using ir::Function;
using ir::Op;

namespace {

// Calls `visit` on each node; `negated` tells whether it stands under `not`.
template <typename Visit>
void walk(const Expr& expr, const Visit& visit, bool negated = false) {
  visit(expr, negated);
  for (const Expr& argument : expr.args) walk(argument, visit, negated || expr.op == Op::logic_not);
}

// Every condition of a rule that can make it fire, decide or count.
template <typename Visit>
void for_each_condition(const ir::Rule& rule, const Visit& visit) {
  visit(rule.when);
  if (rule.escalate && rule.escalate->condition) visit(*rule.escalate->condition);
  if (rule.score && rule.score->per) visit(*rule.score->per);
}

bool finds_things(const Expr& expr) {
  if (expr.op != Op::call) return false;
  switch (expr.function) {
    case Function::links:
    case Function::misleading_link:
    case Function::mentions:
    case Function::hashtags:
    case Function::emoji:
    case Function::phones:
    case Function::emails:
    case Function::cards:
    case Function::ips: return true;
    default: return false;
  }
}

template <typename T>
void sort_unique(std::vector<T>& values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

template <typename T>
std::uint32_t index_of(const std::vector<T>& sorted, const T& value) {
  return static_cast<std::uint32_t>(std::ranges::lower_bound(sorted, value) - sorted.begin());
}

// What a rule shows when it fires: each group, and each function that finds
// things, in all fields that its conditions name.
struct Shown {
  std::map<ir::PatternId, ir::FieldSet> patterns;
  std::map<Function, ir::FieldSet> functions;
};

Shown shown_by(const ir::Rule& rule) {
  Shown shown;
  for_each_condition(rule, [&shown](const Expr& condition) {
    walk(condition, [&shown](const Expr& expr, bool negated) {
      if (negated) return;
      for (const ir::PatternUse& use : expr.uses) shown.patterns[use.pattern].add(use.fields);
      if (finds_things(expr)) shown.functions[expr.function].add(expr.fields);
    });
  });
  return shown;
}

Rare<program::RuleTexts> texts_of(const ir::Rule& rule) {
  const bool silent = rule.title.entries.empty() && rule.reason.entries.empty() && rule.guideline.empty() && rule.meta.empty();
  if (silent) return {};
  return program::RuleTexts{rule.title, rule.reason, rule.guideline, rule.meta};
}

Rare<program::Suppression> suppression_of(const ir::Rule& rule) {
  if (!rule.suppresses_everything && rule.suppresses_rules.empty() && rule.suppresses_categories.empty()) return {};
  return program::Suppression{rule.suppresses_everything, rule.suppresses_rules, rule.suppresses_categories};
}

class Encoder {
 public:
  explicit Encoder(const ir::RuleSet& rules) : rules_(rules), conditions_(image_, rules) {}

  program::Image run() && {
    copy_tables();
    collect_uses();
    collect_fields();
    for (const ir::Rule& rule : rules_.rules) image_.rules.push_back(encode_rule(rule));
    index_wakes();
    return std::move(image_);
  }

 private:
  void copy_tables() {
    image_.policy = rules_.policy;
    if (!rules_.languages.empty()) image_.first_language = rules_.languages.front();
    image_.timezone = rules_.timezone;
    image_.limits = rules_.limits;
    image_.host_attributes = rules_.host_attributes;
    image_.categories = rules_.categories;
    image_.routes = rules_.routes;
    for (const ir::Pattern& pattern : rules_.patterns) {
      program::Pattern& copy = image_.patterns.emplace_back();
      copy.name = pattern.name;
      copy.rule = pattern.rule;
      copy.first_item = static_cast<std::uint32_t>(image_.items.size());
      for (const ir::Item& item : pattern.items) image_.items.add(item.source);
      copy.end_item = static_cast<std::uint32_t>(image_.items.size());
    }
  }

  void collect_uses() {
    const auto collect = [this](const Expr& condition) {
      walk(condition, [this](const Expr& expr, bool) {
        image_.uses.insert(image_.uses.end(), expr.uses.begin(), expr.uses.end());
        if (expr.op == Op::call && program::is_measure(expr.function)) {
          image_.measures.push_back(measure_of(expr));
        }
      });
    };
    for (const ir::Rule& rule : rules_.rules) {
      for_each_condition(rule, collect);
      std::ranges::for_each(rule.unless, collect);
      const Shown shown = shown_by(rule);
      for (const auto& [pattern, fields] : shown.patterns) image_.uses.push_back({pattern, fields});
      for (const auto& [function, fields] : shown.functions) {
        image_.measures.push_back({function, fields, {}, {}});
      }
    }
    sort_unique(image_.uses);
    sort_unique(image_.measures);
  }

  void collect_fields() {
    for (const ir::PatternUse& use : image_.uses) image_.fields.add(use.fields);
    for (const program::Measure& measure : image_.measures) {
      image_.fields.add(measure.fields);
      image_.fields.add(measure.other_fields);
      if (measure.function != Function::quoted_ratio) continue;
      image_.fields.add(ir::TextField::body);
      image_.fields.add(ir::TextField::quote);
    }
  }

  program::Rule encode_rule(const ir::Rule& rule) {
    program::Rule out = copy_facts(rule);
    out.when = conditions_.encode(rule.when);
    for (const Expr& unless : rule.unless) out.unless.push_back(conditions_.encode(unless));
    if (rule.escalate) out.escalation = encode_escalation(*rule.escalate);
    if (rule.score) out.score = encode_score(*rule.score);
    const Shown shown = shown_by(rule);
    for (const auto& [pattern, fields] : shown.patterns) {
      out.evidence_uses.push_back(index_of(image_.uses, ir::PatternUse{pattern, fields}));
    }
    for (const auto& [function, fields] : shown.functions) {
      out.evidence_measures.push_back(index_of(image_.measures, program::Measure{function, fields}));
    }
    return out;
  }

  [[nodiscard]] program::Rule copy_facts(const ir::Rule& rule) const {
    program::Rule out;
    out.id = rule.id;
    out.texts = texts_of(rule);
    out.category = rule.category;
    out.languages = rule.languages;
    out.without_language = considered_without_language(rule.languages);
    out.status = rule.status;
    out.active_from = rule.active_from;
    out.expires = rule.expires;
    out.verdict = rule.verdict;
    out.hide = rule.hide;
    out.severity = rule.severity;
    out.suppresses = suppression_of(rule);
    out.final = rule.final;
    return out;
  }

  // Where a post's language is unknown, a policy's languages say which ones its
  // posts may be written in.
  [[nodiscard]] bool considered_without_language(const ir::Languages& languages) const {
    if (languages.empty() || !rules_.has_policy || rules_.languages.empty()) return true;
    return std::ranges::any_of(languages, [this](const std::string& tag) {
      return std::ranges::any_of(rules_.languages, [&tag](const std::string& spoken) {
        return spoken == tag || spoken.starts_with(tag + "-") || tag.starts_with(spoken + "-");
      });
    });
  }

  program::Escalation encode_escalation(const ir::Escalate& escalate) {
    program::Escalation out;
    out.to = escalate.to;
    out.within = escalate.within;
    out.urgency = escalate.urgency.value_or(ir::Urgency::normal);
    if (escalate.condition) out.condition = conditions_.encode(*escalate.condition);
    return out;
  }

  program::Score encode_score(const ir::Score& score) {
    program::Score out;
    out.points = score.points;
    out.max = score.max;
    if (score.per) out.per = conditions_.encode(*score.per);
    return out;
  }

  // A rule sleeps until one of the patterns without which its `when` is false occurs,
  // and goes on sleeping in posts without what it needs.
  // Rules that cannot sleep need no waking, rules that are off do not run.
  void index_wakes() {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> wakes;
    Occurrences occurrences(rules_);
    for (std::uint32_t i = 0; i < rules_.rules.size(); ++i) {
      const ir::Rule& rule = rules_.rules[i];
      if (rule.status == ir::Status::off) continue;
      const program::Needs needs = needs_of(rule.when);
      if (!needs.empty()) image_.needs.push_back({i, needs});
      if (const auto patterns = wakers(occurrences, rule.when, needs)) {
        for (const std::uint32_t pattern : *patterns) wakes.emplace_back(pattern, i);
      } else {
        image_.sleepless.push_back(i);
      }
    }
    sort_unique(wakes);
    image_.wake_begin.assign(rules_.patterns.size() + 1, 0);
    for (const auto& [pattern, rule] : wakes) {
      ++image_.wake_begin[pattern + 1];
      image_.waking.push_back(rule);
    }
    for (std::size_t p = 0; p < rules_.patterns.size(); ++p) {
      image_.wake_begin[p + 1] += image_.wake_begin[p];
    }
  }

  const ir::RuleSet& rules_;
  program::Image image_;
  ConditionEncoder conditions_;
};

}  // namespace

program::Image encode(const ir::RuleSet& rules) { return Encoder(rules).run(); }

}  // namespace modcore::compiler
