#include "check/overrides.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "check/time.hpp"
#include "diag/catalogue.hpp"

namespace modcore::checker {
namespace {

using TextKey = std::optional<ast::Name> EffectiveRule::*;
using BoolKey = std::optional<ast::Spanned<bool>> EffectiveRule::*;
using LocalizedKey = std::optional<ast::LocalizedText> EffectiveRule::*;

template <typename Key>
using NamedKey = std::pair<std::string_view, Key>;

constexpr std::array text_keys{NamedKey<TextKey>{"active_from", &EffectiveRule::active_from},
                               NamedKey<TextKey>{"category", &EffectiveRule::category},
                               NamedKey<TextKey>{"expires", &EffectiveRule::expires},
                               NamedKey<TextKey>{"guideline", &EffectiveRule::guideline},
                               NamedKey<TextKey>{"owner", &EffectiveRule::owner},
                               NamedKey<TextKey>{"severity", &EffectiveRule::severity},
                               NamedKey<TextKey>{"status", &EffectiveRule::status},
                               NamedKey<TextKey>{"verdict", &EffectiveRule::verdict}};
constexpr std::array bool_keys{NamedKey<BoolKey>{"final", &EffectiveRule::final},
                               NamedKey<BoolKey>{"hide", &EffectiveRule::hide}};
constexpr std::array localized_keys{NamedKey<LocalizedKey>{"reason", &EffectiveRule::reason},
                                    NamedKey<LocalizedKey>{"title", &EffectiveRule::title}};

template <typename Keys>
auto find_key(const Keys& keys, std::string_view name) -> decltype(&keys.front().second) {
  const auto found = std::ranges::find(keys, name, [](const auto& key) { return key.first; });
  return found != keys.end() ? &found->second : nullptr;
}

std::string_view kind_name(const ast::Value& value) {
  constexpr std::array<std::string_view, 7> names{
      "nothing", "true or false", "a number", "a number", "text", "a list", "a map"};
  return names[static_cast<std::size_t>(value.kind)];
}

bool is_text(const ast::Value& value) {
  using Kind = ast::Value::Kind;
  return value.kind == Kind::text || value.kind == Kind::integer || value.kind == Kind::number;
}

std::optional<ast::LocalizedText> localized(const ast::Value& value) {
  ast::LocalizedText text;
  text.span = value.span;
  if (is_text(value)) text.entries.emplace_back(ast::Name{}, ast::Name{value.text, value.span});
  for (const auto& [lang, words] : value.entries) {
    if (!is_text(words)) return std::nullopt;
    text.entries.emplace_back(lang, ast::Name{words.text, words.span});
  }
  return text.entries.empty() ? std::nullopt : std::optional(text);
}

class Overrider {
 public:
  Overrider(const Policy& policy, diag::Sink& sink) : policy_(policy), report_(sink) {}

  void apply(std::vector<EffectiveRule>& rules) {
    for (const ast::Override* override_ : policy_.overrides) {
      if (override_->target != ast::Override::Target::rule) continue;
      const auto rule = std::ranges::lower_bound(rules, override_->name.value, {}, id_of);
      if (rule != rules.end() && id_of(*rule) == override_->name.value) {
        apply(*override_, *rule);
        continue;
      }
      std::vector<std::string_view> ids;
      std::ranges::transform(rules, std::back_inserter(ids), id_of);
      report_unknown(report_, "rule", override_->name, ids);
    }
  }

  static std::string_view id_of(const EffectiveRule& rule) { return rule.rule->id.value; }

 private:
  void apply(const ast::Override& override_, EffectiveRule& rule) {
    const Reporter report(report_.sink(), id_of(rule));
    for (const auto& [key, value] : override_.set) {
      if (first_to_set(key, rule, override_)) set(report, rule, key, value);
    }
    if (override_.expression && first_to_set({"when", override_.expression->span}, rule, override_)) {
      rule.when = &*override_.expression;
    }
    if (override_.disable &&
        first_to_set({"disable", override_.disable->span}, rule, override_)) {
      disable(report, rule, override_);
    }
  }

  // Overrides of one file have no order, so two of them may not set one key, nor
  // one the status of a rule that the other disables.
  bool first_to_set(const ast::Name& key, const EffectiveRule& rule,
                    const ast::Override& override_) {
    const std::string slot = key.value == "disable" ? "status" : key.value;
    const auto [first, added] = set_.try_emplace({rule.rule, slot}, Setting{&override_, key.span});
    const Setting earlier = first->second;
    first->second = {&override_, key.span};
    const bool own = earlier.by == &override_ || earlier.by->span.source != override_.span.source;
    if (added || own) return true;
    report_(diag::duplicate_key, key.span, {key.value}).label(earlier.where, "set here as well");
    return false;
  }

  // What `disable` says holds until its date; then what it replaced holds again.
  void disable(const Reporter& report, EffectiveRule& rule, const ast::Override& override_) {
    const bool off = override_.disable->value;
    const std::optional<std::int64_t> until = end_of(report, override_);
    const InForce before = rule.in_force;
    if (off) {
      rule.in_force.begin = until ? std::max(before.begin, *until) : INT64_MAX;
    } else if (!until) {
      rule.in_force = {};
    } else if (before.never() || before.begin <= *until) {
      rule.in_force = {INT64_MIN, before.never() ? *until : std::max(before.end, *until)};
    } else {
      report(diag::keys_do_not_fit, override_.until->span,
             {"the rule is disabled again from this day to a later one",
              "leave `until` out, or give the later day"});
    }
    if (rule.in_force != before && !(before.never() && rule.in_force.never())) return;
    report(diag::override_no_effect, override_.disable->span,
           {off ? "the rule is off already" : "the rule is not off"});
  }

