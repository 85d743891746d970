// One rule: each key by its reader, then the keys that need or exclude each other.
#include "parse/rule_reader.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "parse/expression.hpp"
#include "parse/group_reader.hpp"
#include "parse/reading.hpp"
#include "parse/test_reader.hpp"

namespace modcore::parse {
namespace {

constexpr std::array<std::string_view, 7> inline_kinds{"words",   "phrases", "substrings", "regex",
                                                       "domains", "emoji",   "numbers"};
// What only a named group has.
constexpr std::array<std::string_view, 7> group_options{"list", "in",    "tolerance", "at",
                                                        "unit", "short", "except"};

class RuleReader {
 public:
  RuleReader(const YamlNode& node, Reporter& reporter) : node_(node), reporter_(reporter) {}

  ast::Rule read() {
    const std::size_t errors = reporter_.error_count();
    read_all();
    rule_.faulty = reporter_.error_count() != errors || holds_reported(node_);
    return std::move(rule_);
  }

 private:
  using Entry = const YamlEntry&;

  // Was something in it reported when the YAML was read?
  static bool holds_reported(const YamlNode& node) {
    return node.reported || std::any_of(node.items.begin(), node.items.end(), holds_reported) ||
           std::any_of(node.entries.begin(), node.entries.end(), [](Entry entry) {
             return holds_reported(entry.key) || holds_reported(entry.value);
           });
  }

  void read_all() {
    rule_.span = node_.span;
    if (node_.kind != YamlNode::Kind::map) {
      return report_kind(node_, "a rule", "a map of keys", reporter_);
    }
    if (const YamlEntry* id = node_.find("id"); id != nullptr && id->value.is_scalar()) {
      reporter_.enter_rule(id->value.text);
    }
    read_map(node_, "a rule", keys(), reporter_);
    check_id();
    check_patterns();
    check_verdict_keys();
    reporter_.leave_rule();
  }

  std::vector<KeyReader> keys() {
    std::vector<KeyReader> keys = metadata_keys();
    for (auto& key : logic_keys()) keys.push_back(std::move(key));
    for (const std::string_view kind : inline_kinds) {
      keys.push_back({kind, [this](Entry e) { inline_kind(e); }});
    }
    for (const std::string_view option : group_options) {
      // Known only so that the message can be better than "not a key of a rule".
      if (node_.find(option) != nullptr)
        keys.push_back({option, [this](Entry e) { misplaced_option(e); }});
    }
    return keys;
  }

  std::vector<KeyReader> metadata_keys() {
    return {
        {"id", [this](Entry e) { read_id(e); }},
        {"title", [this](Entry e) { rule_.title = read_localized(e.value, "`title`", reporter_); }},
        {"reason",
         [this](Entry e) { rule_.reason = read_localized(e.value, "`reason`", reporter_); }},
        {"category",
         [this](Entry e) { rule_.category = read_word(e.value, "`category`", reporter_); }},
        {"guideline",
         [this](Entry e) { rule_.guideline = read_text(e.value, "`guideline`", reporter_); }},
        {"owner", [this](Entry e) { rule_.owner = read_text(e.value, "`owner`", reporter_); }},
        {"meta", [this](Entry e) { rule_.meta = read_value(e.value); }},
        {"lang", [this](Entry e) { rule_.lang = read_words(e.value, "`lang`", reporter_); }},
        {"status", [this](Entry e) { rule_.status = read_word(e.value, "`status`", reporter_); }},
        {"active_from",
         [this](Entry e) { rule_.active_from = read_word(e.value, "`active_from`", reporter_); }},
        {"expires",
         [this](Entry e) { rule_.expires = read_word(e.value, "`expires`", reporter_); }},
        {"tests", [this](Entry e) { read_tests(e); }},
    };
  }

