#include "check/rules.hpp"

#include <algorithm>

#include "check/conditions.hpp"
#include "check/expr_text.hpp"
#include "check/meta.hpp"
#include "check/time.hpp"
#include "diag/catalogue.hpp"
#include "support/sort_unique.hpp"

namespace modcore::checker {
namespace {

using ir::Verdict;

class RuleChecker {
 public:
  RuleChecker(const EffectiveRule& rule, const Surroundings& around, ir::RuleSet& rules,
              diag::Sink& sink)
      : effective_(rule),
        rule_(*rule.rule),
        around_(around),
        rules_(rules),
        report_(sink, rule_.id.value) {}

  Draft run() {
    draft_.rule.id = rule_.id.value;
    draft_.rule.span = rule_.span;
    metadata();
    life();
    category();
    verdict();
    escalation();
    suppressions();
    conditions();
    return std::move(draft_);
  }

 private:
  // ---- Keys
  void metadata() {
    ir::Rule& out = draft_.rule;
    if (effective_.title) out.title = localized(*effective_.title);
    if (effective_.reason) out.reason = localized(*effective_.reason);
    if (effective_.guideline) guideline(*effective_.guideline);
    if (effective_.owner) out.owner = effective_.owner->value;
    if (rule_.meta) out.meta = to_json(*rule_.meta);
    out.languages = sorted_languages(report_, rule_.lang);
    if (effective_.severity) {
      out.severity = choose<ir::Severity, 5>(report_, *effective_.severity, "severity")
                         .value_or(ir::Severity::medium);
    }
    out.final = effective_.final && effective_.final->value;
  }

  ir::LocalizedText localized(const ast::LocalizedText& text) {
    ir::LocalizedText result;
    for (const auto& [lang, words] : text.entries) {
      if (lang.value.empty()) {
        result.entries.emplace("", words.value);
      } else if (const auto tag = language_tag(report_, lang)) {
        result.entries.emplace(*tag, words.value);
      }
    }
    return result;
  }

  // Where neither the policy nor the rule's own pack lists clauses, any is accepted.
  void guideline(const ast::Name& name) {
    draft_.rule.guideline = name.value;
    if (!around_.bundle.guidelines) return;
    bool listed = false;
    std::vector<std::string_view> known;
    for (const ast::GuidelineClause& clause : around_.bundle.guidelines->clauses) {
      listed = listed || clause.pack.empty() || clause.pack == effective_.file->pack;
      known.push_back(clause.id.value);
    }
    if (listed && std::ranges::count(known, name.value) == 0) {
      report_(diag::clause_unknown, name.span, {name.value})
          .suggest(name.span, diag::nearest(name.value, known));
    }
  }

  void life() {
    ir::Rule& out = draft_.rule;
    if (effective_.status) {
      out.status =
          choose<ir::Status, 3>(report_, *effective_.status, "status").value_or(ir::Status::active);
    }
    const InForce& in_force = effective_.in_force;
    if (in_force.never()) out.status = ir::Status::off;
    if (!in_force.never() && out.status == ir::Status::off) out.status = ir::Status::active;
    const ir::TimeZone& zone = around_.policy.timezone;
    if (effective_.active_from) {
      const auto date = parse_date(report_, *effective_.active_from, zone);
      if (date) out.active_from = date->begin;
    }
    if (effective_.expires) {
      const auto date = parse_date(report_, *effective_.expires, zone);
      if (date) out.expires = date->end;
    }
    if (out.active_from && out.expires && *out.expires <= *out.active_from) {
      report_(diag::never_in_force, effective_.expires->span, {effective_.rule->id.value})
          .severity(Severity::error);
    }
    if (in_force.never()) return;
    if (in_force.begin != INT64_MIN) {
      out.active_from = std::max(out.active_from.value_or(in_force.begin), in_force.begin);
    }
    if (in_force.end != INT64_MAX) {
      out.expires = std::min(out.expires.value_or(in_force.end), in_force.end);
    }
  }

  void category() {
    if (!effective_.category) {
      if (rule_.faulty) return;
      report_(diag::missing_key, rule_.id.span, {"a rule", "category"})
          .help("write `category: spam` above `rules:`, or in the rule");
      return;
    }
    if (around_.policy.check_category(report_, *effective_.category)) {
      draft_.category = effective_.category->value;
    }
  }