  std::optional<std::int64_t> end_of(const Reporter& report, const ast::Override& override_) const {
    if (!override_.until) return std::nullopt;
    const auto instants = parse_date(report, *override_.until, policy_.timezone);
    return instants ? std::optional(instants->end) : std::nullopt;
  }

  void set(const Reporter& report, EffectiveRule& rule, const ast::Name& key,
           const ast::Value& value) {
    if (const TextKey* text = find_key(text_keys, key.value)) {
      if (expect(report, is_text(value), key, value, "text")) {
        replace(report, rule.**text, {value.text, value.span});
        if (key.value == "status") rule.in_force = value.text == "off" ? never_in_force : InForce{};
      }
    } else if (const BoolKey* flag = find_key(bool_keys, key.value)) {
      if (expect(report, value.kind == ast::Value::Kind::boolean, key, value, "true or false")) {
        replace(report, rule.**flag, {value.boolean, value.span});
      }
    } else if (const LocalizedKey* words = find_key(localized_keys, key.value)) {
      auto text_value = localized(value);
      if (expect(report, text_value.has_value(), key, value, "text or a map of languages")) {
        rule.** words = std::move(text_value);
      }
    } else if (key.value == "score") {
      if (expect(report, is_text(value), key, value, "a number")) set_score(report, rule, value);
    } else {
      report(diag::unknown_key, key.span,
             {key.value, "an override of a rule",
              "active_from, category, expires, final, guideline, hide, owner, reason, score, "
              "severity, status, title, verdict, when"});
    }
  }

  static bool expect(const Reporter& report, bool good, const ast::Name& key,
                     const ast::Value& value, std::string_view expected) {
    if (!good) {
      report(diag::wrong_node_kind, value.span,
             {"`" + key.value + "`", expected, kind_name(value)});
    }
    return good;
  }

  template <typename T>
  static void replace(const Reporter& report, std::optional<ast::Spanned<T>>& old,
                      ast::Spanned<T> value) {
    if (old && old->value == value.value) {
      report(diag::override_no_effect, value.span, {"this is the rule's own value"});
    }
    old = std::move(value);
  }

  // Only the points: what they are counted by stays.
  static void set_score(const Reporter& report, EffectiveRule& rule, const ast::Value& value) {
    if (!rule.score) rule.score.emplace().span = value.span;
    if (rule.score->points.value == value.text) {
      report(diag::override_no_effect, value.span, {"this is the rule's own value"});
    }
    rule.score->points = {value.text, value.span};
  }

  struct Setting {
    const ast::Override* by;
    Span where;
  };

  const Policy& policy_;
  Reporter report_;
  std::map<std::pair<const ast::Rule*, std::string>, Setting> set_;
};

EffectiveRule effective(const ast::Rule& rule, const ast::RuleFile& file) {
  EffectiveRule result;
  result.rule = &rule;
  result.file = &file;
  result.title = rule.title;
  result.reason = rule.reason;
  result.category = rule.category ? rule.category : file.category;
  result.guideline = rule.guideline;
  result.owner = rule.owner;
  result.status = rule.status;
  result.active_from = rule.active_from;
  result.expires = rule.expires;
  result.verdict = rule.verdict;
  result.severity = rule.severity;
  result.hide = rule.hide;
  result.final = rule.final;
  result.score = rule.score;
  if (rule.status && rule.status->value == "off") result.in_force = never_in_force;
  result.when = rule.when ? &*rule.when : nullptr;
  if (!result.category && file.category_declaration) {
    result.category = file.category_declaration->name;
  }
  return result;
}

struct Written {
  const ast::Rule* rule = nullptr;
  const ast::RuleFile* file = nullptr;
};

// Where the first of two equal ids stands must not depend on the order of files.
bool comes_first(const Written& a, const Written& b) {
  const auto key = [](const Written& written) {
    const ast::Name& id = written.rule->id;
    return std::tuple(std::string_view(id.value), id.span.source, id.span.begin);
  };
  return key(a) < key(b);
}

}  // namespace

std::vector<EffectiveRule> gather_rules(const ast::Bundle& bundle, const Policy& policy,
                                        diag::Sink& sink) {
  std::vector<Written> all;
  for (const ast::RuleFile& file : bundle.rule_files) {
    for (const ast::Rule& rule : file.rules) all.push_back({&rule, &file});
  }
  std::ranges::sort(all, comes_first);
  std::vector<EffectiveRule> rules;
  rules.reserve(all.size());
  for (const Written& written : all) {
    const ast::Name& id = written.rule->id;
    if (!rules.empty() && Overrider::id_of(rules.back()) == id.value) {
      sink.report(diag::duplicate_id, id.span, {"rule", id.value})
          .rule(id.value)
          .label(rules.back().rule->id.span, "the first one")
          .help("give this one another id, or remove it if it is the same rule");
      continue;
    }
    rules.push_back(effective(*written.rule, *written.file));
  }
  Overrider(policy, sink).apply(rules);
  return rules;
}

}  // namespace modcore::checker