  std::vector<KeyReader> logic_keys() {
    return {
        {"patterns", [this](Entry e) { read_patterns(e); }},
        {"when", [this](Entry e) { rule_.when = parse_condition(e.value, budget_, reporter_); }},
        {"unless", [this](Entry e) { read_unless(e); }},
        {"verdict",
         [this](Entry e) { rule_.verdict = read_word(e.value, "`verdict`", reporter_); }},
        {"hide", [this](Entry e) { rule_.hide = read_boolean(e.value, "`hide`", reporter_); }},
        {"escalate", [this](Entry e) { rule_.escalate = read_escalate(e.value); }},
        {"score", [this](Entry e) { rule_.score = read_score(e.value); }},
        {"severity",
         [this](Entry e) { rule_.severity = read_word(e.value, "`severity`", reporter_); }},
        {"suppresses",
         [this](Entry e) { rule_.suppresses = read_words(e.value, "`suppresses`", reporter_); }},
        {"final", [this](Entry e) { rule_.final = read_boolean(e.value, "`final`", reporter_); }},
    };
  }

  void read_id(Entry e) {
    auto id = read_word(e.value, "`id`", reporter_);
    if (!id) return;
    rule_.id = std::move(*id);
    if (is_rule_id(rule_.id.value)) return;
    reporter_.report(
        diag::bad_identifier, rule_.id.span,
        {rule_.id.value, "rule", "ids are of a to z and 0 to 9, in parts joined by `.` or `-`"});
  }

  void inline_kind(Entry e) {
    if (!rule_.inline_group) {
      rule_.inline_group.emplace();
      rule_.inline_group->name = {"main", e.key.span};
      rule_.inline_group->span = e.key.span;
    }
    rule_.inline_group->kinds.push_back(read_item_list(e, *item_kind_of(e.key.text), reporter_));
    rule_.inline_group->span.begin = std::min(rule_.inline_group->span.begin, e.key.span.begin);
    rule_.inline_group->span.end = std::max(rule_.inline_group->span.end, e.value.span.end);
  }

  void misplaced_option(Entry e) {
    reporter_.report(diag::keys_do_not_fit, e.key.span,
                     {fmt::format("`{}` belongs to a named group of patterns", e.key.text),
                      "write `patterns: {name: {...}}` with the items and their options"});
  }

  void read_patterns(Entry e) {
    if (e.value.kind == YamlNode::Kind::map && e.value.entries.empty()) {
      reporter_.report(diag::empty_value, e.value.span, {"`patterns`"});
    }
    for_each_entry(e.value, "`patterns`", reporter_,
                   [this](Entry group) { rule_.groups.push_back(read_group(group, reporter_)); });
  }

  void read_unless(Entry e) {
    const auto add = [this](const YamlNode& node) {
      if (auto condition = parse_condition(node, budget_, reporter_))
        rule_.unless.push_back(std::move(*condition));
    };
    if (e.value.kind != YamlNode::Kind::sequence) return add(e.value);
    if (e.value.items.empty()) reporter_.report(diag::empty_value, e.value.span, {"`unless`"});
    for (const YamlNode& item : e.value.items) add(item);
  }

  void read_tests(Entry e) {
    RuleTests tests = read_rule_tests(e.value, reporter_);
    rule_.tests = std::move(tests.cases);
    rule_.mutations = std::move(tests.mutations);
  }

  std::optional<ast::Escalate> read_escalate(const YamlNode& node) {
    ast::Escalate escalate;
    escalate.span = node.span;
    read_map(
        node, "`escalate`",
        {{"to", [&](Entry e) { escalate.to = read_word(e.value, "`to`", reporter_); }},
         {"within", [&](Entry e) { escalate.within = read_word(e.value, "`within`", reporter_); }},
         {"urgency",
          [&](Entry e) { escalate.urgency = read_word(e.value, "`urgency`", reporter_); }},
         {"if",
          [&](Entry e) { escalate.condition = parse_condition(e.value, budget_, reporter_); }}},
        reporter_);
    if (node.kind != YamlNode::Kind::map) return std::nullopt;
    return escalate;
  }