  [[nodiscard]] const CategorySettings* settings() const {
    const auto found = around_.policy.categories.find(draft_.category);
    return found != around_.policy.categories.end() ? &found->second : nullptr;
  }

  void verdict() {
    if (effective_.verdict) {
      draft_.rule.verdict = choose<Verdict, 4>(report_, *effective_.verdict, "verdict");
    } else if (!effective_.score && settings() != nullptr) {
      draft_.rule.verdict = settings()->default_verdict;
    }
  }

  void escalation() {
    ir::Rule& out = draft_.rule;
    const bool escalates = out.verdict == Verdict::escalate;
    const bool raises = rule_.escalate && rule_.escalate->condition;
    out.hide = effective_.hide ? effective_.hide->value : escalates || out.verdict == Verdict::hide;
    if (effective_.hide && !escalates && !raises && !rule_.faulty) {
      report_(diag::keys_do_not_fit, effective_.hide->span,
              {"`hide` says whether a post is held while it is escalated",
               "it belongs to `verdict: escalate` or `escalate: {if: ...}`"});
    }
    if (rule_.escalate && !escalates && !raises && !rule_.faulty) {
      report_(diag::keys_do_not_fit, rule_.escalate->span,
              {"`escalate` without `if` belongs to `verdict: escalate`",
               "write `verdict: escalate`, or say `if` what raises the verdict"});
    }
    if (escalates || raises) out.escalate = escalate_terms();
  }

  // What the rule leaves open, its category and route say.
  ir::Escalate escalate_terms() {
    ir::Escalate terms;
    draft_.route = default_route;
    if (settings() != nullptr && settings()->route) draft_.route = settings()->route->value;
    const Rare<ast::Escalate>& written = rule_.escalate;
    if (written && written->to && around_.policy.check_route(report_, *written->to)) {
      draft_.route = written->to->value;
    }
    if (const auto route = around_.policy.routes.find(draft_.route);
        route != around_.policy.routes.end()) {
      terms.within = route->second.within;
      terms.urgency = route->second.urgency;
    }
    if (written && written->within) terms.within = parse_duration(report_, *written->within);
    if (written && written->urgency) {
      terms.urgency = choose<ir::Urgency, 4>(report_, *written->urgency, "urgency");
    }
    return terms;
  }

  void suppressions() {
    const bool allows = draft_.rule.verdict == Verdict::allow;
    if (rule_.faulty) return;
    if (allows && rule_.suppresses.empty()) {
      report_(diag::missing_key, effective_.verdict->span, {"a rule that allows", "suppresses"})
          .help("name the rules it spares, `category:spam`, or `everything`");
    } else if (!allows && !rule_.suppresses.empty()) {
      report_(diag::keys_do_not_fit, rule_.suppresses.front().span,
              {"only a rule with `verdict: allow` suppresses others",
               "use `unless` in the other rule, or `verdict: allow` here"});
    }
    for (const ast::Name& target : rule_.suppresses) suppress(target);
    sort_unique(draft_.rule.suppresses_rules);
  }

  void suppress(const ast::Name& target) {
    constexpr std::string_view prefix = "category:";
    if (target.value == "everything") {
      draft_.rule.suppresses_everything = true;
    } else if (target.value.starts_with(prefix)) {
      ast::Name category{target.value.substr(prefix.size()), target.span};
      category.span.begin += static_cast<std::uint32_t>(
          std::min<std::size_t>(prefix.size(), target.span.end - target.span.begin));
      if (around_.policy.check_category(report_, category)) {
        draft_.suppresses_categories.push_back(category.value);
      }
    } else if (const auto rule = around_.numbers.find(target.value);
               rule != around_.numbers.end()) {
      draft_.rule.suppresses_rules.push_back(rule->second);
    } else {
      std::vector<std::string_view> known{"everything"};
      for (const auto& entry : around_.numbers) known.push_back(entry.first);
      report_unknown(report_, "rule", target, known);
    }
  }

