// What the rules ask of the host, and what it lets posts cost.
#include <algorithm>
#include <set>

#include "diag/catalogue.hpp"
#include "lint/style/parts.hpp"

namespace modcore::lint::style {
namespace {

constexpr std::uint32_t ample_text = 1U << 20U;
constexpr std::uint32_t ample_matches = 100'000;

// Which host attributes conditions and patterns read.
class UsedAttributes {
 public:
  explicit UsedAttributes(const ir::RuleSet& rules) : rules_(rules) {
    for (const ir::Pattern& pattern : rules.patterns) add(pattern.in);
    for (const ir::Rule& rule : rules.rules) {
      add(rule.when);
      for (const ir::Expr& condition : rule.unless) add(condition);
      if (rule.score && rule.score->per) add(*rule.score->per);
      if (rule.escalate && rule.escalate->condition) add(*rule.escalate->condition);
    }
  }

  [[nodiscard]] bool has(const std::string& name) const { return names_.contains(name); }

 private:
  void add(const ir::Expr& expr) {
    const bool reads = expr.op == ir::Op::attribute || expr.op == ir::Op::is_missing;
    const auto first = static_cast<std::uint16_t>(ir::Attribute::first_host);
    if (reads && expr.attribute >= first) {
      names_.insert(rules_.host_attributes[expr.attribute - first].name);
    }
    add(expr.fields);
    add(expr.other_fields);
    for (const ir::PatternUse& use : expr.uses) add(use.fields);
    for (const ir::Expr& arg : expr.args) add(arg);
  }

  void add(ir::FieldSet fields) {
    for (const ir::HostAttribute& attribute : rules_.host_attributes) {
      if (attribute.text && fields.has(*attribute.text)) names_.insert(attribute.name);
    }
  }

  const ir::RuleSet& rules_;
  std::set<std::string> names_;
};

void report_attributes(const std::vector<ast::AttributeDeclaration>& declared,
                       const UsedAttributes& used, const StyleInput& input) {
  for (const ast::AttributeDeclaration& attribute : declared) {
    const std::string& name = attribute.name.value;
    const bool missing =
        !input.given.empty() && std::ranges::count(input.given, name) == 0;
    if (!used.has(name)) {
      input.sink.report(diag::host_attribute_unused, attribute.name.span, {name});
    } else if (missing) {
      input.sink.report(diag::host_attribute_missing, attribute.name.span, {name});
    }
  }
}

void report_limit(const std::optional<ast::Name>& written, std::string_view key, std::uint32_t value,
                  std::uint32_t ample, const StyleInput& input) {
  if (!written || value <= ample) return;
  input.sink.report(diag::limits_too_loose, written->span, {key, written->value, std::to_string(ample)});
}

}  // namespace

void report_host(const StyleInput& input) {
  const UsedAttributes used(input.rules);
  for (const ast::ContextFile& context : input.bundle.contexts) {
    report_attributes(context.attributes, used, input);
  }
  for (const ast::RuleFile& file : input.bundle.rule_files) report_attributes(file.context, used, input);
  if (!input.bundle.policy) return;
  const ir::Limits& limits = input.rules.limits;
  report_limit(input.bundle.policy->text_bytes, "text_bytes", limits.text_bytes, ample_text, input);
  report_limit(input.bundle.policy->matches, "matches", limits.matches, ample_matches, input);
}

}  // namespace modcore::lint::style
