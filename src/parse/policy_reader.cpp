#include "parse/policy_reader.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "parse/declaration_reader.hpp"
#include "parse/expression.hpp"
#include "parse/reading.hpp"

namespace modcore::parse {
namespace {

using Entry = const YamlEntry&;

class OverrideReader {
 public:
  OverrideReader(const YamlNode& node, Reporter& reporter) : node_(node), reporter_(reporter) {}

  std::optional<ast::Override> read() {
    override_.span = node_.span;
    read_map(
        node_, "an override",
        {{"rule", [this](Entry e) { target(e, ast::Override::Target::rule); }},
         {"list", [this](Entry e) { target(e, ast::Override::Target::list); }},
         {"macro", [this](Entry e) { target(e, ast::Override::Target::macro); }},
         {"set", [](Entry) {}},  // means what its target makes of it: see set()
         {"append",
          [this](Entry e) { override_.append = read_items(e.value, "an item", true, reporter_); }},
         {"remove",
          [this](Entry e) { override_.remove = read_items(e.value, "an item", true, reporter_); }},
         {"disable",
          [this](Entry e) { override_.disable = read_boolean(e.value, "`disable`", reporter_); }},
         {"until", [this](Entry e) { override_.until = read_word(e.value, "`until`", reporter_); }},
         {"because",
          [this](Entry e) { override_.because = read_text(e.value, "`because`", reporter_); }}},
        reporter_);
    if (node_.kind != YamlNode::Kind::map || !one_target()) return std::nullopt;
    if (const YamlEntry* given = node_.find("set")) set(given->value);
    check_keys();
    return std::move(override_);
  }

 private:
  void target(Entry e, ast::Override::Target kind) {
    ++targets_;
    if (auto name = read_word(e.value, fmt::format("`{}`", e.key.text), reporter_)) {
      override_.target = kind;
      override_.name = std::move(*name);
    }
  }

  bool one_target() {
    if (targets_ == 0) {
      reporter_.report(diag::missing_key, first_key(), {"the override", "rule"})
          .help("or `list:`, or `macro:`");
    } else if (targets_ > 1) {
      reporter_.report(
          diag::keys_do_not_fit, first_key(),
          {"an override has one target", "write one override for each rule, list or macro"});
    }
    return targets_ == 1 && !override_.name.value.empty();
  }

  [[nodiscard]] source::Span first_key() const {
    return node_.entries.empty() ? node_.span : node_.entries.front().key.span;
  }

  // Of a macro the expression, of a rule its keys.
  void set(const YamlNode& node) {
    if (override_.target == ast::Override::Target::macro) {
      override_.expression = parse_condition(node, budget_, reporter_);
      return;
    }
    if (override_.target == ast::Override::Target::list) {
      reporter_.report(
          diag::keys_do_not_fit, node.span,
          {"`set` replaces keys of a rule or a macro", "a list has `append` and `remove`"});
      return;
    }
    for_each_entry(node, "`set`", reporter_, [this](Entry e) { set_key(e); });
  }

  void set_key(Entry e) {
    if (e.key.text == "when") {
      override_.expression = parse_condition(e.value, budget_, reporter_);
    } else if (!e.value.is_scalar()) {
      report_kind(e.value, fmt::format("`{}`", e.key.text), "a single value", reporter_);
    } else if (!e.value.reported) {
      override_.set.push_back({name_of(e.key), read_value(e.value)});
    }
  }

  void check_keys() {
    if (override_.target != ast::Override::Target::list) {
      refuse("append", "`append` changes lists", "name the list: `list: pack/name`");
      refuse("remove", "`remove` changes lists", "name the list: `list: pack/name`");
    }
    if (override_.target != ast::Override::Target::rule) {
      refuse("disable", "`disable` turns off rules", "name the rule: `rule: spam.caps`");
    }
    if (override_.until && !override_.disable && node_.find("disable") == nullptr) {
      reporter_.report(diag::keys_do_not_fit, override_.until->span,
                       {"`until` says when `disable` ends", "add `disable: true`"});
    }
    static constexpr std::array<std::string_view, 4> actions{"set", "append", "remove", "disable"};
    for (const std::string_view action : actions) {
      if (node_.find(action) != nullptr) return;
    }
    if (node_.find("until") == nullptr) {
      reporter_.report(diag::missing_key, first_key(), {"the override", "set"})
          .help("or `append:`, `remove:`, `disable:`");
    }
  }

  void refuse(std::string_view key, std::string_view why, std::string_view instead) {
    if (const YamlEntry* given = node_.find(key)) {
      reporter_.report(diag::keys_do_not_fit, given->key.span, {why, instead});
    }
  }

  const YamlNode& node_;
  Reporter& reporter_;
  ast::Override override_;
  ExpressionBudget budget_;
  int targets_ = 0;
};

class PolicyReader {
 public:
  explicit PolicyReader(Reporter& reporter) : reporter_(reporter) {}