  // ---- Patterns and conditions
  void conditions() {
    Pack& pack = around_.packs[effective_.file->pack];
    const auto first = rules_.patterns.size();
    const PatternNames patterns = add_groups(report_, rule_, around_.numbers.at(rule_.id.value),
                                             around_.fields, pack, rules_.patterns);
    for (std::size_t index = first; index < rules_.patterns.size(); ++index) {
      if (!rules_.patterns[index].is_except) {
        draft_.rule.patterns.push_back(static_cast<ir::PatternId>(index));
      }
    }
    ConditionChecker checker(report_, {around_.fields, pack, rules_, &patterns});
    const bool readable = when(checker, patterns);
    const bool exempts = unless(checker);
    const bool raises = raise(checker);
    const bool scores = score(checker);
    if (!readable || !exempts || !raises || !scores || rule_.faulty) return;
    if (effective_.when != nullptr) report_unused_patterns(checker.used_patterns());
  }

  bool when(ConditionChecker& checker, const PatternNames& patterns) {
    if (effective_.when == nullptr) {
      if (patterns.empty() && rule_.faulty) return false;
      if (patterns.empty()) {
        report_(diag::missing_key, rule_.id.span, {"a rule", "when"})
            .help("say what it looks for: `phrases`, `words`, `domains`..., or a condition");
        return false;
      }
      draft_.rule.when = checker.any_pattern(rule_.id.span);
      return true;
    }
    auto condition = checker.condition(*effective_.when);
    if (!condition) return false;
    if (rule_.inline_group) {
      const Origin origin{effective_.when->span,
                          "$main and " + as_operand_of_and(*effective_.when)};
      std::vector<ir::Expr> both =
          operands(checker.any_pattern(rule_.id.span), std::move(*condition));
      condition = combine(rules_, ir::Op::logic_and, std::move(both), origin);
    }
    draft_.rule.when = std::move(*condition);
    return true;
  }

  bool unless(ConditionChecker& checker) {
    bool good = true;
    std::vector<std::pair<std::string, ir::Expr>> exemptions;
    for (const ast::Expr& expr : rule_.unless) {
      auto condition = checker.condition(expr);
      good = good && condition;
      if (condition) {
        std::string key = dump(rules_, *condition);
        exemptions.emplace_back(std::move(key), std::move(*condition));
      }
    }
    sort_unique(exemptions, &std::pair<std::string, ir::Expr>::first);
    for (auto& entry : exemptions) draft_.rule.unless.push_back(std::move(entry.second));
    return good;
  }

  bool raise(ConditionChecker& checker) {
    if (!rule_.escalate || !rule_.escalate->condition) return true;
    auto condition = checker.condition(*rule_.escalate->condition);
    if (condition) draft_.rule.escalate->condition = std::move(*condition);
    return condition.has_value();
  }

  bool score(ConditionChecker& checker) {
    if (!effective_.score) return true;
    const ast::Score& written = *effective_.score;
    ir::Score& out = draft_.rule.score.emplace();
    const auto points = parse_points(report_, written.points);
    out.points = points.value_or(0);
    bool good = points.has_value();
    if (written.per) {
      auto per = checker.quantity(*written.per);
      good = good && per;
      if (per) out.per = std::move(*per);
    }
    if (written.max) {
      out.max = parse_points(report_, *written.max);
      good = good && out.max;
    }
    return good;
  }

  void report_unused_patterns(const std::set<std::string>& used) {
    for (const ast::Group& group : rule_.groups) {
      if (used.contains(group.name.value)) continue;
      report_(diag::unused, group.name.span, {"pattern", "$" + group.name.value})
          .severity(Severity::error)
          .help("use it in `when`, `unless`, `score` or `escalate`, or remove it");
    }
  }

  const EffectiveRule& effective_;
  const ast::Rule& rule_;
  const Surroundings& around_;
  ir::RuleSet& rules_;
  Reporter report_;
  Draft draft_;
};

}  // namespace

Draft check_rule(const EffectiveRule& rule, const Surroundings& around, ir::RuleSet& rules,
                 diag::Sink& sink) {
  return RuleChecker(rule, around, rules, sink).run();
}

}  // namespace modcore::checker
