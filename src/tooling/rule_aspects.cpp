#include "tooling/rule_aspects.hpp"

#include <chrono>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace modcore::tooling {
namespace {

std::string duration(std::int64_t seconds) {
  for (const auto& [length, unit] : {std::pair(86400, "day"), std::pair(3600, "hour"), std::pair(60, "min")}) {
    if (seconds % length != 0 || seconds == 0) continue;
    const std::int64_t count = seconds / length;
    return fmt::format("{} {}{}", count, unit, count == 1 || length == 60 ? "" : "s");
  }
  return fmt::format("{} s", seconds);
}

std::string points(std::int64_t thousandths) { return fmt::format("{:g}", static_cast<double>(thousandths) / 1000); }

std::string instant(std::int64_t seconds) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

class Lister {
 public:
  explicit Lister(const ir::RuleSet& rules) : rules_(rules) {}

  Aspects rule(const ir::Rule& rule) && {
    text("category", rules_.categories[static_cast<std::size_t>(rule.category)].name);
    if (rule.verdict) text("verdict", std::string(ir::to_string(*rule.verdict)));
    if (rule.hide) text("hide", "true");
    text("severity", std::string(ir::to_string(rule.severity)));
    text("status", std::string(ir::to_string(rule.status)));
    if (rule.final) text("final", "true");
    for (const auto& [lang, words] : rule.title.entries) text(name("title", lang), words);
    for (const auto& [lang, words] : rule.reason.entries) text(name("reason", lang), words);
    text("guideline", rule.guideline);
    text("owner", rule.owner);
    text("meta", rule.meta);
    items("lang", {rule.languages.begin(), rule.languages.end()});
    if (rule.active_from) text("active_from", instant(*rule.active_from));
    if (rule.expires) text("expires", instant(*rule.expires));
    add_suppressions(rule);
    condition("when", rule.when);
    add_exemptions(rule);
    add_escalation(rule);
    add_score(rule);
    for (const ir::PatternId id : rule.patterns) group("$" + pattern(id).name, pattern(id));
    return std::move(out_);
  }

  Aspects policy(const api::Compilation& compilation) && {
    text("name", rules_.policy);
    items("languages", {rules_.languages.begin(), rules_.languages.end()});
    text("timezone", rules_.timezone.name);
    text("limits text_bytes", std::to_string(rules_.limits.text_bytes));
    text("limits matches", std::to_string(rules_.limits.matches));
    text("limits reached", rules_.limits.reached_allows ? "allow" : "flag");
    for (const ir::HostAttribute& attribute : rules_.host_attributes) {
      text("attribute " + attribute.name, std::string(ir::to_string(attribute.type)));
    }
    for (const ir::Category& category : rules_.categories) {
      std::string thresholds;
      for (const ir::Threshold& threshold : category.thresholds) {
        thresholds += fmt::format("{}{} {}", thresholds.empty() ? "" : ", ", ir::to_string(threshold.verdict), points(threshold.points));
      }
      text("thresholds " + category.name, thresholds);
      text("category " + category.name,
           fmt::format("route {}{}", route(category.route), category.suppressible ? "" : ", not suppressible"));
    }
    for (const ir::Route& one : rules_.routes) text("route " + one.name, terms(one.within, one.urgency));
    for (const ast::RuleFile& file : compilation.bundle.rule_files) {
      for (const ast::ListDeclaration& list : file.lists) {
        std::set<std::string> names;
        for (const ast::Name& item : list.items) names.insert(item.value);
        items(fmt::format("list {}/{}", file.pack, list.name.value), std::move(names));
      }
    }
    return std::move(out_);
  }

 private:
  static std::string name(std::string_view key, const std::string& lang) {
    return lang.empty() ? std::string(key) : fmt::format("{} {}", key, lang);
  }
  void text(const std::string& key, std::string value) {
    if (!value.empty()) out_[key] = {value, value, {}};
  }
  void items(const std::string& key, std::set<std::string> names) {
    if (names.empty()) return;
    std::string meaning;
    for (const std::string& one : names) meaning += one + '\n';
    out_[key] = {"", std::move(meaning), std::move(names)};
  }
  void condition(const std::string& key, const ir::Expr& expr) { out_[key] = {expr.text, ir::dump(rules_, expr), {}}; }

  [[nodiscard]] const ir::Pattern& pattern(ir::PatternId id) const { return rules_.patterns[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const std::string& route(ir::RouteId id) const { return rules_.routes[static_cast<std::size_t>(id)].name; }
  static std::string terms(std::optional<std::int64_t> within, std::optional<ir::Urgency> urgency) {
    std::string text = within ? "within " + duration(*within) : "";
    if (urgency) text += fmt::format("{}urgency {}", text.empty() ? "" : ", ", ir::to_string(*urgency));
    return text.empty() ? "declared" : text;
  }

  void add_suppressions(const ir::Rule& rule) {
    std::set<std::string> names;
    if (rule.suppresses_everything) names.insert("everything");
    for (const ir::RuleId id : rule.suppresses_rules) names.insert(rules_.rules[static_cast<std::size_t>(id)].id);
    for (const ir::CategoryId id : rule.suppresses_categories) {
      names.insert("category:" + rules_.categories[static_cast<std::size_t>(id)].name);
    }
    items("suppresses", std::move(names));
  }

  void add_exemptions(const ir::Rule& rule) {
    std::set<std::string> texts;
    std::string meaning;
    for (const ir::Expr& unless : rule.unless) {
      texts.insert(unless.text);
      meaning += ir::dump(rules_, unless) + '\n';
    }
    if (!texts.empty()) out_["unless"] = {"", std::move(meaning), std::move(texts)};
  }

  void add_escalation(const ir::Rule& rule) {
    if (!rule.escalate) return;
    text("escalate to", route(rule.escalate->to));
    if (rule.escalate->within) text("escalate within", duration(*rule.escalate->within));
    if (rule.escalate->urgency) text("escalate urgency", std::string(ir::to_string(*rule.escalate->urgency)));
    if (rule.escalate->condition) condition("escalate if", *rule.escalate->condition);
  }

  void add_score(const ir::Rule& rule) {
    if (!rule.score) return;
    text("score", points(rule.score->points));
    if (rule.score->per) condition("score per", *rule.score->per);
    if (rule.score->max) text("score max", points(*rule.score->max));
  }

  void group(const std::string& key, const ir::Pattern& pattern_) {
    std::set<std::string> names;
    std::string meaning;
    for (const ir::Item& item : pattern_.items) {
      names.insert(item.source);
      meaning += ir::meaning(item, pattern_.tolerance) + '\n';
    }
    out_[key] = {"", std::move(meaning), std::move(names)};
    text(key + " tolerance", std::string(ir::to_string(pattern_.tolerance)));
    text(key + " in", ir::to_string(rules_, pattern_.in));
    text(key + " at", fmt::format("{}{}", ir::to_string(pattern_.at), pattern_.unit == ir::Unit::line ? " of a line" : ""));
    items(key + " lang", {pattern_.languages.begin(), pattern_.languages.end()});
    if (pattern_.except != ir::no_pattern) group(key + " except", pattern(pattern_.except));
  }

  const ir::RuleSet& rules_;
  Aspects out_;
};

}  // namespace

Aspects aspects_of_rule(const ir::RuleSet& rules, const ir::Rule& rule) { return Lister(rules).rule(rule); }

Aspects aspects_of_policy(const api::Compilation& compilation) {
  return Lister(compilation.checked.rules).policy(compilation);
}

}  // namespace modcore::tooling
