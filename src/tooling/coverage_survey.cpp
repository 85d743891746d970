#include "tooling/coverage_survey.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace modcore::tooling {

namespace {

bool is_logic(program::Opcode opcode) {
  return opcode == program::Opcode::logic_and || opcode == program::Opcode::logic_or ||
         opcode == program::Opcode::logic_not;
}

// What a condition's node is in the file, by its text; the same text means the same.
class ExprIndex {
 public:
  explicit ExprIndex(const ir::Expr& expr) { add(expr); }
  [[nodiscard]] const ir::Expr* find(const std::string& text) const {
    const auto found = by_text_.find(text);
    return found == by_text_.end() ? nullptr : found->second;
  }

 private:
  void add(const ir::Expr& expr) {
    by_text_.emplace(expr.text, &expr);
    for (const ir::Expr& argument : expr.args) add(argument);
  }
  std::map<std::string, const ir::Expr*, std::less<>> by_text_;
};

// Content is never missing, nor is the clock, nor what has a default.
bool can_be_unknown(const ir::Expr& expr) {
  if (expr.op == ir::Op::is_missing || expr.op == ir::Op::coalesce) return false;
  if (expr.op == ir::Op::attribute) {
    const auto attribute = static_cast<ir::Attribute>(expr.attribute);
    return attribute != ir::Attribute::title && attribute != ir::Attribute::body &&
           attribute != ir::Attribute::attachment_names && attribute != ir::Attribute::now;
  }
  return std::ranges::any_of(expr.args, can_be_unknown);
}

// Lists what there is to see of a rule.
class Surveyor {
 public:
  Surveyor(const api::Compilation& compilation, std::uint32_t index, RuleCoverage& out, Watched& watched)
      : compilation_(compilation), image_(*compilation.engine->image), rule_(compilation.checked.rules.rules[index]),
        compiled_(image_.rules[index]), out_(out), watched_(watched) {}

  void run() {
    out_.rule = rule_.id;
    out_.category = image_.categories[static_cast<std::size_t>(rule_.category)].name;
    out_.guideline = rule_.guideline;
    out_.where = place(rule_.span);
    add_condition("when", rule_.when, compiled_.when);
    for (std::size_t i = 0; i < rule_.unless.size(); ++i) {
      const std::size_t exemption = out_.exemptions.size();
      out_.exemptions.push_back({"", rule_.unless[i].text, place(rule_.unless[i].span), 0});
      add_condition("unless", rule_.unless[i], compiled_.unless[i]);
      watched_.conditions.back().exemption = exemption;
    }
    if (rule_.escalate && rule_.escalate->condition) {
      add_condition("escalate", *rule_.escalate->condition, *compiled_.escalation->condition);
    }
    for (const std::string& language : rule_.languages) add_language(language);
    add_groups();
    if (out_.languages.size() == 1) out_.languages.clear();  // nothing to choose between
  }

 private:
  [[nodiscard]] Location place(source::Span span) const { return diag::locate(compilation_.sources, span); }

  void add_condition(std::string_view part, const ir::Expr& expr, const program::Fragment& fragment) {
    const ExprIndex exprs(expr);
    WatchedCondition condition{&fragment, {}, std::nullopt};
    std::set<std::string_view> seen;
    for (std::uint32_t i = fragment.nodes_begin; i < fragment.nodes_end; ++i) {
      const program::Node& node = image_.nodes[i];
      const program::Opcode opcode = image_.code[node.instruction].opcode;
      const bool root = i + 1 == fragment.nodes_end;
      if (node.type != ir::Type::boolean || opcode <= program::Opcode::push_set) continue;
      if ((is_logic(opcode) && !root) || !seen.insert(node.text).second) continue;
      const ir::Expr* source = exprs.find(node.text);
      BranchCoverage branch;
      branch.part = part;
      branch.text = node.text;
      branch.where = place(source != nullptr ? source->span : expr.span);
      branch.can_be_unknown = source != nullptr && can_be_unknown(*source);
      condition.nodes.push_back({node.instruction - fragment.begin, out_.branches.size()});
      out_.branches.push_back(std::move(branch));
    }
    watched_.conditions.push_back(std::move(condition));
  }

  std::optional<std::size_t> add_language(const std::string& language) {
    const auto same = std::ranges::find(out_.languages, language, &PartCoverage::name);
    if (same != out_.languages.end()) return static_cast<std::size_t>(same - out_.languages.begin());
    out_.languages.push_back({"", language, place(rule_.span), 0});
    return out_.languages.size() - 1;
  }

  void add_groups() {
    const ir::RuleSet& rules = compilation_.checked.rules;
    for (const ir::PatternId id : rule_.patterns) {
      const ir::Pattern& pattern = rules.patterns[static_cast<std::size_t>(id)];
      const std::size_t first = out_.items.size();
      for (const ir::Item& item : pattern.items) out_.items.push_back({pattern.name, item.source, place(item.span), 0});
      std::optional<std::size_t> exemption;
      if (pattern.except != ir::no_pattern) {
        exemption = out_.exemptions.size();
        const ir::Pattern& except = rules.patterns[static_cast<std::size_t>(pattern.except)];
        out_.exemptions.push_back({pattern.name, fmt::format("except of ${}", pattern.name), place(except.span), 0});
      }
      std::optional<std::size_t> language;
      if (pattern.languages.size() == 1) language = add_language(pattern.languages.front());
      for (std::uint32_t use = 0; use < image_.uses.size(); ++use) {
        if (image_.uses[use].pattern == id) watched_.uses.push_back({use, first, exemption, language});
      }
    }
  }

  const api::Compilation& compilation_;
  const program::Image& image_;
  const ir::Rule& rule_;
  const program::Rule& compiled_;
  RuleCoverage& out_;
  Watched& watched_;
};

}  // namespace

Watched survey(const api::Compilation& compilation, std::uint32_t rule, RuleCoverage& out) {
  Watched watched;
  Surveyor(compilation, rule, out, watched).run();
  return watched;
}

}  // namespace modcore::tooling