  std::optional<ast::Score> read_score(const YamlNode& node) {
    ast::Score score;
    score.span = node.span;
    if (node.kind != YamlNode::Kind::map) {
      auto points = read_number(node, "`score`", reporter_);
      if (!points) return std::nullopt;
      score.points = std::move(*points);
      return score;
    }
    std::optional<ast::Name> points;
    read_map(node, "`score`",
             {{"points", [&](Entry e) { points = read_number(e.value, "`points`", reporter_); }},
              {"per", [&](Entry e) { score.per = parse_condition(e.value, budget_, reporter_); }},
              {"max", [&](Entry e) { score.max = read_number(e.value, "`max`", reporter_); }}},
             reporter_);
    if (node.find("points") == nullptr)
      reporter_.report(diag::missing_key, node.span, {"`score`", "points"});
    if (!points) return std::nullopt;
    score.points = std::move(*points);
    return score;
  }

  // ---- Keys together

  void check_id() {
    if (node_.find("id") != nullptr) return;
    reporter_.report(diag::missing_key, first_line(), {"the rule", "id"});
  }

  [[nodiscard]] source::Span first_line() const {
    return node_.entries.empty() ? node_.span : node_.entries.front().key.span;
  }

  void check_patterns() {
    const YamlEntry* patterns = node_.find("patterns");
    if (patterns != nullptr && rule_.inline_group) {
      reporter_
          .report(diag::keys_do_not_fit, patterns->key.span,
                  {fmt::format("`patterns` and `{}` do not mix", inline_key()->key.text),
                   "move the items to a group under `patterns`"})
          .label(inline_key()->key.span, "this is a group of its own");
    }
    const bool searches =
        patterns != nullptr || rule_.inline_group || node_.find("when") != nullptr;
    if (searches || node_.entries.empty() || has_unknown_key()) return;
    reporter_.report(diag::missing_key, first_line(), {"the rule", "when"})
        .help(
            "or what it searches for: words, phrases, substrings, regex, domains, emoji, numbers, "
            "patterns");
  }

  [[nodiscard]] const YamlEntry* inline_key() const {
    for (const std::string_view kind : inline_kinds) {
      if (const YamlEntry* entry = node_.find(kind)) return entry;
    }
    return nullptr;
  }

  // Probably `when` or a kind, misspelt and reported.
  [[nodiscard]] bool has_unknown_key() {
    const auto known = keys();
    return std::any_of(node_.entries.begin(), node_.entries.end(), [&](Entry entry) {
      return std::none_of(known.begin(), known.end(),
                          [&](const KeyReader& k) { return k.key == entry.key.text; });
    });
  }

  void check_verdict_keys() {
    const std::string verdict = rule_.verdict ? rule_.verdict->value : "";
    check_suppresses(verdict);
    if (!rule_.verdict || verdict == "escalate") return;
    const bool raised = rule_.escalate && node_.find("escalate")->value.find("if") != nullptr;
    if (rule_.hide && !raised) {
      misfit("hide",
             "`hide` says whether an escalated post is held, and this rule does not escalate",
             "`verdict: hide` hides");
    }
    if (rule_.escalate && !raised) {
      misfit("escalate",
             fmt::format("`escalate` without `if` belongs to `verdict: escalate`, not to `{}`",
                         verdict),
             "write `verdict: escalate`, or an `if` that raises this rule");
    }
  }

  void check_suppresses(const std::string& verdict) {
    const YamlEntry* suppresses = node_.find("suppresses");
    if (verdict == "allow" && suppresses == nullptr) {
      reporter_.report(diag::keys_do_not_fit, rule_.verdict->span,
                       {"an allow rule says what it suppresses",
                        "add `suppresses:` with rule ids, `category:x` or `everything`"});
    }
    if (verdict != "allow" && suppresses != nullptr) {
      misfit("suppresses", "only a rule with `verdict: allow` suppresses others",
             "remove it, or write `verdict: allow`");
    }
  }

  void misfit(std::string_view key, std::string_view message, std::string_view help) {
    reporter_.report(diag::keys_do_not_fit, node_.find(key)->key.span, {message, help});
  }

  const YamlNode& node_;
  Reporter& reporter_;
  ast::Rule rule_;
  ExpressionBudget budget_;
};

}  // namespace

ast::Rule read_rule(const YamlNode& node, Reporter& reporter) {
  return RuleReader(node, reporter).read();
}

}  // namespace modcore::parse