  ast::PolicyFile read(const YamlNode& root) {
    read_map(
        root, "a policy",
        {{"modcore", [](Entry) {}},
         {"policy", [this](Entry e) { name(e.value); }},
         {"languages",
          [this](Entry e) { policy_.languages = read_words(e.value, "`languages`", reporter_); }},
         {"timezone",
          [this](Entry e) { policy_.timezone = read_word(e.value, "`timezone`", reporter_); }},
         {"packs", [this](Entry e) { packs(e.value); }},
         {"preset",
          [this](Entry e) { policy_.preset = read_word(e.value, "`preset`", reporter_); }},
         {"guidelines",
          [this](Entry e) { policy_.guidelines = read_word(e.value, "`guidelines`", reporter_); }},
         {"context",
          [this](Entry e) { policy_.context = read_word(e.value, "`context`", reporter_); }},
         {"categories", [this](Entry e) { categories(e.value); }},
         {"thresholds", [this](Entry e) { thresholds(e.value); }},
         {"routes", [this](Entry e) { routes(e.value); }},
         {"overrides", [this](Entry e) { overrides(e.value); }},
         {"limits", [this](Entry e) { limits(e.value); }},
         {"meta", [](Entry) {}}},
        reporter_);
    return std::move(policy_);
  }

 private:
  void name(const YamlNode& node) {
    if (auto name = read_text(node, "`policy`", reporter_)) policy_.name = std::move(*name);
  }

  void packs(const YamlNode& node) {
    policy_.packs_given = true;
    const bool none = node.kind == YamlNode::Kind::sequence && node.items.empty();
    if (!none) policy_.packs = read_words(node, "`packs`", reporter_);
  }

  void categories(const YamlNode& node) {
    for_each_entry(node, "`categories`", reporter_, [this](Entry e) {
      check_name(e.key, "category", true, reporter_);
      if (auto category = read_category(e.value, name_of(e.key), reporter_)) {
        policy_.categories.push_back(std::move(*category));
      }
    });
  }

  void thresholds(const YamlNode& node) {
    for_each_entry(node, "`thresholds`", reporter_, [this](Entry e) {
      ast::Thresholds thresholds;
      thresholds.category = name_of(e.key);
      for_each_entry(
          e.value, fmt::format("the thresholds of `{}`", e.key.text), reporter_,
          [&](Entry threshold) {
            auto points =
                read_number(threshold.value, fmt::format("`{}`", threshold.key.text), reporter_);
            if (points)
              thresholds.verdicts.emplace_back(name_of(threshold.key), std::move(*points));
          });
      policy_.thresholds.push_back(std::move(thresholds));
    });
  }

  void routes(const YamlNode& node) {
    for_each_entry(node, "`routes`", reporter_, [this](Entry e) {
      check_name(e.key, "route", true, reporter_);
      policy_.routes.push_back(route(e));
    });
  }

  ast::RouteDeclaration route(Entry entry) {
    ast::RouteDeclaration route;
    route.name = name_of(entry.key);
    read_map(
        entry.value, "a route",
        {{"title", [&](Entry e) { route.title = read_localized(e.value, "`title`", reporter_); }},
         {"within", [&](Entry e) { route.within = read_word(e.value, "`within`", reporter_); }},
         {"urgency", [&](Entry e) { route.urgency = read_word(e.value, "`urgency`", reporter_); }}},
        reporter_);
    ast::Value extra = read_value(entry.value);
    std::erase_if(extra.entries,
                  [](const auto& field) { return !field.first.value.starts_with("x-"); });
    if (!extra.entries.empty()) route.extra = std::move(extra);
    return route;
  }

  void overrides(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::sequence)
      return report_kind(node, "`overrides`", "a list of overrides", reporter_);
    for (const YamlNode& item : node.items) {
      if (auto change = OverrideReader(item, reporter_).read())
        policy_.overrides.push_back(std::move(*change));
    }
  }

  void limits(const YamlNode& node) {
    read_map(node, "`limits`",
             {{"text_bytes",
               [this](Entry e) {
                 policy_.text_bytes = read_number(e.value, "`text_bytes`", reporter_);
               }},
              {"matches",
               [this](Entry e) { policy_.matches = read_number(e.value, "`matches`", reporter_); }},
              {"reached",
               [this](Entry e) {
                 policy_.limits_reached = read_word(e.value, "`reached`", reporter_);
               }}},
             reporter_);
  }

  Reporter& reporter_;
  ast::PolicyFile policy_;
};

}  // namespace

ast::PolicyFile read_policy(const YamlNode& root, Reporter& reporter) {
  return PolicyReader(reporter).read(root);
}

}  // namespace modcore::parse
